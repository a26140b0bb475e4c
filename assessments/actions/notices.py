"""Marking notices as read. Personal to the reader: it changes no data and leaves no audit row."""

from django.db import transaction

from assessments.models import NoticesRead


@transaction.atomic
def mark_read(*, user, up_to: int) -> None:
    """The notices up to an audit entry are read; a mark never goes back."""
    mark, _created = NoticesRead.objects.select_for_update().get_or_create(user=user)
    if up_to > mark.up_to:
        mark.up_to = up_to
        mark.save(update_fields=["up_to"])

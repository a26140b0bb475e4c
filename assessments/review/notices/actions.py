"""Marking notices as read. Personal to the reader: it changes no data and leaves no audit row."""

from assessments.roster.models.read_marks import NoticesRead


def mark_read(*, user, up_to: int) -> None:
    """The notices up to an audit entry are read; a mark never goes back."""
    NoticesRead.objects.get_or_create(user=user)
    NoticesRead.objects.filter(user=user, up_to__lt=up_to).update(up_to=up_to)

"""The acts that were done, as the page of what they were done on lists them."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.db.models import Model, Q
from django.utils.translation import gettext_lazy as _

from assessments.registers.undoing.models import ActDone
from orgs.models import AuditEntry

MOST = 8
UNDONE_SINCE = _("This was done and undone since. Open the page anew to do it again.")
"""What is said to the form of an act that was done and taken back, sent once more."""


def done_on(about: Mapping[type[Model], Iterable[int]]) -> list[ActDone]:
    """The latest acts on these objects, the latest first; also the act on another by which one came to be."""
    on = Q(pk__in=[])
    for model, keys in about.items():
        these = Q(object_type=model._meta.label_lower, object_id__in=keys)
        founded = AuditEntry.objects.filter(these, action=f"{model._meta.model_name}.found")
        on |= these | Q(batch__in=founded.values("batch"))
    return list(ActDone.objects.filter(on)[:MOST])


def was_undone(batch: UUID) -> bool:
    """Whether what was done under `batch` was taken back."""
    return ActDone.objects.filter(batch=batch, taken_back_at__isnull=False).exists()

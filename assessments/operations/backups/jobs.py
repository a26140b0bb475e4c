"""A backup as a job."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.permissions import Permission
from assessments.operations.backups.copies import make_copy
from assessments.roster.size import rows_to_rate
from orgs.jobs.declared import Asked, Done, Kind
from orgs.jobs.phases import Phase


def _page(asked: Asked) -> str:
    return reverse("assessments:backups")


def _copy(asked: Asked) -> Done:
    asked.tell(Phase.COPY, 0, 0)
    words = _("The backup %(name)s is written; copy it to a safe place.")
    return Done(words % {"name": make_copy().name}, _page(asked))


BACKUP = Kind(
    "system.backup",
    gettext_lazy("Backup"),
    Permission.VIEW_SYSTEM,
    _copy,
    page=_page,
    rows=lambda asked: rows_to_rate(),
)
JOBS = (BACKUP,)

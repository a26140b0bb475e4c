"""Taking back a stored load as a job."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.permissions import Permission
from assessments.workbooks.batches.found import find_batch
from assessments.workbooks.batches.jobs import page_of_batch, rows_of_batch
from assessments.workbooks.undoing.actions import undo
from orgs.jobs.declared import Asked, Done, Kind


def _undo(asked: Asked) -> Done:
    found = find_batch(asked.user, asked["batch"])
    is_new = undo(by=asked.by, uploads=found.uploads, tell=asked.tell)
    done, before = _("Undone: all is as it was before the load."), _("This load was undone before.")
    return Done(done if is_new else before, page_of_batch(asked))


UNDO = Kind(
    "upload.undo",
    gettext_lazy("Undo a load"),
    Permission.LOAD,
    _undo,
    page=lambda asked: reverse("assessments:upload_undo", args=[asked["batch"]]),
    rows=rows_of_batch,
    is_act=True,
)
JOBS = (UNDO,)

"""Marking the errors of a workbook as a job."""

from django.utils.translation import gettext_lazy

from accounts.permissions import Permission
from assessments.workbooks.batches.found import find_batch, find_file
from assessments.workbooks.batches.jobs import page_of_batch, rows_of_batch
from assessments.workbooks.marked import offers
from assessments.workbooks.marked.actions import hand_back
from orgs.jobs.declared import Asked, File, Kind
from orgs.jobs.phases import Phase


def _mark(asked: Asked) -> File:
    found = find_batch(asked.user, asked["batch"])
    upload = find_file(found, asked["upload"])
    asked.tell(Phase.BUILD, 0, 0)
    return File(offers.file_name(upload), hand_back(upload, offers.marks_of(found, upload), by=asked.by))


MARK = Kind(
    "upload.mark",
    gettext_lazy("Excel with its errors marked"),
    Permission.LOAD,
    _mark,
    page=page_of_batch,
    rows=rows_of_batch,
)
JOBS = (MARK,)

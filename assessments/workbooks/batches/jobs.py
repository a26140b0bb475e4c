"""Planning, storing and downloading a plan as jobs."""

from django.http import Http404, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.permissions import Permission
from assessments.workbooks.batches import actions as uploads
from assessments.workbooks.batches.actions import PlanChanged
from assessments.workbooks.batches.found import find_batch
from assessments.workbooks.batches.kept import Kept
from assessments.workbooks.batches.listed import RowFilter
from assessments.workbooks.batches.told import Batch
from assessments.workbooks.batches.workbook import planned_workbook
from orgs.jobs.declared import Asked, Done, File, Kind
from orgs.jobs.phases import Phase
from orgs.scoping import posted_organization

BYTES_A_ROW = 60
"""Of a workbook, about, as it lies on the disk."""


def rows_of_batch(asked: Asked) -> int:
    """What a batch has been found to hold."""
    totals = find_batch(asked.user, asked["batch"]).totals
    return totals["rows"]


def page_of_batch(asked: Asked) -> str:
    return reverse("assessments:upload_plan", args=[asked["batch"]])


def _plan(asked: Asked) -> Done:
    posted = posted_organization(asked.user)
    if posted is None:
        raise Http404
    unit = posted if posted.parent_id else None
    files = [Kept(*file) for file in asked.typed["files"]]
    batch = uploads.begin(by=asked.by, unit=unit, files=files, tell=asked.tell)
    return Done("", _first_step(find_batch(asked.user, batch)))


def _apply(asked: Asked) -> Done:
    found, page = find_batch(asked.user, asked["batch"]), page_of_batch(asked)
    try:
        is_new = uploads.apply(by=asked.by, uploads=found.uploads, plan_hash=asked["plan"], tell=asked.tell)
    except PlanChanged as changed:
        return Done(str(changed), page, is_warning=True)
    stored = _("Stored: the workbook is in the system.")
    before = _("This batch was stored before; nothing was stored a second time.")
    return Done(stored if is_new else before, page)


def _again(asked: Asked) -> Done:
    found = find_batch(asked.user, asked["batch"])
    made = uploads.again(by=asked.by, uploads=found.uploads, tell=asked.tell)
    return Done("", reverse("assessments:upload_plan", args=[made]))


def _rows(asked: Asked) -> File:
    found = find_batch(asked.user, asked["batch"])
    asked.tell(Phase.BUILD, 0, 0)
    rows = RowFilter(QueryDict(asked.typed.get("query", "")), found.rows, batch=found).qs
    return File("ke-hoach-nap.xlsx", planned_workbook(found.told(rows.order_by("pk"))))


def _first_step(batch: Batch) -> str:
    """The plan; where the only sheet with content is not known, the page that asks about it."""
    sheets = [sheet for sheet in batch.sheets if sheet["note"] or sheet["error_count"]]
    note = sheets[0]["note"] if len(sheets) == 1 else {}
    is_known = note.get("is_incomplete") or note.get("is_outdated")
    if is_known or (note.get("unknown") and not sheets[0]["kind"]):
        place = [batch.first.batch, sheets[0]["upload"].pk, note["index"]]
        return reverse("assessments:upload_layout_sheet", args=place)
    return reverse("assessments:upload_plan", args=[batch.first.batch])


PLAN = Kind(
    "upload.plan",
    gettext_lazy("Read workbooks and plan the load"),
    Permission.LOAD,
    _plan,
    page=lambda asked: reverse("assessments:upload"),
    rows=lambda asked: asked["bytes"] // BYTES_A_ROW,
    is_act=True,
)
APPLY = Kind(
    "upload.apply",
    gettext_lazy("Store a load"),
    Permission.LOAD,
    _apply,
    page=page_of_batch,
    rows=rows_of_batch,
    is_act=True,
)
AGAIN = Kind(
    "upload.again",
    gettext_lazy("Plan the files of a load again"),
    Permission.LOAD,
    _again,
    page=page_of_batch,
    rows=rows_of_batch,
    is_act=True,
)
ROWS = Kind(
    "upload.rows",
    gettext_lazy("Excel of a plan"),
    Permission.LOAD,
    _rows,
    page=page_of_batch,
    rows=rows_of_batch,
)
JOBS = (PLAN, APPLY, AGAIN, ROWS)

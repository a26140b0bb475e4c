"""Writing a prepared workbook, and settling what is in conflict when it is back, as jobs."""

import re

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy

from accounts.permissions import Permission
from assessments.rules.models.years import RatingYear
from assessments.rules.years import all_years
from assessments.workbooks.batches.found import find_batch, find_file
from assessments.workbooks.batches.jobs import page_of_batch, rows_of_batch
from assessments.workbooks.models import PlannedStatus
from assessments.workbooks.prepared import actions
from assessments.workbooks.prepared.returned import FILE, SYSTEM
from assessments.workbooks.prepared.sheets import ALL, PreparedSheet, offered, years
from orgs.jobs.declared import Asked, Done, File, Kind
from orgs.jobs.phases import Phase
from orgs.models import Organization
from resolution03.lib.text import fold


def unit_or_404(user, code: str) -> Organization:
    """The province or a unit, inside the scope."""
    found = get_object_or_404(Organization.objects.visible_to(user), code=code)
    if found.depth > 2:
        raise Http404
    return found


def year_or_404(year: int) -> RatingYear | None:
    """The year where it was opened; None for one that a workbook may be made for all the same."""
    stored = all_years()
    if year not in years(stored):
        raise Http404
    return next((found for found in stored if found.pk == year), None)


def _take(asked: Asked) -> File:
    unit, year, sheets = _asked(asked)
    asked.tell(Phase.BUILD, 0, 0)
    content = actions.hand_out(by=asked.by, unit=unit, year=year, stored=year_or_404(year), sheets=sheets)
    about = "" if asked["part"] == ALL else sheets[0].title
    name = re.sub(r"[^a-z0-9]+", "-", fold(f"mau {unit.code} {year} {about}")).strip("-")
    return File(f"{name}.xlsx", content)


def _asked(asked: Asked) -> tuple[Organization, int, list[PreparedSheet]]:
    unit, year, part = unit_or_404(asked.user, asked["unit"]), asked["year"], asked["part"]
    found = offered(asked.user, year, year_or_404(year))
    sheets = [sheet for sheet in found if part in (ALL, sheet.slug)]
    if not sheets and part != ALL:
        raise Http404
    return unit, year, sheets


def _rows(asked: Asked) -> int:
    unit, year, sheets = _asked(asked)
    return sum(sheet.count(unit, year) for sheet in sheets)


def _settle(asked: Asked) -> Done:
    """Decide conflicts of a file: of one row, or of all that are left; or take all back."""
    found = find_batch(asked.user, asked["batch"])
    file = find_file(found, asked["upload"])
    rows = found.rows.filter(upload=file, status=PlannedStatus.CONFLICT)
    if row := asked["row"]:
        rows = rows.filter(pk=row)
    if asked["take"] in (SYSTEM, FILE):
        actions.settle(by=asked.by, uploads=found.uploads, upload=file, rows=rows, take=asked["take"])
    else:
        actions.unsettle(by=asked.by, uploads=found.uploads, upload=file)
    status = PlannedStatus.CONFLICT if rows.exists() else "changes"
    return Done("", f"{page_of_batch(asked)}?status={status}#rows")


SETTLE = Kind(
    "prepared.settle",
    gettext_lazy("Decide conflicts and plan anew"),
    Permission.LOAD,
    _settle,
    page=page_of_batch,
    rows=rows_of_batch,
)
TAKE = Kind(
    "prepared.take",
    gettext_lazy("Prepared workbook"),
    Permission.LOAD,
    _take,
    page=lambda asked: reverse("assessments:prepared_choose", args=[asked["year"], asked["unit"]]),
    rows=_rows,
    about=lambda asked: f"{asked['year']}, {asked['unit']}",
)
JOBS = (TAKE, SETTLE)

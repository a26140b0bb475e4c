"""Prepared workbooks: which there are for a unit and a year, their downloads, and what to do about
conflicts when one is back."""

import re
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from accounts.actors import Actor
from accounts.permissions import Permission, require_permission
from assessments.figures.year_choice import year_picker
from assessments.rules.models.years import RatingYear
from assessments.rules.years import all_years
from assessments.workbooks.batches.views import batch_of
from assessments.workbooks.models import PlannedStatus
from assessments.workbooks.prepared import actions
from assessments.workbooks.prepared.returned import FILE, SYSTEM
from assessments.workbooks.prepared.sheets import ALL, PreparedSheet, offered, years
from orgs.models import Organization
from orgs.scoping import posted_organization
from resolution03.lib.attachments import attachment
from resolution03.lib.errors import Refusal
from resolution03.lib.figures import whole
from resolution03.lib.text import fold


@require_permission(Permission.LOAD)
@require_safe
def latest(request: HttpRequest) -> HttpResponse:
    """The year that is worked on, for the own unit or the unit chosen in the list."""
    posted = posted_organization(request.user)
    stored = all_years()
    open_years = [year.pk for year in stored if year.is_open]
    if posted is None or not years(stored):
        raise Http404
    unit = _unit_or_404(request, request.GET.get("unit") or posted.code)
    year = whole(request.GET.get("year", "")) or max(open_years or years(stored))
    return redirect("assessments:prepared_choose", year, unit.code)


@require_permission(Permission.LOAD)
@require_safe
def choose(request: HttpRequest, year: int, unit: str) -> HttpResponse:
    """The workbooks of one unit and year, with the rows that each would hold."""
    found, stored = _unit_or_404(request, unit), _year_or_404(year)
    sheets = [(sheet, sheet.count(found, year)) for sheet in offered(request.user, year, stored)]
    own = Organization.objects.visible_to(request.user).units().order_by("position", "pk")
    root = posted_organization(request.user)
    return render(
        request,
        "assessments/workbooks/prepared/choose.html",
        {
            "unit": found,
            "year": year,
            "stored": stored,
            "sheets": sheets,
            "rows": sum(rows for _sheet, rows in sheets),
            "units": [] if root.parent_id else [root, *own],
            "years": year_picker(
                RatingYear(pk=year),
                lambda number: reverse("assessments:prepared_choose", args=[number, unit]),
                [RatingYear(pk=number) for number in years(all_years())],
            ),
        },
    )


@require_POST
@require_permission(Permission.LOAD)
def take(request: HttpRequest, year: int, unit: str, part: str) -> HttpResponse:
    """One workbook: a sheet of it, or all of them."""
    found, stored = _unit_or_404(request, unit), _year_or_404(year)
    sheets = offered(request.user, year, stored)
    if part != ALL:
        sheets = [_sheet_or_404(sheets, part)]
    content = actions.hand_out(by=Actor.of(request.user), unit=found, year=year, stored=stored, sheets=sheets)
    about = "" if part == ALL else sheets[0].title
    name = re.sub(r"[^a-z0-9]+", "-", fold(f"mau {found.code} {year} {about}")).strip("-")
    return attachment(f"{name}.xlsx", content)


@require_POST
@require_permission(Permission.LOAD)
def settle(request: HttpRequest, batch: UUID, upload: int) -> HttpResponse:
    """Decide conflicts of a file: of one row, or of all that are left; or take all back."""
    found = batch_of(request, batch)
    file = next((one for one in found.uploads if one.pk == upload), None)
    take = request.POST.get("take", "")
    if file is None:
        raise Http404
    rows = found.rows.filter(upload=file, status=PlannedStatus.CONFLICT)
    if row := whole(request.POST.get("row", "")):
        rows = rows.filter(pk=row)
    by = Actor.of(request.user)
    try:
        if take in (SYSTEM, FILE):
            actions.settle(by=by, uploads=found.uploads, upload=file, rows=rows, take=take)
        else:
            actions.unsettle(by=by, uploads=found.uploads, upload=file)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    status = PlannedStatus.CONFLICT if rows.exists() else "changes"
    return redirect(f"{reverse('assessments:upload_plan', args=[batch])}?status={status}#rows")


def _unit_or_404(request: HttpRequest, code: str) -> Organization:
    """The province or a unit, inside the scope."""
    found = get_object_or_404(Organization.objects.visible_to(request.user), code=code)
    if found.depth > 2:
        raise Http404
    return found


def _year_or_404(year: int) -> RatingYear | None:
    """The year where it was opened; None for one that a workbook may be made for all the same."""
    stored = all_years()
    if year not in years(stored):
        raise Http404
    return next((found for found in stored if found.pk == year), None)


def _sheet_or_404(sheets: list[PreparedSheet], slug: str) -> PreparedSheet:
    found = next((sheet for sheet in sheets if sheet.slug == slug), None)
    if found is None:
        raise Http404
    return found

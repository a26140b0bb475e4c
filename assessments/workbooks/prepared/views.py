"""Prepared workbooks: which there are for a unit and a year, their downloads, and what to do about
conflicts when one is back."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from accounts.permissions import Permission, require_permission
from assessments.figures.year_choice import year_picker
from assessments.rules.models.years import RatingYear
from assessments.rules.years import all_years
from assessments.workbooks.batches.found import find_file
from assessments.workbooks.batches.views import answer_or_say, batch_of
from assessments.workbooks.prepared.jobs import SETTLE, TAKE, unit_or_404, year_or_404
from assessments.workbooks.prepared.sheets import offered, years
from orgs.jobs.answering import answer
from orgs.models import Organization
from orgs.scoping import posted_organization
from resolution03.lib.figures import whole


@require_permission(Permission.LOAD)
@require_safe
def latest(request: HttpRequest) -> HttpResponse:
    """The year that is worked on, for the own unit or the unit chosen in the list."""
    posted = posted_organization(request.user)
    stored = all_years()
    open_years = [year.pk for year in stored if year.is_open]
    if posted is None or not years(stored):
        raise Http404
    unit = unit_or_404(request.user, request.GET.get("unit") or posted.code)
    year = whole(request.GET.get("year", "")) or max(open_years or years(stored))
    return redirect("assessments:prepared_choose", year, unit.code)


@require_permission(Permission.LOAD)
@require_safe
def choose(request: HttpRequest, year: int, unit: str) -> HttpResponse:
    """The workbooks of one unit and year, with the rows that each would hold."""
    found, stored = unit_or_404(request.user, unit), year_or_404(year)
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
    return answer(request, TAKE, {"year": year, "unit": unit, "part": part})


@require_POST
@require_permission(Permission.LOAD)
def settle(request: HttpRequest, batch: UUID, upload: int) -> HttpResponse:
    """Decide conflicts of a file: of one row, or of all that are left; or take all back."""
    find_file(batch_of(request, batch), upload)
    row, take = whole(request.POST.get("row", "")), request.POST.get("take", "")
    return answer_or_say(request, batch, SETTLE, {"upload": upload, "take": take[:10], "row": row})

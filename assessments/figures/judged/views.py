"""Self-rated against decided: the page of the province, and of each unit."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from accounts.permissions import Permission, may, require, require_permission
from assessments.figures import pages
from assessments.figures.judged.jobs import LINES
from assessments.figures.judged.page import Page
from assessments.figures.judged.workbook import of_matrices
from assessments.figures.year_choice import year_picker
from orgs.jobs.answering import answer
from resolution03.lib import attachments


@require_permission(Permission.VIEW_FIGURES)
@require_safe
def self_rated(request: HttpRequest, year: int, unit: str = "") -> HttpResponse:
    page = Page(request.user, request.GET, year, unit)
    if page.moved_to:
        return redirect(page.moved_to)
    if request.GET.get("format") == "xlsx":
        return _workbook(request, page)
    context = {
        "year": page.year,
        "unit": page.unit,
        "shown": page,
        "main": page.main,
        "former": page.former(),
        "by_unit": page.by_unit(),
        "breaks": page.breaks(),
        "tabs": list(page.tabs()),
        "marks": pages.marks(page.year),
        "years": year_picker(
            page.year,
            lambda y: page.address(y, unit),
            page.years,
            unit=page.unit.unit_id if page.unit else None,
        ),
        "may_export": may(request.user, Permission.EXPORT),
    }
    return render(request, "assessments/figures/judged/page.html", context | page.opened())


def _workbook(request: HttpRequest, page: Page) -> HttpResponse:
    """Of an opened cell its lines, else the matrices."""
    require(request.user, Permission.EXPORT)
    if page.pair:
        asked = {"year": page.year.pk, "unit": page.unit.code if page.unit else ""}
        return answer(request, LINES, asked, {"query": request.GET.urlencode()})
    parts = ("self-rated", str(page.year.pk), page.subject.value, page.unit.code if page.unit else "")
    return attachments.respond("-".join(part for part in parts if part) + ".xlsx", of_matrices(page))

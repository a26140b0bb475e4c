"""Yearly counts to be read: the units of a year, one unit, and both as Excel."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.permissions import Permission, may, require_permission
from assessments.entry.counts import tables
from assessments.figures import pages
from assessments.figures.year_choice import year_or_404, year_picker, year_to_work_on
from assessments.rules.models.years import RatingYear, Submission
from orgs.models import Organization
from orgs.scoping import posted_organization
from resolution03.lib.attachments import respond
from resolution03.lib.xlsx import ListSheet


@require_permission(Permission.VIEW_FIGURES)
@require_safe
def latest(request: HttpRequest) -> HttpResponse:
    """The counts of the year that is worked on."""
    year = year_to_work_on()
    if year is None:
        return render(request, "assessments/entry/counts/no_year.html")
    return redirect("assessments:counts_year", year.pk)


@require_permission(Permission.VIEW_FIGURES)
@require_safe
def of_year(request: HttpRequest, year: int) -> HttpResponse:
    """Units × counts; whoever sees one unit only goes straight to it."""
    found = year_or_404(year)
    units = pages.visible_submissions(request.user, found)
    if not pages.sees_all_units(request.user):
        return redirect("assessments:counts_unit", year, _only(units).code)
    table = tables.of_units(found, units, posted_organization(request.user))
    if request.GET.get("export") == "xlsx":
        return _excel(request, table.sheet(_title(found)), f"so-lieu-dem-{year}.xlsx")
    return render(
        request,
        "assessments/entry/counts/year.html",
        _context(request, found, table)
        | {
            "years": year_picker(found, lambda y: reverse("assessments:counts_year", args=[y])),
        },
    )


@require_permission(Permission.VIEW_FIGURES)
@require_safe
def of_unit(request: HttpRequest, year: int, unit: str) -> HttpResponse:
    """Grassroots organizations × counts of one unit."""
    found = year_or_404(year)
    held = pages.unit_or_404(pages.visible_submissions(request.user, found), unit)
    province = Organization.objects.ancestors_of(held.unit)[0]
    table = tables.of_unit(found, held, province)
    if request.GET.get("export") == "xlsx":
        sheet = table.workbook_sheet(f"{_title(found)}, {held.name}", year)
        return _excel(request, sheet, f"so-lieu-dem-{year}-{held.code}.xlsx")
    return render(
        request,
        "assessments/entry/counts/unit.html",
        _context(request, found, table)
        | {
            "unit": held,
            "sees_all": pages.sees_all_units(request.user),
            "may_enter": may(request.user, Permission.ENTER_RATINGS) and _is_open(found, held),
            "years": year_picker(
                found, lambda y: reverse("assessments:counts_unit", args=[y, unit]), unit=held.unit_id
            ),
        },
    )


def _is_open(year: RatingYear, unit: Submission) -> bool:
    return year.is_open and not unit.is_locked


def _context(request: HttpRequest, year: RatingYear, table: tables.CountsTable) -> dict:
    return {
        "year": year,
        "table": table,
        "marks": pages.marks(year),
        "may_export": may(request.user, Permission.EXPORT),
    }


def _title(year: RatingYear) -> str:
    return _("Yearly counts %(year)s") % {"year": year}


def _excel(request: HttpRequest, sheet: ListSheet, name: str) -> HttpResponse:
    if not may(request.user, Permission.EXPORT):
        raise Http404
    return respond(name.replace("/", "-"), sheet)


def _only(units: list[Submission]) -> Submission:
    if not units:
        raise Http404
    return units[0]

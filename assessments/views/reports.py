"""The report workbooks: which there are for a year, and their downloads."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.actors import Actor
from accounts.permissions import Permission, may, require_permission
from assessments import reports
from assessments.actions.reports import download
from assessments.models import RatingYear, Submission
from assessments.views import places
from assessments.views.year_choice import year_or_404, year_picker, year_to_work_on
from orgs.scoping import posted_organization
from resolution03.lib.xlsx import attachment


@require_permission(Permission.EXPORT)
@require_safe
def latest(request: HttpRequest) -> HttpResponse:
    """The reports of the year that is worked on."""
    year = year_to_work_on()
    if year is None:
        return render(request, "assessments/reports/no_year.html")
    return redirect("assessments:reports_year", year.pk)


@require_permission(Permission.EXPORT)
@require_safe
def listing(request: HttpRequest, year: int) -> HttpResponse:
    """The reports of a year, for the province and for each unit that one may see."""
    found = year_or_404(year)
    return render(request, "assessments/reports/list.html", {
        "year": found,
        "years": year_picker(found, lambda number: reverse("assessments:reports_year", args=[number])),
        "marks": places.marks(found),
        "reports": reports.REPORTS,
        "sees_all": places.sees_all_units(request.user),
        "units": _own_units(request.user, found),
        "may_edit_office": may(request.user, Permission.EDIT_OFFICE),
    })


@require_permission(Permission.COMPARE_UNITS)
@require_safe
def province(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    """The province's workbook."""
    if not places.sees_all_units(request.user):
        raise Http404
    root = posted_organization(request.user)
    return _workbook(request, slug, reports.matter_of(year_or_404(year), root, None))


@require_permission(Permission.EXPORT)
@require_safe
def unit(request: HttpRequest, year: int, slug: str, unit: str) -> HttpResponse:
    """One unit's workbook; another unit does not exist."""
    found = year_or_404(year)
    held = places.unit_or_404(_own_units(request.user, found), unit)
    return _workbook(request, slug, reports.matter_of(found, held.unit, held))


def _own_units(user, year: RatingYear) -> list[Submission]:
    """The units whose whole year one may see."""
    posted = posted_organization(user)
    return [
        held for held in places.visible_submissions(user, year)
        if posted.parent_id is None or held.unit_id == posted.pk
    ]


def _workbook(request: HttpRequest, slug: str, matter: reports.Matter) -> HttpResponse:
    report = reports.BY_SLUG.get(slug)
    if report is None:
        raise Http404
    content = download(report, matter, by=Actor.of(request.user))
    return attachment(reports.file_name(report, matter.year, matter.unit), content)

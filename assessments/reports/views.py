"""The report workbooks: which there are for a year, and their downloads."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.permissions import Permission, may, require_permission
from assessments.figures import pages
from assessments.figures.year_choice import year_or_404, year_picker, year_to_work_on
from assessments.reports import declared
from assessments.reports.forms import PurposeForm
from assessments.reports.jobs import REPORT
from assessments.reports.matters import matter_for, own_units
from assessments.rules.models.years import RatingYear, Submission
from orgs.jobs.answering import answer
from resolution03.lib.errors import Refusal
from resolution03.lib.phrases import Phrase


@dataclass(frozen=True)
class Offer:
    """A report as the page offers it, and where it is asked for."""

    report: declared.Report
    url: str


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
    """The reports of a year, of the province or of the unit that is asked for."""
    found, sees_all = year_or_404(year), pages.sees_all_units(request.user)
    units = own_units(request.user, found)
    unit = _asked(request, units, sees_all)
    return render(
        request,
        "assessments/reports/list.html",
        {
            "year": found,
            "years": year_picker(found, lambda number: reverse("assessments:reports_year", args=[number])),
            "marks": pages.marks(found),
            "groups": _groups(request.user, found, unit) if unit or sees_all else [],
            "sees_all": sees_all,
            "units": units,
            "unit": unit,
            "may_edit_office": may(request.user, Permission.EDIT_OFFICE),
        },
    )


@require_permission(Permission.COMPARE_UNITS)
@require_safe
def province(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    """The province's workbook."""
    if not pages.sees_all_units(request.user):
        raise Http404
    return _workbook(request, _report(slug), matter_for(request.user, year_or_404(year)))


@require_permission(Permission.EXPORT)
@require_safe
def unit(request: HttpRequest, year: int, slug: str, unit: str) -> HttpResponse:
    """One unit's workbook; another unit does not exist."""
    return _workbook(request, _report(slug), matter_for(request.user, year_or_404(year), unit))


@require_permission(Permission.EXPORT_PERSONS)
@require_http_methods(["GET", "HEAD", "POST"])
def persons(request: HttpRequest, year: int, slug: str, unit: str = "") -> HttpResponse:
    """A list of persons, once it is said what it is for."""
    report, found = _report(slug, is_of_persons=True), year_or_404(year)
    matter = matter_for(request.user, found, unit)
    form = PurposeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _workbook(request, report, matter, form.cleaned_data["purpose"])
    back = reverse("assessments:reports_year", args=[year])
    return render(
        request,
        "form_page.html",
        {
            "title": f"{report.title}, {year}",
            "form": form,
            "submit": _("Download the list"),
            "subtitle": _("%(name)s. The list names persons: who took it, when and for what is recorded.")
            % {"name": matter.unit.name if matter.unit else found.province_name},
            "crumbs": [(_("Reports"), back), (report.title, "")],
            "cancel_url": back,
        },
    )


def _asked(request: HttpRequest, units: list[Submission], sees_all: bool) -> Submission | None:
    """The unit named in the address; the own one of who sees no other; None for the province."""
    code = request.GET.get("unit")
    if code:
        return pages.unit_or_404(units, code)
    return units[0] if units and not sees_all else None


def _groups(user, year: RatingYear, unit: Submission | None) -> list[tuple[Phrase, list[Offer]]]:
    """The reports that one may take, under their headings."""
    sees_persons = may(user, Permission.EXPORT_PERSONS)
    offers = [
        Offer(report, _address(report, year, unit))
        for report in declared.held()
        if sees_persons or not report.is_of_persons
    ]
    groups = [
        (group.label, [offer for offer in offers if offer.report.group == group]) for group in declared.Group
    ]
    return [(label, found) for label, found in groups if found]


def _address(report: declared.Report, year: RatingYear, unit: Submission | None) -> str:
    name = "person_report" if report.is_of_persons else "report"
    if unit:
        return reverse(f"assessments:unit_{name}", args=[year.pk, report.slug, unit.code])
    return reverse(f"assessments:{name}", args=[year.pk, report.slug])


def _report(slug: str, *, is_of_persons: bool = False) -> declared.Report:
    """A report; a list of persons has an address of its own."""
    report = declared.find(slug)
    if report is None or report.is_of_persons != is_of_persons:
        raise Http404
    return report


def _workbook(
    request: HttpRequest, report: declared.Report, matter: declared.Matter, purpose: str = ""
) -> HttpResponse:
    """The file; back to the list of reports, with the reason, where it must not leave."""
    unit = matter.unit.code if matter.unit else ""
    asked = {"slug": report.slug, "year": matter.year.pk, "unit": unit}
    try:
        return answer(request, REPORT, asked, {"purpose": purpose} if purpose else {})
    except Refusal as refusal:
        messages.error(request, str(refusal))
        place = "?" + urlencode({"unit": unit}) if unit else ""
        return redirect(reverse("assessments:reports_year", args=[matter.year.pk]) + place)

"""Part II of the resolution: units × shares, a unit, a count opened, over the years, who has not given."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import condition, require_safe

from accounts.permissions import Permission, may, require, require_permission
from assessments.entry.counts import tables
from assessments.entry.part_two import matrix, words
from assessments.entry.part_two.asked import Asked, address
from assessments.entry.part_two.behind import Behind
from assessments.entry.part_two.matrix import Matrix
from assessments.entry.part_two.missing import Missing
from assessments.entry.part_two.sheets import sheet
from assessments.entry.part_two.years import OverYears
from assessments.figures import pages
from assessments.figures.year_choice import year_to_work_on
from assessments.rules.models.years import Submission
from resolution03.lib.attachments import respond
from resolution03.lib.xlsx import ListSheet

FOLDER = "assessments/entry/part_two"


@require_permission(Permission.VIEW_FIGURES)
@require_safe
def latest(request: HttpRequest) -> HttpResponse:
    """The counts of the year that is worked on."""
    year = year_to_work_on()
    if year is None:
        return render(request, f"{FOLDER}/no_year.html")
    return redirect("assessments:counts_year", year.pk)


@require_permission(Permission.VIEW_FIGURES)
@require_safe
@condition(etag_func=pages.version)
def of_year(request: HttpRequest, year: int) -> HttpResponse:
    """Units × counts; whoever sees one unit only goes straight to it."""
    asked = Asked(request.user, year, request.GET)
    if not asked.sees_all:
        return redirect(reverse("assessments:counts_unit", args=[year, asked.own.code]) + asked.kept)
    found = matrix.of_units(asked)
    if request.GET.get("export") == "xlsx":
        title = _("Tasks and measures, %(period)s") % {"period": asked.period_words}
        return _excel(request, sheet(found, title, year, of_units=True), f"nhiem-vu-giai-phap-{year}")
    head = asked.head(lambda y: reverse("assessments:counts_year", args=[y]))
    return render(request, f"{FOLDER}/year.html", head | _told(asked, found, found.total))


@require_permission(Permission.VIEW_FIGURES)
@require_safe
@condition(etag_func=pages.version)
def of_unit(request: HttpRequest, year: int, unit: str) -> HttpResponse:
    """Grassroots organizations × counts of one unit."""
    asked = Asked(request.user, year, request.GET)
    held = asked.unit(unit)
    export = request.GET.get("export")
    if export == "xlsx":
        return _excel(request, _to_fill_in(asked, held), f"so-lieu-dem-{year}-{held.code}")
    found = matrix.of_organizations(asked, held)
    if export == "shares":
        title = _("Tasks and measures, %(period)s, %(unit)s")
        listed = sheet(found, title % {"period": asked.period_words, "unit": held.name}, year, of_units=False)
        return _excel(request, listed, f"nhiem-vu-giai-phap-{year}-{held.code}")
    is_open = asked.year.is_open and not held.is_locked
    head = asked.head(lambda y: reverse("assessments:counts_unit", args=[y, unit]), held)
    context = (
        head
        | _told(asked, found, found.total)
        | {
            "unit": held,
            "may_enter": may(request.user, Permission.ENTER_RATINGS) and is_open,
            "missing_url": address("counts_missing", year, unit=unit, period=_period(asked)),
        }
    )
    return render(request, f"{FOLDER}/unit.html", context)


@require_permission(Permission.VIEW_FIGURES)
@require_safe
@condition(etag_func=pages.version)
def behind(request: HttpRequest, year: int, code: str) -> HttpResponse:
    """The organizations behind one count of a unit, or of the province."""
    asked = Asked(request.user, year, request.GET)
    page = Behind(asked, code)
    if request.GET.get("export") == "xlsx":
        return _excel(request, page.workbook(), f"{page.rule.code}-{year}")
    head = asked.head(lambda y: _same(request, "counts_behind", y, code), asked.unit_asked)
    return render(request, f"{FOLDER}/behind.html", head | page.context())


@require_permission(Permission.VIEW_FIGURES)
@require_safe
@condition(etag_func=pages.version)
def missing(request: HttpRequest, year: int) -> HttpResponse:
    """Organizations × what they lack, or what they contradict."""
    asked = Asked(request.user, year, request.GET)
    page = Missing(asked)
    if request.GET.get("export") == "xlsx":
        return _excel(request, page.workbook(), f"chua-bao-{year}")
    head = asked.head(lambda y: _same(request, "counts_missing", y), asked.unit_asked)
    return render(request, f"{FOLDER}/missing.html", head | page.context())


@require_permission(Permission.VIEW_FIGURES)
@require_safe
@condition(etag_func=pages.version)
def over_years(request: HttpRequest, code: str) -> HttpResponse:
    """One count, units × years."""
    page = OverYears(request.user, code)
    if request.GET.get("export") == "xlsx":
        return _excel(request, page.workbook(), f"{page.code}-qua-cac-nam")
    return render(request, f"{FOLDER}/over_years.html", page.context())


def _same(request: HttpRequest, name: str, *args: object) -> str:
    """The page as it is asked for, of another year."""
    query = request.GET.dict()
    return address(name, *args, **{key: query[key] for key in ("unit", "state", "show", "q") if key in query})


def _told(asked: Asked, found: Matrix, whole) -> dict:
    return {
        "title": words.title(whole, asked.columns),
        "matrix": found,
        "columns": asked.columns,
        "how": words.rows_of_rules(asked.columns),
        "last_year": asked.year.pk - 1,
        "missing_url": address("counts_missing", asked.year.pk, period=_period(asked)),
    }


def _period(asked: Asked) -> str:
    return asked.period if asked.is_half else ""


def _to_fill_in(asked: Asked, held: Submission) -> ListSheet:
    """A unit's counts under the headings by which a workbook is loaded."""
    title = _("Yearly counts %(year)s") % {"year": asked.year}
    return tables.of_unit(asked.year, held).workbook_sheet(f"{title}, {held.name}", asked.year.pk)


def _excel(request: HttpRequest, found: ListSheet, name: str) -> HttpResponse:
    require(request.user, Permission.EXPORT)
    return respond(name.replace("/", "-") + ".xlsx", found)

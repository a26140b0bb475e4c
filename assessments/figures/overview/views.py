"""The overview of a year: the province's, and each unit's beside it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import condition, require_safe

from accounts.permissions import Permission, may, require_permission
from assessments.figures import caps, pages, village_mergers
from assessments.figures.basis import shown as basis
from assessments.figures.board import board
from assessments.figures.overview import (
    attention,
    gaps,
    more,
    open_years,
    progress,
    quotas,
    scopes,
    sheet,
    terms,
)
from assessments.figures.overview import history as ten_years
from assessments.figures.overview.chosen_set import chosen_set
from assessments.figures.overview.groups import groups_of
from assessments.figures.overview.matrix import Unit, matrix
from assessments.figures.overview.since import since_last_year, ways
from assessments.figures.past import Past
from assessments.figures.year_choice import year_or_404, year_picker
from assessments.roster.beginning import beginning
from assessments.roster.models.tallies import Subject
from assessments.rules import deadlines
from assessments.rules.models.deadlines import Stage
from assessments.rules.models.years import RatingYear, Submission
from assessments.rules.years import all_years, first_of_viewers, to_work_on

REPORT = "steering-committee"


@require_permission(Permission.VIEW_FIGURES)
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """The year with which the user begins; without any year, how to begin."""
    first = _first_year(request.user)
    if first is None:
        opens = may(request.user, Permission.MANAGE_YEARS)
        context = {"beginning": beginning(request.user)} if opens else {}
        return render(request, "assessments/figures/overview/empty.html", context)
    return redirect("assessments:province", first.pk)


def _first_year(user) -> RatingYear | None:
    """Of several open years the one to work on, else the latest; viewers stay at the last closed one."""
    years = all_years()
    if may(user, Permission.REVIEW) or may(user, Permission.ENTER_RATINGS):
        several = sum(year.is_open for year in years) > 1
        return to_work_on(years) if several else next(reversed(years), None)
    return first_of_viewers(years)


@require_permission(Permission.VIEW_FIGURES)
@require_safe
@condition(etag_func=pages.version)
def province(request: HttpRequest, year: int) -> HttpResponse:
    years = all_years()
    found = year_or_404(year, years)
    submissions = pages.visible_submissions(request.user, found)
    figures, past = board(years, detailed=[year - 1, year]), Past(years)
    chosen, asked = chosen_set(request, figures, found), request.GET.get("since", "")
    address = chosen.keep(pages.addresses(request.user, submissions))
    since = since_last_year(figures, found, past, asked)
    rows = sheet.rows(figures, year, address, past=past, since=since, of=chosen.code)
    page_of = chosen.keep(pages.address_of)
    groups = groups_of(request.user) if len(submissions) > 1 else {}
    units = [
        Unit(s.unit_id, s.name, page_of("unit", year, s.code), groups.get(s.unit_id, "")) for s in submissions
    ]
    name = found.province_name or (found.province.name if found.province else "")
    context = _shared(request, found, years, figures, rows, submissions, groups=groups) | {
        "title": sheet.headline(rows, year),
        "province_name": name,
        "set": chosen,
        "quotas": quotas.of_province(figures, found, submissions, request.user),
        "matrix": (
            basis.units_beside(found, years, request.user, name, chosen.code)
            if basis.is_asked(request)
            else matrix(figures, year, units, address, name, past, since, of=chosen.code)
        ),
        "bases": basis.ways(request) if len(submissions) > 1 else [],
        "is_restated": basis.is_asked(request),
        "since": since,
        "ways": ways(request.user, found, years, asked, chosen.code),
        "sees_all": pages.sees_all_units(request.user),
        "open_years": open_years.both(request.user, years),
        "own": submissions[0] if len(submissions) == 1 else None,
        "years": year_picker(found, lambda y: page_of("province", y), years, past),
        "history_url": reverse("assessments:history", args=[year]),
        **_charts(figures, years, year, past),
    }
    return render(request, "assessments/figures/overview/province.html", context)


@require_permission(Permission.VIEW_FIGURES)
@require_safe
@condition(etag_func=pages.version)
def unit(request: HttpRequest, year: int, unit: str) -> HttpResponse:
    years = all_years()
    found = year_or_404(year, years)
    submissions = pages.visible_submissions(request.user, found)
    chosen = pages.unit_or_404(submissions, unit)
    figures, past = board(years, detailed=[year], unit=chosen.unit_id), Past(years, chosen.unit_id)
    by, asked = chosen_set(request, figures, found), request.GET.get("since", "")
    address, page_of = by.keep(pages.addresses(request.user, submissions)), by.keep(pages.address_of)
    since = since_last_year(figures, found, past, asked)
    rows = sheet.rows(figures, year, address, chosen.unit_id, past=past, beside=True, since=since, of=by.code)
    context = _shared(request, found, years, figures, rows, submissions, chosen) | {
        "title": sheet.headline(rows, year),
        "unit": chosen,
        "set": by,
        "quotas": quotas.of_unit(figures, found, chosen),
        "province_url": page_of("province", year),
        "since": since,
        "ways": ways(request.user, found, years, asked, by.code, unit),
        "gaps": gaps.of_unit(request.user, found, chosen),
        "villages": gaps.villages(figures, year, chosen.unit_id),
        "years": year_picker(found, lambda y: page_of("unit", y, unit), years, past, chosen.unit_id),
        "history_url": reverse("assessments:unit_history", args=[year, unit]),
        "supplements_url": _supplements_url(request.user, found),
        **_charts(figures, years, year, past, chosen.unit_id),
    }
    return render(request, "assessments/figures/overview/unit.html", context)


@require_permission(Permission.VIEW_FIGURES)
@require_safe
@condition(etag_func=pages.version)
def history(request: HttpRequest, year: int, unit: str = "") -> HttpResponse:
    """The table twin of the ten-year charts."""
    years = all_years()
    found = year_or_404(year, years)
    chosen = _chosen(request.user, found, unit)
    span = ten_years.span_of(years, year)
    unit_id = chosen.unit_id if chosen else None
    past = Past(years, unit_id)
    is_offered = chosen is not None and basis.stands(chosen)
    is_restated = is_offered and basis.is_asked(request)
    context = {
        "year": found,
        "unit": chosen,
        "span": span,
        "bases": basis.ways(request) if is_offered else [],
        "is_restated": is_restated,
        "table": (
            basis.years_of(chosen.unit_id, span, years)
            if is_restated and chosen
            else terms.table(board(span, detailed=[], unit=unit_id), span, past, unit_id)
        ),
        "breaks": (Past(years, unit_id, is_restated=True) if is_restated else past).within(span),
        "merger_note": village_mergers.note(past.mergers),
        "provisional": ten_years.provisional_years(span),
    }
    return render(request, "assessments/figures/overview/history.html", context)


def _chosen(user, year: RatingYear, unit: str) -> Submission | None:
    if not unit:
        return None
    return pages.unit_or_404(pages.visible_submissions(user, year), unit)


def _shared(request, year, years, figures, rows, submissions, only=None, groups=None) -> dict:
    """What the province's and a unit's page have in common."""
    accepted = progress.accepted_share(request.user, year, only)
    dues = deadlines.of_year(year)
    due = dues.now(only) if only else dues.of(Stage.SUBMISSION)
    return {
        "year": year,
        "marks": pages.marks(year),
        "now": timezone.now(),
        "rows": rows,
        "villages_total": figures.counts.get((year.pk, only.unit_id if only else None), {}).get(
            (Subject.VILLAGE, "total"), 0
        ),
        "roster_lines": scopes.roster_lines(request.user, year, figures, submissions, only, accepted),
        "own_name": "" if only else scopes.own_name(request.user),
        "reading": sheet.default_reading(rows),
        "caps": [(row.place, caps.in_words(row.room)) for row in rows if row.room],
        "progress": progress.progress(request.user, year, [only] if only else submissions, due, groups),
        "attention": attention.items(request.user, year, figures, submissions, dues, only),
        "due": due,
        "report_url": _report_url(request.user, year, only),
        "further": more.links(request.user, year, only),
    }


def _report_url(user, year: RatingYear, only: Submission | None) -> str:
    """The Steering Committee's workbook of the province, or of the unit."""
    if only and may(user, Permission.EXPORT):
        return reverse("assessments:unit_report", args=[year.pk, REPORT, only.code])
    if not only and pages.sees_all_units(user):
        return reverse("assessments:report", args=[year.pk, REPORT])
    return ""


def _supplements_url(user, year: RatingYear) -> str:
    """Where the unit's officer adds to a closed year."""
    if not (year.is_closed and may(user, Permission.SUBMIT)):
        return ""
    return reverse("assessments:supplements", args=[year.pk])


def _charts(figures, years, year: int, past: Past, unit_id: int | None = None) -> dict:
    span = ten_years.span_of(years, year)
    return {
        "history_title": ten_years.title(span),
        "terms": terms.rows(figures, figures.years[year], unit_id),
        "cuts": past.within(span),
        "mergers": [one for one in past.mergers if one.year in {row.pk for row in span}],
        "merger_note": village_mergers.note(past.mergers_until(year)),
        "reported_years": ten_years.reported_years(figures, span, unit_id),
        "provisional_years": ten_years.provisional_years(span),
        "charts": terms.multiples(figures, span, year, past, unit_id),
    }

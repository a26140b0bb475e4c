"""Pages of villages and their heads."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.permissions import Permission, may, require_permission
from assessments.figures.board import board
from assessments.figures.overview import milestones
from assessments.figures.pages import marks, sees_all_units, visible_submissions
from assessments.figures.past import Past
from assessments.figures.village_mergers import note
from assessments.figures.year_choice import year_picker
from assessments.registers import histories, jobs, listed, village_states
from assessments.registers.acts import offers
from assessments.registers.acts.history import done_acts
from assessments.registers.filters import VillageFilter
from assessments.registers.lineage import told as lineage
from assessments.registers.records import HEADS, VILLAGES, find_village, here
from assessments.roster.models.village_lines import VillageLine
from assessments.rules.years import all_years
from members.models import VillageHead
from orgs.histories import coverages_of
from orgs.jobs.answering import answer
from orgs.models import Village
from resolution03.lib.dates import year_end
from resolution03.lib.paging import page_of

SORTS = {"urgency": "urgency", "position": "position", "code": "code"}


@require_permission(Permission.VIEW_ORGANIZATIONS)
def village_list(request: HttpRequest) -> HttpResponse:
    """The villages of a year's roster: those that need attention, or one state, or all."""
    years = histories.years_with_lists()
    year = histories.year_asked(request.GET.get("year"), years)
    context: dict[str, object] = {
        "year": year,
        "years": year_picker(year, _of_year, years),
        "marks": marks(year) if year else [],
        "acts": offers.in_list(request.user, VILLAGES),
        "may_export": may(request.user, Permission.EXPORT),
    }
    if year is None:
        return render(request, "assessments/registers/village_list.html", context)
    lines = VillageLine.objects.visible_to(request.user).filter(year=year)
    state = request.GET.get("state", "attention")
    filters = VillageFilter(request.GET, lines, user=request.user, state=state)
    rows = filters.qs
    if context["may_export"] and request.GET.get("export") == "xlsx":
        return answer(request, jobs.VILLAGES, {}, {"query": request.GET.urlencode()})
    counts = village_states.count_states(lines)
    known = None if filters.values else counts.get(state, counts["attention"])
    context |= {"filters": filters, "state": state} | _listed(request, rows, year_end(year.pk), counts, known)
    if not request.GET.keys() - {"year"} and may(request.user, Permission.VIEW_FIGURES):
        context |= _milestones(request, year)
    return render(request, "assessments/registers/village_list.html", context)


def _of_year(year: int) -> str:
    return f"{reverse('registers:village_list')}?year={year}"


def _milestones(request: HttpRequest, year) -> dict:
    """The share of heads who are members: of the province, or of the own unit beside it."""
    years = all_years()
    units = visible_submissions(request.user, year)
    own = None if sees_all_units(request.user) or not units else units[0].unit_id
    figures, past = board(years, detailed=[year.pk], unit=own), Past(years, own)
    targets = milestones.targets()
    return {
        "chart": milestones.chart(figures, years, year.pk, past),
        "merger_note": note(past.mergers),
        "milestones": milestones.of_place(figures, year.pk, own, targets),
        "unit_lines": milestones.by_unit(figures, year, units, targets),
        "total_line": milestones.total(figures, year, _("Whole province"), targets),
    }


def _listed(request: HttpRequest, rows, day: date, counts: dict[str, int], known: int | None) -> dict:
    """The page of `rows` of a day, whose number may be `known`, and the tiles with their `counts`."""
    heads = ["head__full_name"] if may(request.user, Permission.VIEW_PERSONS) else []
    page = page_of(rows, request.GET, SORTS, columns=[*listed.VILLAGE, *heads], count=known)
    tiles = [(state, counts[state.code]) for state in village_states.STATES]
    return {"page": page, "rows": listed.villages(page.rows, day), "counts": counts, "tiles": tiles}


@require_permission(Permission.VIEW_ORGANIZATIONS)
def village(request: HttpRequest, pk: int) -> HttpResponse:
    """What covered the village, who headed it, and how each year counted it."""
    shown = find_village(request.user, pk)
    lines = VillageLine.objects.visible_to(request.user).filter(village=shown)
    lines = village_states.with_urgency(lines).for_list().order_by("-year")
    heads = _heads(request, shown)
    context = {
        "village": shown,
        "crumbs": here(VILLAGES.way(request.user, shown)),
        "coverages": coverages_of(shown),
        "lineage": lineage.village(shown, request.user),
        "heads": heads,
        "has_head_acts": any(acts for _head, acts in heads),
        "lines": [(line, village_states.state_of(line.urgency)) for line in lines],
        "sees_persons": may(request.user, Permission.VIEW_PERSONS),
        "acts": _acts(request, shown),
        "head_acts": offers.at_record(request.user, shown, VILLAGES, of=HEADS),
        "done_acts": done_acts(request.user, shown, _about(shown)),
        "trail": _trail(request, shown),
    }
    return render(request, "assessments/registers/village.html", context)


def _acts(request: HttpRequest, shown: Village) -> list[offers.Offer]:
    own = offers.at_record(request.user, shown, VILLAGES, of=VILLAGES)
    return own if shown.ends_on else own + offers.begun_at(request.user, shown.committee, of=VILLAGES)


def _heads(request: HttpRequest, shown: Village) -> list[tuple[VillageHead, list[offers.Offer]]]:
    """The latest first, each with the acts on its term."""
    heads = shown.heads.select_related("member").order_by("-starts_on")
    return [(head, offers.at_record(request.user, head, HEADS)) for head in heads]


def _trail(request: HttpRequest, shown: Village) -> list:
    return histories.trail_of(request.user, _about(shown))


def _about(shown: Village) -> dict:
    return {Village: [shown.pk], VillageHead: shown.heads.values_list("pk", flat=True)}

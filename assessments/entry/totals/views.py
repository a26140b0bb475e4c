"""Reported totals: which exist and which are missing, those of a year, the grid of one unit."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.actors import Actor
from accounts.permissions import Permission, require_permission
from assessments.entry.totals.actions import type_totals
from assessments.entry.totals.grid import Grid
from assessments.entry.totals.judging import SUBJECTS, Reporting, lock_fault, unit_fault, year_fault
from assessments.entry.totals.overview import of_year, overview, possible_years
from assessments.figures.year_choice import year_links
from assessments.roster.following import Tree
from assessments.roster.tree import Node
from assessments.rules.models.schemes import Scheme
from assessments.rules.models.years import RatingYear
from assessments.rules.of_year import rules_of
from orgs.models import Organization
from orgs.scoping import posted_organization
from resolution03.lib.dates import year_end
from resolution03.lib.errors import Refusal


@require_permission(Permission.LOAD)
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The years that live on reported totals, by unit: given, partly given, missing."""
    units = Organization.objects.visible_to(request.user).units().order_by("position", "pk")
    rows = overview(units)
    missing = [sum(row.years[n].state == "missing" for row in rows) for n in range(len(possible_years()))]
    return render(
        request,
        "assessments/entry/totals/index.html",
        {
            "years": possible_years(),
            "rows": rows,
            "missing": missing,
        },
    )


@require_permission(Permission.LOAD)
@require_safe
def listing(request: HttpRequest, year: int) -> HttpResponse:
    """The units of one year and what each reported."""
    tree = _tree_or_404(year)
    units = _own_units(request.user, tree)
    counted = of_year(year, [unit.id for unit in units])
    return render(
        request,
        "assessments/entry/totals/year.html",
        {
            "year": year,
            "stored": _stored(year),
            "years": _picker("totals_year", year),
            "subjects": SUBJECTS,
            "rows": [(unit, [counted[unit.id].get(subject.value) for subject in SUBJECTS]) for unit in units],
        },
    )


@require_permission(Permission.LOAD)
def unit(request: HttpRequest, year: int, unit: str) -> HttpResponse:
    """The grid of a unit, or (`at` in the address) of one of its grassroots organizations."""
    place = _place_or_404(request, year, unit)
    grid = place.grid(request.POST if request.method == "POST" else None)
    if request.method == "POST" and not grid.faults and _saved(request, place, grid):
        messages.success(request, _("The totals are stored."))
        return redirect(request.get_full_path())
    blocked = place.blocked()
    return render(
        request,
        "assessments/entry/totals/unit.html",
        {
            "place": place,
            "grid": grid,
            "year": year,
            "lock": place.lock(request.user),
            "blocked": blocked,
            "all_blocked": len(blocked) == len(SUBJECTS) and grid.is_blank,
            "years": _picker("totals_unit", year, unit),
        },
    )


@require_POST
@require_permission(Permission.LOAD)
def check(request: HttpRequest, year: int, unit: str) -> JsonResponse:
    """What the rules say of the counts as they are typed; nothing is stored."""
    grid = _place_or_404(request, year, unit).grid(request.POST)
    return JsonResponse(
        {
            "rows": {row.subject.value: row.findings for row in grid.rows},
            "faults": {cell.name: fault for cell, fault in grid.faults},
        }
    )


@dataclass(frozen=True)
class Place:
    """Where totals are typed: the unit and the organization in it, on 31 December of the year."""

    year: int
    tree: Tree
    unit: Node
    at: Node

    @property
    def stored(self) -> RatingYear | None:
        return _stored(self.year)

    @property
    def choices(self) -> list:
        """The unit's grassroots organizations that day."""
        tree = self.tree
        found = [
            tree.nodes[pk]
            for pk in tree.parents
            if tree.chain(pk)[1:2] == (self.unit.id,) and len(tree.chain(pk)) == 3 and tree.exists(pk)
        ]
        return sorted(found, key=lambda node: (node.position, node.id))

    def grid(self, typed) -> Grid:
        stored = self.stored
        scheme = Scheme.objects.for_year(self.year)
        rules = rules_of(stored or RatingYear(pk=self.year, scheme=scheme))
        return Grid(self.year, stored, self.at.id, rules, typed)

    def lock(self, user) -> str:
        """Why nothing can be typed at all; empty when it can."""
        fault = lock_fault(self.stored) or unit_fault(Actor.of(user), self.year, self.unit.id)
        return capfirst(f"{fault}.") if fault else ""

    def blocked(self) -> dict[str, str]:
        """Why a subject takes no total here, by subject."""
        reporting = Reporting.of_years([self.year])
        found = {
            subject.value: reporting.fault((self.year, self.at.id, subject.value)) for subject in SUBJECTS
        }
        return {subject: capfirst(f"{fault}.") for subject, fault in found.items() if fault}


def _stored(year: int) -> RatingYear | None:
    return RatingYear.objects.filter(pk=year).first()


def _tree_or_404(year: int) -> Tree:
    """The tree of a year for which totals may stand."""
    if year not in possible_years() or year_fault(year, Scheme.objects.for_year(year)):
        raise Http404
    return Tree(year_end(year))


def _own_units(user, tree: Tree) -> list:
    """All units for the province's people, the own one for others, nothing without a posting."""
    posted = posted_organization(user)
    if posted is None:
        raise Http404
    return [unit for unit in tree.units if posted.parent_id is None or unit.id == posted.pk]


def _place_or_404(request: HttpRequest, year: int, code: str) -> Place:
    tree = _tree_or_404(year)
    unit = next((one for one in _own_units(request.user, tree) if one.code == code), None)
    if unit is None:
        raise Http404
    place = Place(year, tree, unit, unit)
    if asked := request.GET.get("at"):
        found = next((one for one in place.choices if one.code == asked), None)
        if found is None:
            raise Http404
        return Place(year, tree, unit, found)
    return place


def _saved(request: HttpRequest, place: Place, grid: Grid) -> bool:
    organization = get_object_or_404(Organization.objects.visible_to(request.user), pk=place.at.id)
    try:
        type_totals(
            by=Actor.of(request.user),
            year=place.year,
            organization=organization,
            cells=grid.changes,
            notes=grid.notes,
        )
    except Refusal as refusal:
        grid.told = refusal.reasons
        return False
    return True


def _picker(name: str, year: int, *rest: str) -> list[dict]:
    """The context of `_year_picker.html`, with the years that nobody has opened."""
    return year_links(possible_years(), year, lambda one: reverse(f"assessments:{name}", args=[one, *rest]))

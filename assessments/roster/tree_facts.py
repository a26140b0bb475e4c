"""What the lists of some years say of the units and of what was merged: the facts of `trees`."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import cached_property
from itertools import chain, pairwise

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery

from assessments.roster.models.line import Kind
from assessments.roster.models.lines import OrganizationLine
from assessments.rules.models.years import RatingYear, Submission, YearState
from orgs.models import Organization


class Facts:
    """Of all units of the years, or (what is read of lists) of the one asked for; each read once, when it is
    needed, by the same few statements for one year as for many."""

    def __init__(self, years: Iterable[RatingYear], unit_id: int | None = None):
        years = sorted(years, key=lambda year: year.pk)
        self.years, self.unit_id = [year.pk for year in years], unit_id
        self.listed = {year.pk for year in years if year.state != YearState.REPORTED}
        """Years that have lists: those of reported totals tell no kind."""

    @cached_property
    def units(self) -> dict[int, set[int]]:
        """Year → its units."""
        found: dict[int, set[int]] = {}
        held = Submission.objects.filter(year__in=self.years).order_by()
        for year, unit in held.values_list("year_id", "unit_id"):
            found.setdefault(year, set()).add(unit)
        return found

    def pair(self, before: int, now: int) -> tuple[set[int], set[int]]:
        return self.units.get(before, set()), self.units.get(now, set())

    def is_of_other_kind(self, unit: int, before: int, now: int) -> bool:
        """Whether the unit became a grassroots organization, or the other way."""
        is_told = {before, now} <= self.listed
        return is_told and ((before, unit) in self.grassroots) != ((now, unit) in self.grassroots)

    @cached_property
    def places(self) -> dict[int, dict[int, tuple[int, str, bool]]]:
        """Organization of a restless unit, or merged → year → unit, kind, whether one of those merged."""
        bodies = set(chain.from_iterable((pk, into) for pk, into, _of in self._links if into))
        restless = self._restless if self.unit_id is None else {}
        units: set[int] = set().union(*restless.values())
        moved = self._lines().filter(unit__in=units, year__in=restless).values("organization")
        asked = Q(organization__in=bodies) | Q(organization__in=moved, year__in=restless)
        found: dict[int, dict[int, tuple[int, str, bool]]] = defaultdict(dict)
        lines = self._in_years().filter(asked)
        for body, year, unit, kind in lines.values_list("organization_id", "year_id", "unit_id", "kind"):
            found[body][year] = unit, kind, body in bodies
        return found

    def read(self, *, moves: bool) -> None:
        """What every question asks, so that a year without one before costs the same statements."""
        _facts = self._links, self.grassroots, self.moved if moves else None

    @property
    def _restless(self) -> dict[int, set[int]]:
        """Year, and the one before it → units that came, went or changed their kind between them."""
        found: dict[int, set[int]] = {}
        for before, now in self._steps:
            old, new = self.pair(before, now)
            changed = {unit for unit in old & new if self.is_of_other_kind(unit, before, now)}
            if units := (old ^ new) | changed:
                found[before], found[now] = found.get(before, set()) | units, units
        return found

    @property
    def _steps(self) -> Iterable[tuple[int, int]]:
        """The years that have units, each with the next."""
        return pairwise(year for year in self.years if self.units.get(year))

    @cached_property
    def _every(self) -> set[int]:
        return set(chain.from_iterable(self.units.values()))

    @cached_property
    def grassroots(self) -> set[tuple[int, int]]:
        """Year and unit, where the unit is itself a grassroots organization."""
        asked = self._every if self.unit_id is None else {self.unit_id}
        rows = self._in_years().filter(organization__in=asked, kind=Kind.GRASSROOTS)
        return set(rows.values_list("year_id", "organization_id"))

    @cached_property
    def _links(self) -> list[tuple[int, int | None, int | None]]:
        """Every organization that went into another, or was split off one, with these two."""
        linked = Organization.objects.filter(Q(merged_into__isnull=False) | Q(split_from__isnull=False))
        return list(linked.order_by().values_list("pk", "merged_into_id", "split_from_id"))

    @cached_property
    def joined(self) -> defaultdict[int, set[int]]:
        """Organization → those that went into it."""
        return _gathered((into, pk) for pk, into, _of in self._links if into)

    @cached_property
    def parts(self) -> defaultdict[int, set[int]]:
        """Organization → those that were a part of it."""
        return _gathered((of, pk) for pk, _into, of in self._links if of)

    @cached_property
    def moved(self) -> Counter[tuple[int, int]]:
        """Year and unit → organizations that stood in another unit the year before, or that left for one."""
        came = {(year, unit): n for year, unit, n in _elsewhere(self._lines(), -1)}
        left = {(year + 1, unit): n for year, unit, n in _elsewhere(self._lines(), 1)}
        return Counter(came) + Counter(left)

    @cached_property
    def sizes(self) -> Counter[tuple[int, int, str]]:
        rows = self._lines().values_list("year_id", "unit_id", "kind").annotate(Count("pk"))
        return Counter({(year, unit, kind): count for year, unit, kind, count in rows})

    def _in_years(self) -> QuerySet:
        return OrganizationLine.objects.in_roster().filter(year__in=self.years).order_by()

    def _lines(self) -> QuerySet:
        """Those of the unit asked for, or all."""
        return self._in_years() if self.unit_id is None else self._in_years().filter(unit=self.unit_id)

    @cached_property
    def origins(self) -> dict[tuple[int, int], set[int]]:
        """Year and new unit → itself, its organizations, and what went into any of these or was split."""
        steps = [(now, self.units[now] - self.units[before]) for before, now in self._steps]
        found = {(year, unit): {unit} for year, units in steps for unit in units}
        lines = self._lines().filter(unit__in={unit for _year, unit in found})
        for year, unit, body in lines.values_list("year_id", "unit_id", "organization_id"):
            if (year, unit) in found:
                found[year, unit].add(body)
        whole = _gathered((pk, of) for pk, _into, of in self._links if of)
        return {
            key: bodies.union(*(self.joined[body] | whole[body] for body in bodies))
            for key, bodies in found.items()
        }

    @cached_property
    def stood(self) -> defaultdict[int, set[int]]:
        """Year → its units, and what of the origins of new ones stood in its list."""
        asked = set(chain.from_iterable(self.origins.values()))
        lines = self._in_years().filter(organization__in=asked)
        found = _gathered(lines.values_list("year_id", "organization_id"))
        for year, units in self.units.items():
            found[year] |= units
        return found


def _elsewhere(lines: QuerySet, step: int) -> QuerySet:
    """Year, unit and how many of its organizations stand in another unit `step` years on."""
    then = OrganizationLine.objects.in_roster().filter(
        organization=OuterRef("organization"), year=OuterRef("year") + step
    )
    other = lines.annotate(then=Subquery(then.order_by().values("unit")[:1])).filter(then__isnull=False)
    return other.exclude(then=F("unit")).values_list("year_id", "unit_id").annotate(Count("pk"))


def _gathered(pairs: Iterable[tuple[int, int]]) -> defaultdict[int, set[int]]:
    found: defaultdict[int, set[int]] = defaultdict(set)
    for key, value in pairs:
        found[key].add(value)
    return found

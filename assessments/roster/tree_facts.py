"""What the lists of some years say of the units and of what was merged: the facts of `trees`."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import cached_property
from itertools import chain, pairwise

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

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
        split = {of for _pk, _into, of in self._links if of}
        restless = self._restless if self.unit_id is None else {}
        units: set[int] = set().union(*restless.values())
        moved = self._lines().filter(unit__in=units, year__in=restless).values("organization")
        asked = Q(organization__in=bodies | split) | Q(organization__in=moved, year__in=restless)
        found: dict[int, dict[int, tuple[int, str, bool]]] = defaultdict(dict)
        lines = self._in_years().filter(asked)
        for body, year, unit, kind in lines.values_list("organization_id", "year_id", "unit_id", "kind"):
            found[body][year] = unit, kind, body in bodies
        return found

    @cached_property
    def merged(self) -> list[dict[int, tuple[int, str, bool]]]:
        """Of `places` those that were merged, or into which others went."""
        return [places for places in self.places.values() if any(place[2] for place in places.values())]

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
        came = {(year, unit): n for year, unit, n in self._elsewhere(-1)}
        left = {(year + 1, unit): n for year, unit, n in self._elsewhere(1)}
        return Counter(came) + Counter(left)

    def _elsewhere(self, step: int) -> QuerySet:
        """Year, unit and how many of its organizations stand in another unit `step` years on."""
        then = OrganizationLine.objects.in_roster().filter(
            organization=OuterRef("organization"), year=OuterRef("year") + step
        )
        other = self._lines().filter(Exists(then.exclude(unit=OuterRef("unit"))))
        return other.values_list("year_id", "unit_id").annotate(Count("pk"))

    @cached_property
    def sizes(self) -> Counter[tuple[int, int, str]]:
        """Year, unit and kind → how many; of many years only those around a change."""
        is_long = self.unit_id is None and len(self.years) > 2
        lines = self._lines().filter(year__in=self._changing) if is_long else self._lines()
        rows = lines.values_list("year_id", "unit_id", "kind").annotate(Count("pk"))
        return Counter({(year, unit, kind): count for year, unit, kind, count in rows})

    @property
    def _changing(self) -> set[int]:
        """Each year in which units changed, or something merged was listed and then was not, or before."""
        around = {
            year
            for before, now in self._steps
            if any((before in places) != (now in places) for places in self.merged)
            for year in (before, now)
        }
        return around | set(self._restless)

    def _in_years(self) -> QuerySet:
        return OrganizationLine.objects.in_roster().filter(year__in=self.years).order_by()

    def _lines(self) -> QuerySet:
        """Those of the unit asked for, or all."""
        return self._in_years() if self.unit_id is None else self._in_years().filter(unit=self.unit_id)

    def is_from_outside(self, unit: int, before: int, now: int) -> bool:
        """Whether a new unit is not made of what stood in the list before: neither it, nor one of its
        organizations, nor what went into these or they were split from."""
        bodies = {unit, *self._bodies[now, unit]}
        origins = bodies.union(*(self.joined[body] | self._wholes[body] for body in bodies))
        return not any(body in self.units[before] or before in self.places.get(body, {}) for body in origins)

    @cached_property
    def _wholes(self) -> defaultdict[int, set[int]]:
        """Organization → what it was split from."""
        return _gathered((pk, of) for pk, _into, of in self._links if of)

    @cached_property
    def _bodies(self) -> defaultdict[tuple[int, int], set[int]]:
        """Year and restless unit → its organizations."""
        found: defaultdict[tuple[int, int], set[int]] = defaultdict(set)
        for body, places in self.places.items():
            for year, (unit, _kind, _is_merged) in places.items():
                found[year, unit].add(body)
        return found


def _gathered(pairs: Iterable[tuple[int, int]]) -> defaultdict[int, set[int]]:
    found: defaultdict[int, set[int]] = defaultdict(set)
    for key, value in pairs:
        found[key].add(value)
    return found

"""Which years and units live on reported totals, and which of them are still missing."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone

from assessments.entry.totals.judging import SUBJECTS
from assessments.roster.keys import TOTAL
from assessments.roster.models.tallies import Subject, Tally
from assessments.rules.models.schemes import Scheme
from assessments.rules.models.years import RatingYear, YearState
from orgs.models import Organization, Placement
from resolution03.lib.dates import year_end


@dataclass(frozen=True, slots=True)
class Given:
    """What one unit reported of one year. `is_listed`: the year has a roster with names of its own."""

    year: int
    subjects: int
    is_listed: bool
    existed: bool

    @property
    def state(self) -> str:
        if not self.existed:
            return "absent"
        if self.subjects == len(SUBJECTS):
            return "full"
        if self.subjects:
            return "part"
        if self.is_listed:
            return "listed"
        return "missing" if self.year < timezone.localdate().year else "later"


@dataclass(frozen=True, slots=True)
class UnitTotals:
    """A unit with its years."""

    unit: Organization
    years: list[Given]


@dataclass(frozen=True, slots=True)
class Counted:
    """One subject of one unit and year: how many at a level, how many in all (if given)."""

    rated: int
    total: int | None


def possible_years() -> list[int]:
    """The years for which totals may be reported: from the first scheme to this year."""
    first = Scheme.objects.order_by("first_year").values_list("first_year", flat=True).first()
    return list(range(first, timezone.localdate().year + 1)) if first else []


def overview(units: Iterable[Organization]) -> list[UnitTotals]:
    """Every possible year of `units`; the same few queries for one unit as for all."""
    units, years = list(units), possible_years()
    listed = set(RatingYear.objects.exclude(state=YearState.REPORTED).values_list("pk", flat=True))
    given: dict[tuple[int, int], set] = defaultdict(set)
    rows = Tally.objects.filter(is_reported=True, unit__in=units).order_by()
    for unit, year, subject in rows.values_list("unit_id", "year_id", "subject").distinct():
        given[unit, year].add(subject)
    stood = _stood(units, years)
    return [
        UnitTotals(
            unit,
            [
                Given(year, len(given[unit.pk, year]), year in listed, (unit.pk, year) in stood)
                for year in years
            ],
        )
        for unit in units
    ]


def _stood(units: list[Organization], years: list[int]) -> set[tuple[int, int]]:
    """(unit, year): it existed on 31 December, directly under the province."""
    found = set()
    roots = {unit.parent_id for unit in units}
    places = Placement.objects.filter(organization__in=units, parent__in=roots)
    for place in places.select_related("organization"):
        unit = place.organization
        for year in years:
            day = year_end(year)
            held = (place.starts_on or day) <= day and (place.ends_on is None or place.ends_on > day)
            founded = (unit.established_on or day) <= day
            if held and founded and (unit.dissolved_on is None or unit.dissolved_on > day):
                found.add((unit.pk, year))
    return found


def of_year(year: int, units: Iterable[int]) -> dict[int, dict[str, Counted]]:
    """What each unit and all below it reported of a year, by subject."""
    levels: dict[tuple[int, str], int] = defaultdict(int)
    totals: dict[tuple[int, str], int] = defaultdict(int)
    rows = Tally.objects.filter(year=year, is_reported=True, unit__in=list(units)).order_by()
    for unit, subject, key, count in rows.values_list("unit_id", "subject", "key", "count"):
        (totals if key == TOTAL else levels)[unit, subject] += count
    found: dict[int, dict[str, Counted]] = defaultdict(dict)
    for unit, subject in levels.keys() | totals.keys():
        found[unit][Subject(subject).value] = Counted(levels[unit, subject], totals.get((unit, subject)))
    return found

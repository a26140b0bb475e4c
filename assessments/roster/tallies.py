"""The one stored summary: rows counted by year, unit, subject and key.

Counted tallies stand at the unit; reported ones at whatever organization reported them. A line
below an organization with a reported total is `covered`: it counts there, not by itself.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product

from django.db.models import Count, Q, QuerySet, Value

from assessments.roster.covering import counting, coverings, within
from assessments.roster.keys import EXEMPT, UNRATED, Key
from assessments.roster.models.line import Kind, RatedLine, RatedLineQuerySet
from assessments.roster.models.lines import MemberLine, OrganizationLine
from assessments.roster.models.movements import Movement
from assessments.roster.models.tallies import Subject, Tally
from assessments.roster.models.village_lines import VillageLine
from assessments.roster.querysets import ADMISSION_STATES, HEAD_STATES, VILLAGE_STATES
from assessments.roster.reach import Reach
from assessments.rules.holding import hold_years
from assessments.rules.models.schemes import Level
from assessments.rules.models.years import RatingYear
from orgs.versions import writing
from resolution03.lib.bulk import add, upsert
from resolution03.lib.snapshots import one_snapshot

KEY = ("year_id", "unit_id", "organization_id", "subject", "key")
Codes = dict[tuple[int, int], str]
"""Year and level → the level's code, where it is of the year's scheme."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A tally that does not equal its rows."""

    year: int
    unit: int
    organization: int
    subject: str
    key: str
    stored: int
    counted: int

    @property
    def place(self) -> Key:
        return self.year, self.unit, self.organization, self.subject, self.key


def key_of(line: RatedLine) -> str:
    """The key under which a rated line is counted."""
    if line.is_exempt:
        return EXEMPT
    return line.decided.code if line.decided else UNRATED


def title_of(line: RatedLine) -> tuple[str, str] | None:
    """Subject and key under which the title of a line is counted; None without one, or without a level,
    so that those awarded are always among those rated."""
    return (Subject.TITLE.value, line.subject) if line.awarded and line.decided_id else None


def shift(counts: Mapping[Key, int], counted: Mapping[Key, int]) -> None:
    """Bring the stored tallies from what some rows were counted as before to what they are now."""
    _shift({key: counts.get(key, 0) - counted.get(key, 0) for key in {*counts, *counted}})


def shift_many(deltas: Mapping[tuple[int, int, str, str], int]) -> None:
    """Add to the counted tallies of units; keys are year, unit, subject and key."""
    _shift({(year, unit, unit, subject, key): delta for (year, unit, subject, key), delta in deltas.items()})


def _shift(deltas: Mapping[Key, int]) -> None:
    """In one statement once each tally has its row."""
    places = {key: delta for key, delta in deltas.items() if delta}
    missing = len(places) - _add(places) if places else 0
    if not missing:
        return
    new = {key: delta for key, delta in places.items() if delta > 0}
    if len(new) > missing:
        rows = Tally.objects.filter(_any_of(new))
        for key in rows.values_list(*KEY):
            del new[key]
    Tally.objects.bulk_create(
        Tally(year_id=year, unit_id=unit, organization_id=organization, subject=subject, key=key, count=count)
        for (year, unit, organization, subject, key), count in new.items()
    )


def _add(places: Mapping[Key, int]) -> int:
    """Add to the tallies that have a row; how many do."""
    return add(Tally, (*KEY, "is_reported"), "count", ((*key, False, delta) for key, delta in places.items()))


def _any_of(places: Iterable[Key]) -> Q:
    found = Q()
    for key in places:
        found |= Q(**dict(zip(KEY, key, strict=True)), is_reported=False)
    return found


def recount(*years: RatingYear, check: bool = False) -> list[Difference]:
    """Count the rows of `years` again and mend the stored tallies, while nobody else writes into
    these years; `check` only compares, as all stood at one moment."""
    wanted = [year.pk for year in years]
    if check:
        with one_snapshot():
            return _differences(RatingYear.objects.filter(pk__in=wanted).order_by("pk"))
    with writing():
        differing = _differences(hold_years(wanted))
        _store({one.place: one.counted for one in differing})
    return differing


def _differences(years: Iterable[RatingYear]) -> list[Difference]:
    years = list(years)
    stored, counted = _stored(years), count_rows(years)
    return [
        Difference(*key, stored.get(key, 0), counted.get(key, 0))
        for key in sorted({*stored, *counted})
        if stored.get(key, 0) != counted.get(key, 0)
    ]


def count_rows(years: Collection[RatingYear], reach: Reach | None = None) -> Counter[Key]:
    """The tallies as the rows of the years, or those in reach, give them: each table is read once for all
    of them."""
    codes = level_codes(years)
    counts: Counter[Key] = Counter({one.place: one.count for one in coverings(years, reach)})
    counts.update(_organizations(years, codes, reach))
    counts.update(_members(years, codes, reach))
    counts.update(_villages(years, reach))
    counts.update(_movements(years, reach))
    return counts


def _stored(years: Collection[RatingYear]) -> dict[Key, int]:
    rows = Tally.objects.filter(year__in=years, is_reported=False).order_by()
    told = rows.values_list("year_id", "unit_id", "organization_id", "subject", "key", "count")
    return {
        (year, unit, organization, subject, key): count
        for year, unit, organization, subject, key, count in told
    }


def _store(counts: dict[Key, int]) -> None:
    upsert(
        Tally,
        ["year", "unit", "organization", "subject", "key", "count"],
        ((*place, count) for place, count in counts.items()),
        unique=["year", "organization", "subject", "key", "is_reported"],
        update=["count", "unit"],
    )


def counting_lines(
    lines: RatedLineQuerySet, subjects: Collection[str], years: Collection[RatingYear], reach: Reach | None
) -> Iterator[RatedLineQuerySet]:
    """Lines that count by themselves: those of all years at once, but a year with a reported
    total of one of `subjects` alone."""
    lines = within(lines, reach)
    rows = Tally.objects.filter(year__in=years, subject__in=subjects, is_reported=True).order_by()
    reported = set(rows.values_list("year_id", flat=True).distinct())
    yield lines.filter(year__in=[year.pk for year in years if year.pk not in reported])
    for year, subject in product(reported, subjects):
        yield within(counting(year, subject), reach)


def _organizations(years: Collection[RatingYear], codes: Codes, reach: Reach | None) -> Counter:
    counts: Counter[Key] = Counter()
    fields = ("year_id", "unit_id", "kind", "decided_id", "awarded")
    for lines in counting_lines(OrganizationLine.objects.all(), Kind.values, years, reach):
        for year, unit, kind, decided, awarded, count in grouped(lines, *fields):
            counts[year, unit, unit, kind, codes.get((year, decided), UNRATED)] += count
            if awarded and decided:
                counts[year, unit, unit, Subject.TITLE.value, kind] += count
    return counts


def _members(years: Collection[RatingYear], codes: Codes, reach: Reach | None) -> Counter:
    counts: Counter[Key] = Counter()
    fields = ("year_id", "unit_id", "decided_id", "is_exempt")
    for lines in counting_lines(MemberLine.objects.all(), [Subject.MEMBER.value], years, reach):
        for year, unit, decided, exempt, count in grouped(lines, *fields):
            key = EXEMPT if exempt else codes.get((year, decided), UNRATED)
            counts[year, unit, unit, Subject.MEMBER.value, key] += count
    return counts


def grouped(lines: RatedLineQuerySet, *fields: str) -> QuerySet:
    return lines.in_roster().order_by().values_list(*fields).annotate(lines=Count("*"))


def level_codes(years: Collection[RatingYear]) -> Codes:
    levels = Level.objects.filter(scheme__in={year.scheme_id for year in years})
    return {
        (year.pk, pk): code
        for pk, scheme, code in levels.values_list("pk", "scheme_id", "code")
        for year in years
        if year.scheme_id == scheme
    }


def _villages(years: Collection[RatingYear], reach: Reach | None) -> Counter:
    keys = {(Subject.VILLAGE.value, key): q for key, q in VILLAGE_STATES.items()}
    keys |= {(Subject.HEAD.value, key): q for key, q in HEAD_STATES.items()}
    return _counted(within(VillageLine.objects.filter(year__in=years), reach), keys)


def _movements(years: Collection[RatingYear], reach: Reach | None) -> Counter:
    keys = {(Subject.ADMISSION.value, key): q for key, q in ADMISSION_STATES.items()}
    return _counted(within(Movement.objects.filter(year__in=years), reach), keys)


def _counted(lines: QuerySet, keys: dict[tuple[str, str], Q]) -> Counter:
    """How many lines of each year and unit meet the condition of each subject and key."""
    found = states(lines, "unit_id", keys)
    return Counter({(year, unit, unit, *key): count for (year, unit, *key), count in found})


def states(
    lines: QuerySet, place: str, keys: dict[tuple[str, str], Q]
) -> Iterator[tuple[tuple[int, int, str, str], int]]:
    """Year, place, subject and key with how many lines meet the condition; `place`: by which field."""
    numbers = {
        f"n_{place}": Count(Value(1), filter=q) if q else Count("*") for place, q in enumerate(keys.values())
    }
    for year, at, *counts in lines.order_by().values_list("year_id", place).annotate(**numbers):
        for (subject, key), count in zip(keys, counts, strict=True):
            yield (year, at, subject, key), count

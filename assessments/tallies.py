"""The one stored summary: rows counted by year, unit, subject and key.

Counted tallies stand at the unit; reported ones at whatever organization reported them. A line
below an organization with a reported total is `covered`: it counts there, not by itself.
"""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Count, Q

from assessments.models import (
    Kind,
    Level,
    MemberLine,
    Movement,
    OrganizationLine,
    RatingYear,
    Subject,
    Tally,
    VillageLine,
)
from assessments.querysets import ADMISSION_STATES, HEAD_STATES, VILLAGE_STATES
from resolution03.lib.bulk import add, upsert

UNRATED, EXEMPT, COVERED, TOTAL = "unrated", "exempt", "covered", "total"
WAITING = (UNRATED, EXEMPT)
"""The keys of those in the roster without a level."""

Key = tuple[int, int, str, str]
"""Unit, organization, subject, key."""


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


def subject_of(line) -> str:
    """The subject under which a rated line is counted."""
    return line.kind if isinstance(line, OrganizationLine) else Subject.MEMBER.value


def key_of(line) -> str:
    """The key under which a rated line is counted."""
    if getattr(line, "is_exempt", False):
        return EXEMPT
    return line.decided.code if line.decided_id else UNRATED


def shift(line, before: str, after: str) -> None:
    """Move one line from one key to another, in the transaction that changed it."""
    if before != after:
        shift_many(
            {
                (line.year_id, line.unit_id, subject_of(line), before): -1,
                (line.year_id, line.unit_id, subject_of(line), after): 1,
            }
        )


def shift_many(deltas: dict[tuple[int, int, str, str], int]) -> None:
    """Add to counted tallies, in one statement once each has its row; keys are year, unit,
    subject and key."""
    places = {key: delta for key, delta in deltas.items() if delta}
    missing = len(places) - _add(places) if places else 0
    if not missing:
        return
    new = {key: delta for key, delta in places.items() if delta > 0}
    if len(new) > missing:
        rows = Tally.objects.filter(_any_of(new))
        for key in rows.values_list("year_id", "unit_id", "subject", "key"):
            del new[key]
    Tally.objects.bulk_create(
        Tally(
            year_id=year, unit_id=unit, organization_id=unit, subject=subject, key=key, count=count
        )
        for (year, unit, subject, key), count in new.items()
    )


def _add(places: dict) -> int:
    """Add to the tallies that have a row; how many do."""
    keys = ("year", "unit", "organization", "subject", "key", "is_reported")
    rows = (
        (year, unit, unit, subject, key, False, delta)
        for (year, unit, subject, key), delta in places.items()
    )
    return add(Tally, keys, "count", rows)


def _any_of(places: dict) -> Q:
    found = Q()
    for key in places:
        found |= _counted_at(*key)
    return found


def _counted_at(year: int, unit: int, subject: str, key: str) -> Q:
    return Q(year=year, unit=unit, organization=unit, subject=subject, key=key, is_reported=False)


@transaction.atomic
def recount(year: RatingYear, *, check: bool = False) -> list[Difference]:
    """Count the rows of `year` again and mend the stored tallies; `check` only compares."""
    stored = _stored(year)
    counted = count_rows(year)
    differing = {key for key in stored | counted if stored.get(key, 0) != counted.get(key, 0)}
    if differing and not check:
        _store(year, {key: counted.get(key, 0) for key in differing})
    return [
        Difference(year.pk, *key, stored.get(key, 0), counted.get(key, 0))
        for key in sorted(differing)
    ]


def count_rows(year: RatingYear) -> Counter:
    """The tallies as the rows of the year give them."""
    counts = Counter()
    for covered in _coverings(year):
        counts[covered.place] += covered.count
    counts += _organizations(year) + _members(year) + _villages(year) + _movements(year)
    return counts


def _stored(year: RatingYear) -> dict[Key, int]:
    rows = Tally.objects.filter(year=year, is_reported=False)
    return {
        tuple(row[:4]): row[4]
        for row in rows.values_list("unit_id", "organization_id", "subject", "key", "count")
    }


def _store(year: RatingYear, counts: dict[Key, int]) -> None:
    upsert(
        Tally,
        ["year", "unit", "organization", "subject", "key", "count"],
        ((year.pk, *place, count) for place, count in counts.items()),
        unique=["year", "organization", "subject", "key", "is_reported"],
        update=["count", "unit"],
    )


@dataclass(frozen=True, slots=True)
class Covering:
    """An organization with a reported total, and how many lines stand below it."""

    place: Key
    count: int


def covered_by(subject: str, organization: int, year: int) -> Q:
    """Lines of a subject in an organization that reported a total: in its unit, grassroots
    organization, section or cell."""
    below = Q(unit=organization) | Q(grassroots=organization)
    if subject != Subject.MEMBER:
        return below | Q(organization=organization) | Q(parent=organization)
    cells = OrganizationLine.objects.filter(year=year, parent=organization)
    return below | Q(cell=organization) | Q(cell__in=cells.values("organization"))


def not_covered(year: int, subject: str) -> Q:
    """Lines of a subject that count by themselves."""
    found = Q()
    for organization in reported_organizations(year, subject):
        found &= ~covered_by(subject, organization, year)
    return found


def covered_among(year: int, lines: Collection) -> set[int]:
    """The ids of those of `lines` (organizations or members) for which a reported total stands."""
    by_subject: dict[str, set[int]] = {}
    for line in lines:
        by_subject.setdefault(subject_of(line), set()).add(line.pk)
    found: set[int] = set()
    for subject, own in by_subject.items():
        model = MemberLine if subject == Subject.MEMBER else OrganizationLine
        counting = model.objects.filter(not_covered(year, subject), pk__in=own)
        found |= own - set(counting.order_by().values_list("pk", flat=True))
    return found


def reported_organizations(year: int, subject: str) -> list[int]:
    """Organizations with a reported total of the subject."""
    rows = Tally.objects.filter(year=year, subject=subject, is_reported=True)
    return list(rows.order_by().values_list("organization", flat=True).distinct())


def _coverings(year: RatingYear):
    reported = Tally.objects.filter(year=year, is_reported=True).order_by()
    for unit, organization, subject in reported.values_list(
        "unit_id", "organization_id", "subject"
    ).distinct():
        lines = (
            MemberLine.objects
            if subject == Subject.MEMBER
            else OrganizationLine.objects.filter(kind=subject)
        )
        count = lines.filter(covered_by(subject, organization, year.pk), year=year, dropped=False)
        yield Covering((unit, organization, subject, COVERED), count.count())


def _organizations(year: RatingYear) -> Counter:
    codes = _level_codes(year)
    counts = Counter()
    for kind in Kind.values:
        lines = OrganizationLine.objects.filter(not_covered(year.pk, kind), year=year, kind=kind)
        for unit, decided, count in _grouped(lines.in_roster(), "unit_id", "decided_id"):
            counts[unit, unit, kind, codes.get(decided, UNRATED)] += count
    return counts


def _members(year: RatingYear) -> Counter:
    codes = _level_codes(year)
    counts = Counter()
    lines = MemberLine.objects.filter(not_covered(year.pk, Subject.MEMBER), year=year).in_roster()
    for unit, decided, exempt, count in _grouped(lines, "unit_id", "decided_id", "is_exempt"):
        key = EXEMPT if exempt else codes.get(decided, UNRATED)
        counts[unit, unit, Subject.MEMBER.value, key] += count
    return counts


def _level_codes(year: RatingYear) -> dict[int, str]:
    return dict(Level.objects.filter(scheme=year.scheme_id).values_list("pk", "code"))


def _grouped(lines, *fields: str):
    return lines.order_by().values_list(*fields).annotate(lines=Count("*"))


def _villages(year: RatingYear) -> Counter:
    lines = VillageLine.objects.filter(year=year)
    return _counted(lines, Subject.VILLAGE, VILLAGE_STATES) + _counted(
        lines, Subject.HEAD, HEAD_STATES
    )


def _movements(year: RatingYear) -> Counter:
    return _counted(Movement.objects.filter(year=year), Subject.ADMISSION, ADMISSION_STATES)


def _counted(lines, subject: Subject, keys: dict[str, Q]) -> Counter:
    counting = {f"n_{key}": Count("pk", filter=q) if q else Count("pk") for key, q in keys.items()}
    return Counter(
        {
            (row["unit_id"], row["unit_id"], subject.value, key): row[f"n_{key}"]
            for row in lines.order_by().values("unit_id").annotate(**counting)
            for key in keys
        }
    )

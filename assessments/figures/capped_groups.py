"""The groups of a year under a cap, with what each holds: overview, page, rulebook and forms ask here."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.db.models import Count, F
from django.utils.translation import gettext as _

from assessments.figures.board import Board
from assessments.roster.covering import counting
from assessments.roster.models.line import Kind, RatedLineQuerySet
from assessments.roster.models.lines import OrganizationLine
from assessments.roster.models.tallies import Subject
from assessments.rules.cap_groups import GroupKey, key_of
from assessments.rules.cap_rule import CapRule
from assessments.rules.ceilings import Ceiling
from assessments.rules.models.caps import CapGroup

Counts = Mapping[GroupKey, Counter[str]]


@dataclass(frozen=True, slots=True)
class CappedGroup:
    """A group under a cap, as it holds for its unit, with how many have each level."""

    key: GroupKey
    ceiling: Ceiling


@dataclass(frozen=True, slots=True)
class Spot:
    """Where some lines stand, as a cap asks (`cap_groups.Placed`)."""

    subject: str
    unit: int
    grassroots: int | None
    organization: int | None = None
    type_label: str = ""


def capped_groups(board: Board, year: int, cap: CapRule, units: Collection[int]) -> list[CappedGroup]:
    """The groups of a cap in some of a year's units, in their order; those that reach beyond one unit come
    last, and only where every unit of the year is asked for. Statements do not grow with units or rows."""
    found = _counts(board, year, cap, units)
    is_whole = set(units_of(board, year)) <= set(units)
    order: dict[int | None, int] = {unit: place for place, unit in enumerate(units)}
    keys = [key for key in found if is_whole or key.unit is not None]
    return [
        CappedGroup(key, Ceiling(cap.in_unit(key.unit), found[key]))
        for key in sorted(keys, key=lambda key: (order.get(key.unit, len(order)), key.name))
    ]


def capped_name(key: GroupKey, names: Mapping[int | None, str]) -> str:
    """A group as a list names it: its organization out of `names`, with the like bodies that it is of."""
    if key.place is None:
        return key.name or _("organizations directly under the province")
    return " · ".join(part for part in (names.get(key.place, ""), key.name) if part)


def units_of(board: Board, year: int) -> list[int]:
    """Every unit of a year, also where only the province's total is shown."""
    return [unit for found, unit in board.counts if found == year and unit is not None]


def _counts(board: Board, year: int, cap: CapRule, units: Collection[int]) -> Counts:
    found: dict[GroupKey, Counter[str]] = defaultdict(Counter)
    lines: dict[int, Counter[str]] = defaultdict(Counter)
    direct = direct_units(year) if cap.subject == Subject.GRASSROOTS else set()
    for spot, level, count in _rated(year, cap, units) if cap.group != CapGroup.UNIT else ():
        found[key_of(cap, spot)][level] += count
        lines[spot.unit][level] += count
    for unit in units if cap.group != CapGroup.GRASSROOTS else ():
        # Reported totals tell no type and no name: they are counted beside the groups of their unit.
        if others := Counter(board.rated_by_level(cap.subject, year, unit)) - lines[unit]:
            found[GroupKey(None if unit in direct else unit)].update(others)
    return found


def direct_units(year: int) -> set[int]:
    """The units that are grassroots organizations themselves."""
    lines = OrganizationLine.objects.filter(year=year, kind=Kind.GRASSROOTS, organization=F("unit"))
    return set(lines.in_roster().order_by().values_list("unit_id", flat=True))


def _rated(year: int, cap: CapRule, units: Collection[int]) -> Iterable[tuple[Spot, str, int]]:
    lines = counting(year, cap.subject).rated().filter(unit__in=list(units))
    return counted_spots(lines, cap, "decided__code")


def counted_spots(lines: RatedLineQuerySet, cap: CapRule, told: str) -> Iterator[tuple[Spot, str, int]]:
    """Where lines of a cap's subject stand, a value that each has, and how many have it there."""
    where = ["unit_id", "grassroots_id"]
    if cap.group != CapGroup.GRASSROOTS and cap.subject != Subject.MEMBER:
        where += ["organization_id", "type_label"]
    for *spot, value, count in lines.order_by().values_list(*where, told).annotate(Count("pk")):
        yield Spot(cap.subject, *spot), value, count

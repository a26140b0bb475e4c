"""The villages of a year whose head is no member or whose post is vacant, and the ways that each has."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from accounts.permissions import stores_names
from assessments.figures.heads.models import HeadWay, Way
from assessments.figures.heads.rules import open_ways
from assessments.roster.models.lines import MemberLine
from assessments.roster.models.village_lines import HeadState, VillageLine
from assessments.roster.querysets import VillageLineQuerySet
from assessments.rules.models.years import RatingYear
from resolution03.lib.dates import written

_COLUMNS = (
    "pk", "village_id", "code", "name", "committee__name", "unit_id", "cell_id", "cell_is_shared",
    "head_state", "head__starts_on", "head__starts_precision",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Village:
    """A village without a member as its head. `members`: official and not exempt in its cell; `ways`:
    those that it has, `chosen` the unit's of them; `shares_with`: the other villages of its cell."""

    line: int
    pk: int
    code: str
    name: str
    committee: str
    unit: int
    has_cell: bool
    shares_with: tuple[str, ...]
    is_vacant: bool
    since: str
    members: int
    ways: tuple[Way, ...]
    chosen: Way | None

    @property
    def may_admit(self) -> bool:
        return Way.ADMIT in self.ways

    @property
    def may_stand(self) -> bool:
        return Way.STAND in self.ways

    @property
    def lacks_cell(self) -> bool:
        """The head is no member, and there is no cell to begin with."""
        return not (self.is_vacant or self.has_cell)


def knows_members(year: RatingYear) -> bool:
    """Whether way B can be told at all: not where the office stores no names of members."""
    return stores_names()


def villages(lines: VillageLineQuerySet, year: RatingYear) -> list[Village]:
    """Those of `lines` without a member as head, in the roster's order; four statements."""
    rows = list(
        lines.filter(year=year)
        .exclude(head_state=HeadState.MEMBER)
        .order_by("position", "pk")
        .values_list(*_COLUMNS)
    )
    cells = {row[6] for row in rows if row[6]}
    members, free = _members(year, cells)
    sharing = _sharing(year, {row[6] for row in rows if row[7] and row[6]})
    chosen = dict(HeadWay.objects.filter(line__year=year, line__in=lines).values_list("line_id", "way"))
    return [_village(row, members, free, sharing, chosen.get(row[0])) for row in rows]


def _village(row: tuple, members: dict, free: dict, sharing: dict, stored: str | None) -> Village:
    line, pk, code, name, committee, unit, cell, _shared, state, since, precision = row
    is_vacant = state == HeadState.VACANT
    ways = open_ways(is_vacant=is_vacant, has_cell=cell is not None, free_members=free.get(cell, 0))
    return Village(
        line, pk, code, name, committee, unit, cell is not None,
        tuple(other for key, other in sharing.get(cell, ()) if key != line),
        is_vacant, _since(since, precision), members.get(cell, 0), ways,
        Way(stored) if stored in ways else None,
    )  # fmt: skip


def _since(day: date | None, precision: str | None) -> str:
    return written(day, precision or "d") if day else ""


def _members(year: RatingYear, cells: Iterable[int]) -> tuple[dict[int, int], dict[int, int]]:
    """By cell: official members who are not exempt, and those of them who head no village."""
    if not stores_names():
        return {}, {}
    heading = VillageLine.objects.filter(year=year, head__member__isnull=False).values("head__member")
    active = MemberLine.objects.filter(year=year, cell__in=cells, is_exempt=False, is_probationary=False)
    counted = active.in_roster().order_by().values_list("cell_id").annotate(
        Count("pk"), free=Count("pk", filter=~Q(member__in=heading))
    )  # fmt: skip
    rows = list(counted)
    return {cell: count for cell, count, _free in rows}, {cell: free for cell, _count, free in rows}


def _sharing(year: RatingYear, cells: Iterable[int]) -> dict[int, list[tuple[int, str]]]:
    found: dict[int, list[tuple[int, str]]] = defaultdict(list)
    rows = VillageLine.objects.filter(year=year, cell__in=cells).order_by("position", "pk")
    for cell, line, name in rows.values_list("cell_id", "pk", "name"):
        found[cell].append((line, name))
    return found

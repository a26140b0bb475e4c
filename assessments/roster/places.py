"""Organizations and villages of the roster."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date

from assessments.roster.models.line import Kind
from assessments.roster.models.village_lines import HeadState
from assessments.roster.people import People
from assessments.roster.person import Person, Stay
from assessments.roster.rows import RegisterRows
from assessments.roster.sync import Wanted
from assessments.roster.tree import Tree
from members.models import VillageHead

ORGANIZATION_FIELDS = (
    "unit_id",
    "grassroots_id",
    "code",
    "name",
    "kind",
    "form",
    "type_label",
    "parent_id",
    "position",
)


def organization_lines(tree: Tree, rows: RegisterRows) -> Wanted:
    """Organizations of the two rated kinds that exist on the day (INTERFACE, readings 1 and 3)."""
    lines = {}
    for node in tree.nodes.values():
        if rows.reach is not None and node.id not in rows.reach.organizations:
            continue
        level = tree.level(node.id)
        if level not in Kind.values or not node.exists_on(tree.day):
            continue
        lines[node.id] = (
            tree.unit_of(node.id),
            tree.grassroots_of(node.id),
            node.code,
            node.name,
            level,
            node.form,
            node.type_label,
            tree.parents[node.id],
            node.position,
        )
    return lines


VILLAGE_FIELDS = (
    "unit_id",
    "grassroots_id",
    "code",
    "name",
    "kind",
    "committee_id",
    "cell_id",
    "cell_is_shared",
    "had_cell",
    "has_member",
    "had_member",
    "official_members",
    "head_id",
    "head_state",
    "head_is_secretary",
    "head_is_probationary",
    "position",
)


@dataclass(frozen=True, slots=True)
class Cover:
    """Days on which a village, its coverage and its cell existed together, before the day."""

    cell: int
    starts_on: date
    ends_on: date


class Villages:
    """The villages of some rows of the registers, the cells that covered them and their heads."""

    def __init__(self, people: People, rows: RegisterRows):
        self.people, self.tree, self.all = people, people.tree, rows
        self.day = people.tree.day
        self.rows = {village.pk: village for village in rows.villages if village.counts_on(self.day)}
        self.place = {row.village_id: row for row in rows.coverages if row.holds(self.day)}
        self.covers = self._covers()
        self.heads = self._heads()
        self.members = people.present_by_cell()

    def _covers(self) -> dict[int, list[Cover]]:
        covers = defaultdict(list)
        for row in self.all.coverages:
            if row.cell_id is None or row.village_id not in self.rows:
                continue
            village, cell = self.rows[row.village_id], self.tree.nodes[row.cell_id]
            starts = _latest(row.starts_on, village.starts_on, cell.established_on)
            ends = min(row.ends_on or date.max, cell.dissolved_on or date.max, self.day)
            if starts < ends:
                covers[village.pk].append(Cover(row.cell_id, starts, ends))
        return covers

    def _heads(self) -> dict[int, VillageHead]:
        """The head of the day; a successor who starts that day replaces the one who ends."""
        return {term.village_id: term for term in self.all.terms if term.is_in_post_on(self.day)}

    def cell_of(self, village: int) -> int | None:
        """The cell that covers the village on the day, as long as the cell itself exists."""
        cell = self.place[village].cell_id
        return cell if self.tree.exists(cell) else None

    def is_merged_at_the_end_of(self, village: int) -> bool:
        """Whether the day is its last one and it then goes into another: that it lost its cell by then does
        not make it blank again (INTERFACE, reading 10)."""
        row = self.rows[village]
        return row.merged_into_id is not None and row.ends_on == self.day

    def head_of(self, village: int) -> tuple:
        """Head, state, secretary, probationary (INTERFACE, reading 4)."""
        head = self.heads.get(village)
        if head is None:
            return None, HeadState.VACANT.value, False, False
        person = self.people.persons.get(head.member_id) if head.member_id else None
        is_member = person.present_on(self.day) if person else head.is_member
        state = HeadState.MEMBER if is_member else HeadState.NOT_MEMBER
        probationary = bool(person and is_member and not person.official(self.day))
        return head.pk, state.value, head.is_secretary, probationary


def village_lines(villages: Villages) -> Wanted:
    """Villages that exist on the day, in their commune committee's unit (INTERFACE, reading 5)."""
    cells = {village: villages.cell_of(village) for village in villages.rows}
    served = Counter(cell for cell in cells.values() if cell)
    had_member = _had_member(villages)
    return {
        village: line
        for village, cell in cells.items()
        if villages.all.reach is None or village in villages.all.reach.villages
        if (line := _village_line(villages, village, cell, served, had_member))[0]
    }


def _village_line(villages: Villages, pk: int, cell, served: Counter, had_member: set) -> tuple:
    village, committee = villages.rows[pk], villages.place[pk].committee_id
    members: list[Person] = villages.members.get(cell, []) if cell else []
    goes_on = not villages.is_merged_at_the_end_of(pk)
    return (
        villages.tree.unit_of(committee),
        villages.tree.grassroots_of(committee),
        village.code,
        village.name,
        village.kind,
        committee,
        cell,
        served[cell] > 1,
        pk in villages.covers and goes_on,
        bool(members),
        pk in had_member and goes_on,
        sum(person.official(villages.day) for person in members),
        *villages.head_of(pk),
        village.position,
    )


def _had_member(villages: Villages) -> set[int]:
    """Villages whose cell had a member on an earlier day while it covered them."""
    stays: dict[int, list[Stay]] = defaultdict(list)
    covering = {cover.cell for covers in villages.covers.values() for cover in covers}
    for stay in villages.people.stays():
        if stay.cell in covering:
            stays[stay.cell].append(stay)
    return {
        village
        for village, covers in villages.covers.items()
        if any(_overlap(cover, stay) for cover in covers for stay in stays[cover.cell])
    }


def _overlap(cover: Cover, stay: Stay) -> bool:
    return max(cover.starts_on, stay.starts_on) < min(cover.ends_on, stay.ends_on)


def _latest(*days: date | None) -> date:
    return max(day or date.min for day in days)

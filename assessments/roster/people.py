"""Members of the roster, and who came and went."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from assessments.roster.models.movements import MovementKind
from assessments.roster.person import Person, Stay
from assessments.roster.rows import RegisterRows
from assessments.roster.sync import Wanted
from assessments.roster.tree import Tree
from assessments.rules.year_rules import TermRule


class People:
    """The members of some rows of the registers, and their cells; `listed`: of whom lines are made."""

    def __init__(self, tree: Tree, rows: RegisterRows):
        self.tree, self._memberships = tree, rows.memberships
        self.persons = {person.id: person for person in rows.persons}
        self.listed = [
            person for person in rows.persons if rows.reach is None or person.id in rows.reach.members
        ]
        self.cell_of = {row.member_id: row.cell_id for row in rows.memberships if row.holds(tree.day)}

    def stays(self) -> Iterator[Stay]:
        for row in self._memberships:
            person = self.persons[row.member_id]
            begins = max(person.joined_on, row.starts_on or date.min)
            ends = min(person.left_on or date.max, row.ends_on or date.max)
            yield Stay(person, row.cell_id, begins, ends)

    def present_by_cell(self) -> dict[int, list[Person]]:
        """Everyone in the roster on the tree's day, exempt members included."""
        by_cell = defaultdict(list)
        for member, cell in self.cell_of.items():
            if self.persons[member].present_on(self.tree.day):
                by_cell[cell].append(self.persons[member])
        return by_cell


MEMBER_FIELDS = ("unit_id", "grassroots_id", "cell_id", "is_exempt", "is_probationary")


def member_lines(people: People) -> Wanted:
    """Every member present on the day, in their cell of that day (INTERFACE, readings 1 and 5)."""
    tree = people.tree
    lines = {}
    for person in people.listed:
        if not person.present_on(tree.day):
            continue
        cell = people.cell_of[person.id]
        unit = tree.unit_of(cell)
        if unit:
            lines[person.id] = (
                unit,
                tree.grassroots_of(cell),
                cell,
                person.is_exempt,
                not person.official(tree.day),
            )
    return lines


MOVEMENT_FIELDS = (
    "unit_id",
    "grassroots_id",
    "cell_id",
    "on",
    "in_province",
    "in_term",
    "leaving_reason",
)


def movements(people: People, kind: MovementKind, term: TermRule | None) -> Wanted:
    """Admissions of the term up to the day, and what happened in the day's year, of one kind."""
    happened = {
        MovementKind.ADMISSION: lambda person: person.admitted_on,
        MovementKind.ARRIVAL: lambda person: person.arrived_on,
        MovementKind.LEAVING: lambda person: person.left_on,
    }[kind]
    lines = {}
    for person in people.listed:
        on = happened(person)
        if on is None or on > people.tree.day:
            continue
        in_term = kind == MovementKind.ADMISSION and _within(term, on)
        if in_term or on.year == people.tree.day.year:
            lines[person.id] = _movement(people, person, kind, on, in_term)
    return {who: line for who, line in lines.items() if line[0]}


def _within(term: TermRule | None, day: date) -> bool:
    return term is not None and term.starts_on <= day <= term.ends_on


def _movement(people: People, person: Person, kind: MovementKind, on: date, in_term: bool) -> tuple:
    cell = people.cell_of[person.id]
    reason = person.leaving_reason if kind == MovementKind.LEAVING else ""
    return (
        people.tree.unit_of(cell),
        people.tree.grassroots_of(cell),
        cell,
        on,
        not person.admitted_outside,
        in_term,
        reason,
    )

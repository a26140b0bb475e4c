"""Members of the roster, and who came and went."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date

from assessments.roster.models.movements import MovementKind
from assessments.roster.person import Person, Stay
from assessments.roster.rows import RegisterRows
from assessments.roster.sync import Wanted
from assessments.roster.tree import Tree
from assessments.rules.year_rules import YearRules


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
            for one in person.presences:
                begins = max(one.joined_on, row.starts_on or date.min)
                ends = min(one.left_on or date.max, row.ends_on or date.max)
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
                person.exempt_on(tree.day),
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
    "in_current_term",
    "in_ended_term",
    "leaving_reason",
)


def movements(people: People, kind: MovementKind, rules: YearRules) -> Wanted:
    """Admissions of the terms that a year tells of up to the day, and what happened in the day's year, of
    one kind."""
    happened = {
        MovementKind.ADMISSION: _admitted,
        MovementKind.ARRIVAL: _arrived,
        MovementKind.LEAVING: _left,
    }[kind]
    day, lines = people.tree.day, {}
    told = (rules.term, rules.current_term(day.year), rules.ended_term(day.year))
    terms = told if kind == MovementKind.ADMISSION else (None, None, None)
    for person in people.listed:
        on, reason = happened(person, day.year)
        if on is None or on > day:
            continue
        in_terms = [term is not None and term.holds(on) for term in terms]
        if on.year == day.year or any(in_terms):
            lines[person.id] = _movement(people, person, on, in_terms, reason)
    return {who: line for who, line in lines.items() if line[0]}


def _admitted(person: Person, _year: int) -> tuple[date | None, str]:
    return person.admitted_on, ""


def _arrived(person: Person, year: int) -> tuple[date | None, str]:
    came, _went = person.moved_in(year)
    return came and came.arrived_on, ""


def _left(person: Person, year: int) -> tuple[date | None, str]:
    _came, went = person.moved_in(year)
    return (went.left_on, went.leaving_reason) if went else (None, "")


def _movement(people: People, person: Person, on: date, in_terms: Iterable[bool], reason: str) -> tuple:
    cell = people.cell_of[person.id]
    return (
        people.tree.unit_of(cell),
        people.tree.grassroots_of(cell),
        cell,
        on,
        not person.admitted_outside,
        *in_terms,
        reason,
    )

"""Members of the roster, and who came and went."""

from collections import defaultdict
from datetime import date
from typing import NamedTuple

from django.db.models.functions import Coalesce

from assessments.roster.models.movements import MovementKind
from assessments.roster.sync import Wanted
from assessments.roster.tree import Tree
from assessments.rules.year_rules import TermRule
from members.models import Member, Membership


class Person(NamedTuple):
    """A member as the registers have them; `joined_on` is the first day in the roster."""

    id: int
    joined_on: date
    admitted_on: date
    admitted_outside: bool
    arrived_on: date | None
    official_on: date | None
    left_on: date | None
    leaving_reason: str
    is_exempt: bool

    def present_on(self, day: date) -> bool:
        return self.joined_on <= day and (self.left_on is None or self.left_on > day)

    def official(self, day: date) -> bool:
        return self.official_on is not None and self.official_on <= day


class Stay(NamedTuple):
    """A stretch of a person's membership in one cell; the ends are half-open."""

    person: Person
    cell: int
    starts_on: date
    ends_on: date


class People:
    """All members and their cells, read in two queries."""

    def __init__(self, tree: Tree):
        self.tree = tree
        self.persons = {row[0]: Person._make(row) for row in self._rows()}
        self.stays = list(self._stays())
        self.cell_of = self._cells_on(tree.day)

    def _rows(self):
        return Member.objects.order_by().values_list(
            "pk",
            Coalesce("arrived_on", "admitted_on"),
            "admitted_on",
            "admitted_outside",
            "arrived_on",
            "official_on",
            "left_on",
            "leaving_reason",
            "is_exempt",
        )

    def _stays(self):
        rows = Membership.objects.order_by().values_list("member_id", "cell_id", "starts_on", "ends_on")
        for member, cell, starts_on, ends_on in rows:
            person = self.persons[member]
            begins = max(person.joined_on, starts_on or date.min)
            ends = min(person.left_on or date.max, ends_on or date.max)
            yield Stay(person, cell, begins, ends)

    def _cells_on(self, day: date) -> dict[int, int]:
        rows = Membership.objects.on(day).order_by()
        return dict(rows.values_list("member_id", "cell_id"))

    def present(self) -> list[Person]:
        """Everyone in the roster on the tree's day, exempt members included."""
        return [person for person in self.persons.values() if person.present_on(self.tree.day)]

    def present_by_cell(self) -> dict[int, list[Person]]:
        by_cell = defaultdict(list)
        for person in self.present():
            by_cell[self.cell_of[person.id]].append(person)
        return by_cell


MEMBER_FIELDS = ("unit_id", "grassroots_id", "cell_id", "is_exempt", "is_probationary")


def member_lines(people: People) -> Wanted:
    """Every member present on the day, in their cell of that day (INTERFACE, readings 1 and 5)."""
    tree = people.tree
    lines = {}
    for person in people.present():
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
    for person in people.persons.values():
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

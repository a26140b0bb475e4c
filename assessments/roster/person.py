"""A member as the roster sees one."""

from datetime import date
from typing import NamedTuple

from django.db.models.functions import Coalesce

from orgs.rules import exists_on


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
        return exists_on(day, self.joined_on, self.left_on)

    def official(self, day: date) -> bool:
        return self.official_on is not None and self.official_on <= day


COLUMNS = ("pk", Coalesce("arrived_on", "admitted_on"), *Person._fields[2:])
"""What of a member's row makes a person."""


class Belonging(NamedTuple):
    """A row of a membership."""

    member_id: int
    cell_id: int
    starts_on: date | None
    ends_on: date | None

    def holds(self, day: date) -> bool:
        return exists_on(day, self.starts_on, self.ends_on)


class Stay(NamedTuple):
    """A stretch of a person's membership in one cell; the ends are half-open."""

    person: Person
    cell: int
    starts_on: date
    ends_on: date

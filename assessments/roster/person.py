"""A member as the roster sees one."""

from datetime import date
from typing import NamedTuple

from django.db.models.functions import Coalesce

from orgs.rules import exists_on


class Presence(NamedTuple):
    """A stay in the roster; `arrived_on`: where it did not begin with the admission."""

    joined_on: date
    arrived_on: date | None
    left_on: date | None
    leaving_reason: str


class Person(NamedTuple):
    """A member as the registers have them; `joined_on` is the first day in the roster.

    From there to `leaving_reason` it tells the latest stay, `past` the earlier ones, the first of them
    first; `is_exempt` what is so now, `former` what was so until the day before which days.
    """

    id: int
    joined_on: date
    admitted_on: date
    admitted_outside: bool
    arrived_on: date | None
    official_on: date | None
    left_on: date | None
    leaving_reason: str
    is_exempt: bool
    past: tuple[Presence, ...] = ()
    former: tuple[tuple[bool, date], ...] = ()

    @property
    def latest(self) -> Presence:
        return Presence(self.joined_on, self.arrived_on, self.left_on, self.leaving_reason)

    @property
    def presences(self) -> tuple[Presence, ...]:
        return (*self.past, self.latest)

    def present_on(self, day: date) -> bool:
        if exists_on(day, self.joined_on, self.left_on):
            return True
        return any(exists_on(day, one.joined_on, one.left_on) for one in self.past)

    def exempt_on(self, day: date) -> bool:
        return next((was for was, until in self.former if day < until), self.is_exempt)

    def official(self, day: date) -> bool:
        return self.official_on is not None and self.official_on <= day

    def moved_in(self, year: int) -> tuple[Presence | None, Presence | None]:
        """The stay that began in a year, and the one that ended in it. Who went and came back between,
        or came and went, is neither: opening, ways in, ways out and closing agree."""
        if not self.past and year not in (self.joined_on.year, self.left_on and self.left_on.year):
            return None, None
        days = [
            (is_coming, one)
            for one in self.presences
            for is_coming, day in ((True, one.joined_on), (False, one.left_on))
            if day and day.year == year
        ]
        ends = days[:1] + days[-1:]
        came = next((one for came, one in ends if came), None)
        went = next((one for came, one in ends[::-1] if not came), None)
        return came, went


COLUMNS = ("pk", Coalesce("arrived_on", "admitted_on"), *Person._fields[2:9])
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

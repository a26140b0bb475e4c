"""Which level an organization has on a day, with the rows of a load laid over what is stored."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from datetime import date
from functools import cached_property
from typing import NamedTuple

from orgs import rules
from orgs.models import Placement


class Place(NamedTuple):
    """Under whom from when to when; `level`: the own one of a child of the province."""

    parent: str | None
    level: str
    starts_on: date | None
    ends_on: date | None

    def holds(self, day: date) -> bool:
        return rules.exists_on(day, self.starts_on, self.ends_on)


Asked = Callable[[str], tuple[str | None, str, date | None] | None]
"""Of a row of the load: parent and own level that it leaves behind, and its day; None without a row."""


class Levels:
    """Levels by codes and days (INTERFACE, reading 3)."""

    def __init__(self, asked: Asked):
        self._asked = asked
        self._known: dict[str, list[Place]] = {}

    def on(self, code: str, day: date | None) -> str:
        """The level on a day; None: on the first."""
        return self._on(code, day or date.min, ())

    def _on(self, code: str, day: date, below: tuple[str, ...]) -> str:
        place = next((one for one in self._places(code) if one.holds(day)), self._places(code)[-1])
        if place.parent is None or place.parent in below:
            return rules.level_under(None)
        return rules.level_under(self._on(place.parent, day, (*below, code)), place.level)

    def _places(self, code: str) -> list[Place]:
        if code not in self._known:
            self._known[code] = self._laid_over(code)
        return self._known[code]

    def _laid_over(self, code: str) -> list[Place]:
        stored, asked = self._stored.get(code, []), self._asked(code)
        if asked is None:
            return stored or [Place(None, "", None, None)]
        parent, level, day = asked
        *earlier, latest = stored or [Place(parent, level, None, None)]
        if (latest.parent, latest.level) == (parent, level):
            return [*earlier, latest]
        if day and (latest.starts_on is None or latest.starts_on < day):
            return [*earlier, latest._replace(ends_on=day), Place(parent, level, day, None)]
        return [*earlier, latest._replace(parent=parent, level=level)]

    @cached_property
    def _stored(self) -> Mapping[str, list[Place]]:
        """By code, the first first; read when the first is asked for."""
        found: dict[str, list[Place]] = defaultdict(list)
        columns = ("organization__code", "parent__code", "own_level", "starts_on", "ends_on")
        for code, *place in Placement.objects.values_list(*columns):
            found[code].append(Place(*place))
        return found

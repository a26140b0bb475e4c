"""Where the bodies of an old list stand today, and whether they went there whole.

Pure. Source: issue 14, *Same-basis years*: an old body counts in a unit of today where it went there whole,
by what it went into at its end or by its places; nothing is ever split by a percentage.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date

from assessments.roster.bodies import Life


class Today:
    """The bodies of the registers, followed to the units that stand today."""

    def __init__(self, bodies: Mapping[int, Life]):
        self.bodies = bodies
        self._units: dict[int, int | None] = {}

    def unit(self, body: int) -> int | None:
        """The unit in which a body, or what it went into at last, stands; None where there is none."""
        if body not in self._units:
            self._units[body] = self._followed(body)
        return self._units[body]

    def _followed(self, body: int) -> int | None:
        seen: set[int] = set()
        known = self.bodies.get(body)
        while known and body not in seen:
            seen.add(body)
            above = self.bodies.get(known.place) if known.place is not None and known.place != body else None
            if not known.has_ended and not (above and above.has_ended):
                return known.place
            following = known.into if known.has_ended else known.place
            body = -1 if following is None else following
            known = self.bodies.get(body)
        return None


class OldList:
    """The bodies of one 31 December with their parents of that day, followed to the units of today.

    A body that ended and went into nothing counts where the one above it went: it ended within it.
    """

    def __init__(self, day: date, parents: Mapping[int, int | None], today: Today):
        self.day, self.parents, self.today = day, parents, today
        self._children: dict[int, list[int]] = defaultdict(list)
        for body, parent in parents.items():
            if parent is not None:
                self._children[parent].append(body)
        self._places: dict[int, frozenset[int]] = {}

    def unit(self, body: int | None) -> int | None:
        """The unit of today in which a body stands, or what it went into, or what stood above it."""
        seen: set[int] = set()
        while body is not None and body not in seen:
            seen.add(body)
            if (found := self.today.unit(body)) is not None:
                return found
            body = self.parents.get(body)
        return None

    def places(self, body: int) -> frozenset[int]:
        """The units in which it, what stood in it, and what was later split off it stand today."""
        if body not in self._places:
            self._places[body] = frozenset()
            found = {self.unit(body), *(self.unit(part) for part in self.parts(body))}
            below = (self.places(child) for child in self._children.get(body, ()))
            self._places[body] = frozenset(one for one in found if one is not None).union(*below)
        return self._places[body]

    def parts(self, body: int) -> set[int]:
        """What was split off it after the day of the list, and off these."""
        found: set[int] = set()
        asked: Collection[int] = [body]
        while asked:
            new = {
                part
                for one in asked
                if one in self.today.bodies
                for part, first in self.today.bodies[one].parts
                if first is not None and first > self.day
            }
            asked = new - found
            found |= new
        return found


def whole(places: Collection[int]) -> int | None:
    """The one unit of today in which all of a body stands; None where there is none, or several."""
    return next(iter(places)) if len(places) == 1 else None

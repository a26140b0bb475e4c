"""What changed of the tree from one 31 December to the next, as the rosters of both years have it."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.roster.models.line import Kind
from assessments.roster.tree_facts import Facts
from assessments.rules.models.years import RatingYear

SHARE = 10
"""One organization in so many, merged, moved or of another kind by a reorganization, parts two years."""

OUTSIDE = 3
"""Of so many units one may have come from outside, and the province is still the same."""


@dataclass(frozen=True, slots=True)
class TreeChange:
    """Why a year is not compared, in words. `of_place`: it holds others than before, persons and villages
    too; else only organizations of `kinds` are others."""

    why: str
    of_place: bool = False
    kinds: frozenset[str] = frozenset()


class Trees:
    """What changed of the units of some years between two that follow each other.

    Of the province: by units that came, went or are of another kind (INTERFACE, reading 3), or by mergers,
    one in SHARE of a kind of organizations became others; it is another place where more than one in
    OUTSIDE of its units is not made of what stood in it. Of a unit: it is new, another unit went into it, a
    part of it became a unit, or one in SHARE of its organizations came from or went to other units; its own
    kind changed, or so many merged.
    """

    def __init__(self, years: Iterable[RatingYear], unit_id: int | None = None):
        self.unit_id, self._facts = unit_id, Facts(years, unit_id)

    @property
    def units(self) -> dict[int, set[int]]:
        """Year → its units."""
        return self._facts.units

    def of_province(self, before: int, now: int) -> TreeChange | None:
        self._facts.read(moves=False)
        old, new = self._facts.pair(before, now)
        if not (old and new):
            return None
        outside = sum(self._facts.is_from_outside(unit, before, now) for unit in new - old)
        if outside * OUTSIDE > len(new):
            return TreeChange(_of_units(len(new - old), len(old - new), 0), True)
        changed = {unit for unit in old & new if self._facts.is_of_other_kind(unit, before, now)}
        words = _of_units(len(new - old), len(old - new), len(changed))
        others = self._others(before, now, (old ^ new) | changed)
        kinds = self._much(others, before, now, None)
        return TreeChange(words or _merged(others, kinds), kinds=kinds) if kinds else None

    def of_unit(self, unit: int, before: int, now: int) -> TreeChange | None:
        """None for what is no unit now: there is nothing to compare."""
        self._facts.read(moves=True)
        old, new = self._facts.pair(before, now)
        if unit not in new or not old:
            return None
        if why := self._why_other(unit, old, new) or self._why_moved(unit, before, now):
            return TreeChange(why, True)
        if self._facts.is_of_other_kind(unit, before, now):
            return TreeChange(_("the unit's own kind changed"), kinds=frozenset(Kind.values))
        others = self._others(before, now, (), unit)
        kinds = self._much(others, before, now, unit)
        return TreeChange(_merged(others, kinds), kinds=kinds) if kinds else None

    def of_units(self, before: int, now: int) -> dict[int, TreeChange]:
        """Unit → what changed, for those where something did: of all, or the one asked for."""
        self._facts.read(moves=True)
        asked = self._facts.units.get(now, set()) if self.unit_id is None else {self.unit_id}
        found = ((unit, self.of_unit(unit, before, now)) for unit in asked)
        return {unit: change for unit, change in found if change}

    def _why_other(self, unit: int, old: set[int], new: set[int]) -> str:
        if unit not in old:
            return _("a new unit")
        if self._facts.joined[unit] & (old - new):
            return _("another unit went into it")
        return _("a part of it became a unit") if self._facts.parts[unit] & (new - old) else ""

    def _why_moved(self, unit: int, before: int, now: int) -> str:
        moved = self._facts.moved[now, unit] if before + 1 == now else 0
        is_much = moved and moved * SHARE >= sum(self._facts.sizes[now, unit, kind] for kind in Kind.values)
        return _("organizations came from or went to other units") if is_much else ""

    def _much(self, others: Counter[str], before: int, now: int, unit: int | None) -> frozenset[str]:
        return frozenset(
            kind
            for kind, count in others.items()
            if count * SHARE >= max(self._size(year, unit, kind) for year in (before, now))
        )

    def _size(self, year: int, unit: int | None, kind: str) -> int:
        units = self._facts.units.get(year, set()) if unit is None else {unit}
        return sum(self._facts.sizes[year, one, kind] for one in units)

    def _others(self, before: int, now: int, units: Collection[int], only: int | None = None) -> Counter[str]:
        """Kind → how many of the organizations of changed `units`, and of those merged, have it in one of the
        two years alone; `only`: of one unit."""
        found: Counter[str] = Counter()
        if not {before, now} <= self._facts.listed:
            return found
        for places in self._facts.places.values() if units else self._facts.merged:
            was, is_now = places.get(before), places.get(now)
            held = [place for place in (was, is_now) if place]
            if not held or (was and is_now and was[1] == is_now[1]):
                continue
            is_merged = any(place[2] for place in held)
            if (is_merged or any(place[0] in units for place in held)) and only in (None, held[0][0]):
                found.update({place[1] for place in held})
        return found


_WORDS: tuple[Callable[[int], str], ...] = (
    lambda n: ngettext("%(n)s new unit", "%(n)s new units", n),
    lambda n: ngettext("%(n)s unit ended", "%(n)s units ended", n),
    lambda n: ngettext("%(n)s unit of another kind", "%(n)s units of another kind", n),
)


def _of_units(*counts: int) -> str:
    """`40 new units, 10 units ended`; empty where there is none."""
    return ", ".join(words(n) % {"n": n} for words, n in zip(_WORDS, counts, strict=True) if n)


def _merged(others: Counter[str], kinds: Iterable[str]) -> str:
    """`34 organizations merged, founded anew or ended by it`."""
    n = sum(others[kind] for kind in kinds)
    return ngettext("merging changed %(n)s organization", "merging changed %(n)s organizations", n) % {"n": n}

"""In which years villages were merged, and how many: what the counts of villages and heads changed by then
without any admission or cell (INTERFACE, reading 10)."""

from collections.abc import Iterable
from datetime import date, timedelta
from functools import cached_property
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.roster.models.village_lines import VillageLine
from orgs.models import Village
from orgs.rules import in_order, unit_of
from resolution03.lib.figures import number


class Gone(NamedTuple):
    """A village that went into another one; `on`: the first day on which it was no more."""

    village: int
    into: int
    on: date
    into_began: date | None
    committee: str

    @property
    def into_stood(self) -> bool:
        """Whether what it went into was there before."""
        return in_order(self.into_began, self.on - timedelta(days=1))


class Merged(NamedTuple):
    """So many villages of a year's mergers were left of so many."""

    year: int
    before: int
    after: int

    @property
    def words(self) -> str:
        """`2019: 3 villages became 1`."""
        words = ngettext(
            "%(year)s: %(n)s village became %(left)s",
            "%(year)s: %(n)s villages became %(left)s",
            self.before,
        )
        return words % {"year": self.year, "n": number(self.before), "left": number(self.after)}


class VillageMergers:
    """The mergers of some years, of the province or one unit: that in which a village stood in the list of
    the year before, or stands today. One statement, of a unit two."""

    def __init__(self, years: Iterable[int], unit_id: int | None = None):
        self.years, self.unit_id = set(years), unit_id

    @cached_property
    def of_years(self) -> list[Merged]:
        """The earliest first; years without a merger are none of them."""
        found: dict[int, list[Gone]] = {}
        for one in self._gone():
            found.setdefault(one.on.year, []).append(one)
        return [_merged(year, found[year]) for year in sorted(found)]

    def _gone(self) -> list[Gone]:
        rows = Village.objects.filter(merged_into__isnull=False, ends_on__isnull=False).order_by()
        told = (
            Gone(pk, into, last + timedelta(days=1), began, committee)
            for pk, into, last, began, committee in rows.values_list(
                "pk", "merged_into", "ends_on", "merged_into__starts_on", "committee__path"
            )
            if into and last
        )
        found = [one for one in told if one.on.year in self.years]
        if self.unit_id is None:
            return found
        listed = self._units({one.village for one in found})
        return [one for one in found if self._unit(one, listed) == self.unit_id]

    def _units(self, villages: set[int]) -> dict[tuple[int, int], int]:
        """(village, year) → the unit in which the list of that year has it."""
        rows = VillageLine.objects.filter(village__in=villages).order_by()
        return {(village, year): unit for village, year, unit in rows.values_list("village", "year", "unit")}

    def _unit(self, one: Gone, listed: dict[tuple[int, int], int]) -> int | None:
        return listed.get((one.village, one.on.year - 1)) or unit_of(one.committee)


def _merged(year: int, gone: list[Gone]) -> Merged:
    """All that took part, but for those that a merger of the year founded, and what was left at last."""
    went, targets = {one.village for one in gone}, {one.into for one in gone}
    founded = {one.into for one in gone if not one.into_stood}
    return Merged(year, len((went | targets) - founded), len(targets - went))


def note(mergers: Iterable[Merged]) -> str:
    """Below figures of villages; empty where none were merged."""
    told = "; ".join(one.words for one in mergers)
    if not told:
        return ""
    words = _(
        "Villages were merged (%(years)s): the number of villages and the share of heads changed by that, "
        "too; a village that was merged is not blank again."
    )
    return words % {"years": told}

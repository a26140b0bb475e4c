"""The table of a unit's yearly counts: columns as the Board asks them, women where not listed."""

from dataclasses import dataclass
from functools import cached_property

from assessments.entry.counting.table import CountRow, CountTable
from assessments.entry.counts.rules import warnings
from assessments.roster.counts import given
from assessments.roster.models.line import RatedLineQuerySet
from assessments.rules.models.counts import MOST
from assessments.rules.models.years import RatingYear


@dataclass(frozen=True)
class Counts:
    """The counts of a year over `lines`, grassroots organizations of the reader's scope."""

    year: RatingYear
    lines: RatedLineQuerySet

    @cached_property
    def activities(self) -> list:
        return given.of_year(self.year.pk)

    @cached_property
    def table(self) -> CountTable:
        return CountTable({one.code: one.short_name for one in self.activities}, MOST)

    @cached_property
    def known(self) -> dict:
        return given.known_of(self.year, self.lines)

    @cached_property
    def counted(self) -> dict:
        return given.counted(self.year, self.lines, self.known)

    def rows(self, shown) -> list[CountRow]:
        """The rows of `shown`, with what the lists count fixed and what does not fit said."""
        shown = list(shown)
        at = {line.pk: line.organization_id for line in shown}
        stored = {pk: self.counted.get(organization, {}) for pk, organization in at.items()}
        fixed = {
            pk: {given.WOMEN: known.women}
            for pk, organization in at.items()
            if (known := self.known.get(organization)) and known.women is not None
        }
        rows = self.table.rows(shown, stored, fixed)
        for row in rows:
            known = self.known.get(row.line.organization_id, given.Known())
            row.warnings = warnings(self.activities, stored[row.line.pk], known)
        return rows

    @cached_property
    def blank(self) -> int:
        """How many organizations have not given every count that they are asked for."""
        return given.lacking(self.activities, self.counted, self.lines)

"""The table of a unit's yearly counts: columns as the Board asks them, women where not listed."""

from dataclasses import dataclass
from functools import cached_property

from assessments.entry.counting.judging import Counts as Counts_
from assessments.entry.counting.table import CountRow, CountTable
from assessments.entry.counts.rules import warnings
from assessments.roster.counts import given
from assessments.roster.models.line import RatedLineQuerySet
from assessments.rules.count_rule import Known
from assessments.rules.models.counts import MOST, CountLevel
from assessments.rules.models.years import RatingYear

NOBODY = Known({}, {}, {})


@dataclass(frozen=True)
class Counts:
    """The counts of a year over `lines`, grassroots organizations of the reader's scope."""

    year: RatingYear
    lines: RatedLineQuerySet

    @cached_property
    def counted(self) -> given.YearCounts:
        return given.YearCounts(self.year, self.lines)

    @cached_property
    def activities(self) -> list:
        return [rule for rule in self.counted.asked if rule.level == CountLevel.GRASSROOTS]

    @cached_property
    def table(self) -> CountTable:
        return CountTable({one.code: one.short_name for one in self.activities}, MOST)

    def rows(self, shown) -> list[CountRow]:
        """The rows of `shown`, with what the lists count fixed and what does not fit said."""
        shown = list(shown)
        at = {line.pk: line.organization_id for line in shown}
        known = self.counted.known()
        found = {pk: known.get(organization, NOBODY) for pk, organization in at.items()}
        stored: dict[int, Counts_] = {pk: dict(one.counts) for pk, one in found.items()}
        fixed: dict[int, Counts_] = {
            pk: {rule.code: one.counts[rule.code] for rule in self.activities if given.is_told(rule, one)}
            for pk, one in found.items()
        }
        rows = self.table.rows(shown, stored, fixed)
        for row in rows:
            row.warnings = warnings(self.activities, found[row.line.pk])
        return rows

    @cached_property
    def blank(self) -> int:
        """How many organizations have not given every count that they are asked for."""
        return self.counted.lacking

"""How counts of parts II and III count: a share of a whole, or a plain count (ADR 36).

A share adds up part and whole of those that gave both; what nobody gave is no 0.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from assessments.figures.counted import PARTS, Cells, Count, Counting, Formula, PartWords
from assessments.figures.fold import Counts
from assessments.figures.past import Cause
from assessments.roster.counts.given import Given, YearCounts
from assessments.roster.models.lines import OrganizationLine
from assessments.roster.models.tallies import Subject
from assessments.rules.count_rule import CountRule
from assessments.rules.models.counts import CountLevel
from assessments.rules.models.years import RatingYear, Submission
from assessments.rules.year_rules import YearRules
from orgs.scoping import PostedQuerySet

COUNT = "count"
"""Stands for the subject among the sums of one count."""
UNIT_COUNT = "unit_count"
"""The names behind a count that units themselves give."""


class Sum(StrEnum):
    """What is added up of a count in one place: numerator, whole, how many gave them, how many are asked."""

    PART = "part"
    WHOLE = "whole"
    GIVEN = "given"
    ASKED = "asked"


_OF_FULL = PartWords(
    (_("Reached in full"), _("Not in full"), _("Not given")),
    (_("reached in full"), _("not in full"), _("not given")),
)
_OF_SOME = PartWords(
    (_("With some"), _("With none"), _("Not given")), (_("with some"), _("with none"), _("not given"))
)


@dataclass(frozen=True)
class CountOf(Counting):
    """What offices give of one count, as its year has it; `wholes`: the counts that its share is told of."""

    rule: CountRule
    wholes: tuple[CountRule, ...] = ()
    redefined: tuple[int, ...] = ()
    broken_by = frozenset({Cause.TREE, Cause.PLACE})

    @property
    def subject(self) -> Subject:  # type: ignore[override]  # follows from the rule
        """Whose number it is."""
        return Subject.AFFILIATED if self.rule.level == CountLevel.CELL else Subject.GRASSROOTS

    @property
    def population(self) -> str:
        return UNIT_COUNT if self.rule.level == CountLevel.UNIT else COUNT

    @property
    def givers(self) -> str:
        return self.rule.level if self.rule.level in (CountLevel.UNIT, CountLevel.CELL) else "organization"

    @property
    def is_share(self) -> bool:
        return self.rule.has_share and not self.rule.is_average

    @property
    def is_average(self) -> bool:
        return self.rule.has_share and self.rule.is_average

    @property
    def is_limited(self) -> bool:
        return self.rule.direction == "down"

    @property
    def parts_called(self) -> PartWords:  # type: ignore[override]
        return _OF_FULL if self._is_of_full else _OF_SOME

    @property
    def _is_of_full(self) -> bool:
        """Whether an organization stands by whether it reached its whole; else by whether it has any."""
        return self.rule.has_share and not (self.is_limited or self.rule.is_average)

    def formulas(self, rules: YearRules) -> list[Formula]:
        words = (
            _("as the registers tell it, else as it was given")
            if self.rule.is_computed
            else _("as it was given")
        )
        return [Formula(words, _added(Sum.PART), _added(Sum.WHOLE) if self.rule.has_share else None)]

    def numbers(self, given: Given) -> tuple[int | None, int | None]:
        """Part and whole of one organization; None where it did not give them."""
        return (given.part, given.whole) if self.rule.has_share else (given.count, None)

    def part(self, given: Given) -> str:
        """In which of PARTS an organization stands; empty where it is not asked."""
        have, whole = self.numbers(given)
        met, missed, lacking = PARTS
        if have is None:
            return lacking if given.of else ""
        return met if (have >= (whole or 0) if self._is_of_full else have > 0) else missed

    def sums(self, given: Iterable[Given]) -> Counts:
        """What the organizations of a place gave, as a figure reads it."""
        found: Counts = {(COUNT, key): 0 for key in (*Sum, *PARTS)}
        for one in given:
            have, whole = self.numbers(one)
            found[COUNT, Sum.PART] += have or 0
            found[COUNT, Sum.WHOLE] += whole or 0
            found[COUNT, Sum.GIVEN] += have is not None
            found[COUNT, Sum.ASKED] += one.of
            if part := self.part(one):
                found[COUNT, part] += 1
        return found

    def rows(self, year: RatingYear, rules: YearRules, part: str) -> PostedQuerySet:
        """The organizations, or units, whose number stands in a part."""
        lines = OrganizationLine.objects.filter(year=year).in_roster()
        read = YearCounts(year, lines, only=(self.rule, *self.wholes))
        level = self.rule.level
        found = [one for one in read.bodies(level) if self.part(read.of(self.rule, one)) == part]
        if level == CountLevel.UNIT:
            return Submission.objects.filter(year=year, unit__in=found)
        return lines.filter(organization__in=found)

    def parts(self, counts: Counts, have: int, whole: int | None) -> tuple[int | None, ...]:
        return tuple(counts.get((COUNT, part), 0) for part in PARTS)

    def cells(self, code: str) -> Cells:
        return Cells(COUNT, code, f"{code}_whole" if self.rule.has_share else "")


def _added(key: Sum) -> Count:
    return lambda counts: counts.get((COUNT, key), 0)

"""Figures: what the indicators say of a year, for the province and for each unit.

The dashboard, the command line and the workbook all ask `board` or `figures`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from assessments import counts
from assessments.indicators import BY_CODE, INDICATORS, Indicator, Measure
from assessments.models import RatingYear, YearState
from assessments.rules import is_met, needed, shortfall
from assessments.tallies import EXEMPT, UNRATED
from assessments.year_rules import TargetRule, YearRules, rules_of_years
from orgs.models import Organization
from resolution03.lib.figures import percent

_NO_COUNTS: counts.Counts = {}


@dataclass(frozen=True)
class OtherReading:
    """The same figure by another reading, judged by the same target."""

    reading: str
    numerator: int
    denominator: int | None
    met: bool | None

    @property
    def percent(self) -> Decimal | None:
        return percent(self.numerator, self.denominator)


@dataclass(frozen=True)
class Figure:
    """One indicator of one year, for the province (`unit_id` None) or a unit.

    Whole numbers decide; `percent` is for display only, two places, half up. `numerator` is None
    in a year of reported totals where nothing was counted.
    """

    indicator: Indicator
    year: int
    unit_id: int | None
    measure: Measure
    counts: counts.Counts
    rules: YearRules
    is_reported: bool
    is_known: bool

    @property
    def code(self) -> str:
        return self.indicator.code

    @property
    def label(self) -> str:
        return self.indicator.label

    @property
    def numerator(self) -> int | None:
        return self.measure.numerator if self.is_known else None

    @property
    def denominator(self) -> int | None:
        return self.measure.denominator

    @property
    def reading(self) -> str:
        return self.measure.reading

    @cached_property
    def percent(self) -> Decimal | None:
        return percent(self.measure.numerator, self.denominator)

    @cached_property
    def rule(self) -> TargetRule | None:
        return self.rules.target(self.code)

    @cached_property
    def target(self) -> Decimal | None:
        """The value to reach: percent, or a number for a count; None where there is no target."""
        if self.rule is None or (self.rule.province_only and self.unit_id is not None):
            return None
        return self.rule.value

    @property
    def comparison(self) -> str | None:
        return self.rule.comparison if self.rule else None

    @property
    def due(self) -> int | None:
        return self.rule.due if self.rule else None

    @property
    def document(self) -> str:
        return self.rule.document if self.rule else ""

    @property
    def article(self) -> str:
        return self.rule.article if self.rule else ""

    @cached_property
    def met(self) -> bool | None:
        return self._judge(is_met)

    @cached_property
    def short(self) -> int | None:
        return self._judge(shortfall)

    @cached_property
    def needed(self) -> int | None:
        """The numerator that would meet the target with today's denominator."""
        if self.target is None or self.denominator == 0:
            return None
        return needed(self.denominator, self.comparison, self.target)

    @cached_property
    def _rated_and_roster(self) -> tuple[int | None, int | None]:
        return self.indicator.rated_and_roster(self.counts)

    @property
    def rated(self) -> int | None:
        return self._rated_and_roster[0]

    @property
    def roster(self) -> int | None:
        return self._rated_and_roster[1]

    @property
    def unrated(self) -> int | None:
        """Those without a decided level, the exempt not among them."""
        return (
            None if self.rated is None else self.counts.get((self.indicator.subject, "unrated"), 0)
        )

    @property
    def exempt(self) -> int | None:
        return (
            None if self.rated is None else self.counts.get((self.indicator.subject, "exempt"), 0)
        )

    @property
    def vacant(self) -> int | None:
        """Villages without a head in post, for the share of heads."""
        return self.counts.get((self.indicator.subject, "vacant"))

    @property
    def least(self) -> Decimal | None:
        """The least share still possible: nobody of the unrated counts."""
        if not self.unrated:
            return None
        return percent(self.measure.numerator, self.denominator + self.unrated)

    @property
    def most(self) -> Decimal | None:
        """The greatest share still possible: everybody of the unrated counts."""
        if not self.unrated:
            return None
        whole = self.denominator + self.unrated
        return percent(self.measure.numerator + self.unrated, whole)

    @property
    def is_default_reading(self) -> bool:
        """Whether the Board has yet to confirm the reading by a decision."""
        meaning = getattr(self.indicator, "meaning", None)
        reading = self.rules.reading(meaning) if meaning else None
        return reading is not None and not reading.document

    @cached_property
    def other(self) -> list[OtherReading]:
        if not self.is_known:
            return []
        return [
            OtherReading(
                other.reading,
                other.numerator,
                other.denominator,
                is_met(other.numerator, other.denominator, self.comparison, self.target),
            )
            for other in self.indicator.others(self.counts, self.rules)
        ]

    def _judge(self, judge):
        if not self.is_known:
            return None
        return judge(self.measure.numerator, self.denominator, self.comparison, self.target)


class Board:
    """All figures of some years and units, from one read of the tallies."""

    def __init__(
        self, years: Iterable[RatingYear], detailed: Iterable[int] | None, unit: int | None,
        kept: Iterable[tuple] | None = None,
    ):
        self.years = {year.pk: year for year in years}
        self.rules = rules_of_years(self.years.values())
        self.counts, self.reported = counts.read(
            self.years.values(), detailed=detailed, unit=unit, kept=kept
        )

    def figure(self, code: str, year: int, unit_id: int | None = None) -> Figure:
        indicator, rules = BY_CODE[code], self.rules[year]
        found = self.counts.get((year, unit_id), _NO_COUNTS)
        return Figure(
            indicator,
            year,
            unit_id,
            indicator.measure(found, rules),
            found,
            rules,
            (year, unit_id, indicator.subject) in self.reported,
            self._is_known(indicator, year, unit_id),
        )

    def figures(self, year: int, unit_id: int | None = None) -> list[Figure]:
        return [self.figure(indicator.code, year, unit_id) for indicator in INDICATORS]

    def rated_by_level(self, subject: str, year: int, unit_id: int | None) -> dict[str, int]:
        """How many of a subject have each level."""
        found = self.counts.get((year, unit_id), _NO_COUNTS)
        return {
            key: count
            for (counted, key), count in found.items()
            if counted == subject and key not in (UNRATED, EXEMPT)
        }

    def _is_known(self, indicator: Indicator, year: int, unit_id: int | None) -> bool:
        """A year of reported totals knows only what was reported."""
        if self.years[year].state != YearState.REPORTED:
            return True
        return (year, unit_id, indicator.subject) in self.reported


def board(
    years: Iterable[RatingYear], *, detailed: Iterable[int] | None = None, unit: int | None = None,
    kept: Iterable[tuple] | None = None,
) -> Board:
    """All figures of `years`; the number of queries does not grow with years or units.

    Given `detailed`, the other years know only the province and the one `unit`. `kept`: tallies
    that stand for the stored ones (assessments/revisions/kept.py).
    """
    return Board(years, detailed, unit, kept)


def figures(year: RatingYear, unit: Organization | None = None) -> list[Figure]:
    """The figures of one year, for the province or one unit."""
    return board([year]).figures(year.pk, unit.pk if unit else None)

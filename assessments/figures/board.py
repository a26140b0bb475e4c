"""Figures: what the indicators say of a year, for the province and for each unit.

The dashboard, the command line and the workbook all ask `board` or `figures`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.utils.functional import cached_property

from assessments.figures import fold
from assessments.figures.counted import Formula
from assessments.figures.indicator import Indicator
from assessments.figures.indicators import INDICATORS
from assessments.figures.judge import Aim, Standing, State, aim_of, state_of
from assessments.roster.tallies import WAITING
from assessments.rules.models.years import RatingYear, Submission
from assessments.rules.of_year import rules_of_years
from assessments.rules.year_rules import TargetRule, YearRules
from orgs.models import Organization
from resolution03.lib.figures import percent

_NO_COUNTS: fold.Counts = {}


@dataclass(frozen=True)
class OtherReading:
    """The same figure by another reading, judged by the same target."""

    formula: Formula
    figure: "Figure"
    numerator: int
    denominator: int | None

    @property
    def met(self) -> bool | None:
        return self.figure.aim.met(self.numerator, self.denominator)

    @property
    def standing(self) -> Standing:
        return self.figure.aim.standing(self.numerator, self.denominator)

    @property
    def reading(self) -> str:
        return str(self.formula.reading)

    @property
    def percent(self) -> Decimal | None:
        return percent(self.numerator, self.denominator)


class Yardstick:
    """One indicator in one year: how it counts, what the province is held against (`aim`), and
    what each unit is (`aim_of_units`)."""

    __slots__ = (
        "aim", "aim_of_units", "formula", "indicator", "others", "rule", "rules", "state", "year",
    )  # fmt: skip

    def __init__(self, indicator: Indicator, year: RatingYear, rules: YearRules):
        self.indicator, self.year, self.rules = indicator, year.pk, rules
        self.state = state_of(year)
        self.formula, *self.others = indicator.counted.formulas(rules)
        self.rule: TargetRule | None = rules.target(indicator.code)
        self.aim = aim_of(rules, indicator, year.pk)
        self.aim_of_units = aim_of(rules, indicator, year.pk, of_unit=True)


class Figure:
    """One indicator of one year, for the province (`unit_id` None) or a unit.

    Whole numbers decide; `percent` is for display only, two places, half up. `numerator` is None
    in a year of reported totals where nothing was counted, `target` where there is none. `given`:
    how many units gave their part of a sum, and of how many; None where every unit is counted.
    """

    def __init__(
        self, yardstick: Yardstick, unit_id: int | None, found: fold.Counts,
        *, is_reported: bool, is_known: bool, given: tuple[int, int] | None = None,
    ):  # fmt: skip
        self.yardstick, self.unit_id, self.counts = yardstick, unit_id, found
        self.is_reported, self.is_known, self.given = is_reported, is_known, given
        self.aim: Aim = yardstick.aim if unit_id is None else yardstick.aim_of_units
        self.comparison, self.target = self.aim.comparison, self.aim.value
        formula = yardstick.formula
        self._counted = formula.numerator(found)
        self.numerator = self._counted if is_known else None
        self.denominator = formula.denominator(found) if formula.denominator else None

    @property
    def indicator(self) -> Indicator:
        return self.yardstick.indicator

    @property
    def year(self) -> int:
        return self.yardstick.year

    @property
    def rules(self) -> YearRules:
        return self.yardstick.rules

    @property
    def code(self) -> str:
        return self.indicator.code

    @property
    def label(self) -> str:
        return self.indicator.label

    @property
    def reading(self) -> str:
        return str(self.yardstick.formula.reading)

    @cached_property
    def percent(self) -> Decimal | None:
        return percent(self._counted, self.denominator)

    @property
    def rule(self) -> TargetRule | None:
        return self.yardstick.rule

    @property
    def state(self) -> State:
        """How final the figures of its year are."""
        return self.yardstick.state

    @property
    def is_partial(self) -> bool:
        """Whether it adds up what only some of the units gave."""
        return self.numerator is not None and self.given is not None and self.given[0] < self.given[1]

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
    def standing(self) -> Standing:
        return self.aim.standing(self.numerator, self.denominator)

    @cached_property
    def met(self) -> bool | None:
        return self.aim.met(self.numerator, self.denominator)

    @cached_property
    def short(self) -> int | None:
        return self.aim.short(self.numerator, self.denominator)

    @cached_property
    def needed(self) -> int | None:
        """The numerator that would meet the target with today's denominator."""
        return self.aim.needed(self.denominator)

    @cached_property
    def _rated_and_roster(self) -> tuple[int | None, int | None]:
        return self.indicator.counted.rated_and_roster(self.counts)

    @property
    def rated(self) -> int | None:
        return self._rated_and_roster[0]

    @property
    def roster(self) -> int | None:
        return self._rated_and_roster[1]

    @property
    def unrated(self) -> int | None:
        """Those without a decided level, the exempt not among them."""
        return None if self.rated is None else self.counts.get((self.indicator.subject, "unrated"), 0)

    @property
    def exempt(self) -> int | None:
        return None if self.rated is None else self.counts.get((self.indicator.subject, "exempt"), 0)

    @property
    def vacant(self) -> int | None:
        """Villages without a head in post, for the share of heads."""
        return self.counts.get((self.indicator.subject, "vacant"))

    @property
    def least(self) -> Decimal | None:
        """The least share still possible: nobody of the unrated counts."""
        if not self.unrated:
            return None
        return percent(self._counted, self.denominator + self.unrated)

    @property
    def most(self) -> Decimal | None:
        """The greatest share still possible: everybody of the unrated counts."""
        if not self.unrated:
            return None
        whole = self.denominator + self.unrated
        return percent(self._counted + self.unrated, whole)

    @property
    def is_default_reading(self) -> bool:
        """Whether the Board has yet to confirm the reading by a decision."""
        reading = self.indicator.counted.level_reading(self.rules)
        return reading is not None and not reading.document

    @cached_property
    def other(self) -> list[OtherReading]:
        return [self._by(formula) for formula in self.yardstick.others] if self.is_known else []

    def _by(self, formula: Formula) -> OtherReading:
        have = formula.numerator(self.counts)
        whole = formula.denominator(self.counts) if formula.denominator else None
        return OtherReading(formula, self, have, whole)


class Board:
    """All figures of some years and units, from one read of the tallies."""

    def __init__(
        self,
        years: Iterable[RatingYear],
        detailed: Iterable[int] | None,
        unit: int | None,
        kept: Iterable[tuple] | None = None,
    ):
        self.years = {year.pk: year for year in years}
        self.rules = rules_of_years(self.years.values())
        self.counts, self.reported = fold.read(self.years.values(), detailed=detailed, unit=unit, kept=kept)
        # A year of reported totals knows only what was reported.
        self._totals_only = {year.pk for year in self.years.values() if state_of(year) == State.REPORTED}
        self._yardsticks: dict[tuple[str, int], Yardstick] = {}

    def figure(self, code: str, year: int, unit_id: int | None = None) -> Figure:
        yardstick = self._yardsticks.get((code, year)) or self._yardstick(code, year)
        place = (year, unit_id, yardstick.indicator.subject)
        is_reported = place in self.reported
        return Figure(
            yardstick,
            unit_id,
            self.counts.get(place[:2], _NO_COUNTS),
            is_reported=is_reported,
            is_known=is_reported or year not in self._totals_only,
            given=self._given(*place),
        )

    def _given(self, year: int, unit_id: int | None, subject: str) -> tuple[int, int] | None:
        if unit_id is not None or year not in self._totals_only:
            return None
        units = self._units_of_totals.get(year, [])
        return sum((year, unit, subject) in self.reported for unit in units), len(units)

    @cached_property
    def _units_of_totals(self) -> dict[int, list[int]]:
        """Year of reported totals → its units; one statement, and none without such a year."""
        found: dict[int, list[int]] = {}
        held = Submission.objects.filter(year__in=self._totals_only).order_by()
        for year, unit in held.values_list("year_id", "unit_id"):
            found.setdefault(year, []).append(unit)
        return found

    def _yardstick(self, code: str, year: int) -> Yardstick:
        made = Yardstick(INDICATORS[code], self.years[year], self.rules[year])
        self._yardsticks[code, year] = made
        return made

    def figures(self, year: int, unit_id: int | None = None) -> list[Figure]:
        return [self.figure(code, year, unit_id) for code in INDICATORS]

    def rated_by_level(self, subject: str, year: int, unit_id: int | None) -> dict[str, int]:
        """How many of a subject have each level."""
        found = self.counts.get((year, unit_id), _NO_COUNTS)
        return {
            key: count for (counted, key), count in found.items() if counted == subject and key not in WAITING
        }


def board(
    years: Iterable[RatingYear],
    *,
    detailed: Iterable[int] | None = None,
    unit: int | None = None,
    kept: Iterable[tuple] | None = None,
) -> Board:
    """All figures of `years`; the number of queries does not grow with years or units.

    Given `detailed`, the other years know only the province and the one `unit`. `kept`: tallies
    that stand for the stored ones (assessments/figures/kept.py).
    """
    return Board(years, detailed, unit, kept)


def figures(year: RatingYear, unit: Organization | None = None) -> list[Figure]:
    """The figures of one year, for the province or one unit."""
    return board([year]).figures(year.pk, unit.pk if unit else None)

"""What a figure is held against: its other reading, its target."""

from dataclasses import dataclass
from decimal import Decimal

from assessments.figures.counted import Formula
from assessments.figures.indicator import Indicator
from assessments.figures.judge import Aim, Standing, aim_of, state_of
from assessments.rules.models.years import RatingYear
from assessments.rules.year_rules import TargetRule, YearRules
from resolution03.lib.figures import percent


@dataclass(frozen=True)
class OtherReading:
    """The same figure by another reading, judged by the same target."""

    formula: Formula
    aim: Aim
    numerator: int
    denominator: int | None

    @property
    def met(self) -> bool | None:
        return self.aim.met(self.numerator, self.denominator)

    @property
    def standing(self) -> Standing:
        return self.aim.standing(self.numerator, self.denominator)

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

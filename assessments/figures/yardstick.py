"""What a figure is held against: its other reading, its target."""

from dataclasses import dataclass, replace
from decimal import Decimal

from assessments.figures.counted import Formula
from assessments.figures.indicator import Indicator
from assessments.figures.judge import Aim, Standing, aim_by, state_of
from assessments.rules.models.years import RatingYear
from assessments.rules.target_rules import ANY_UNIT, SetRule, TargetRule
from assessments.rules.year_rules import YearRules
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
    """One indicator in one year: how it counts, and what the province and each unit is held to by a set
    of targets; `is_quota`: by what each unit is assigned."""

    __slots__ = (
        "_aims", "_quotas", "_rules", "formula", "indicator", "is_quota", "others", "rules", "set", "state",
        "year",
    )  # fmt: skip

    def __init__(
        self, indicator: Indicator, year: RatingYear, rules: YearRules, chosen: SetRule, *, is_quota: bool
    ):
        self.indicator, self.year, self.rules = indicator, year.pk, rules
        self.set, self.is_quota = chosen, is_quota
        self.state = state_of(year)
        self.formula, *self.others = indicator.counted.formulas(rules)
        self._rules = [self._find(is_unit) for is_unit in (False, True)]
        self._aims = [self._aim(unit_id) for unit_id in (None, ANY_UNIT)]
        assigned = self._rules[True] if is_quota else None
        self._quotas = dict(assigned.quotas) if assigned else {}

    def rule(self, unit_id: int | None) -> TargetRule | None:
        """The rule that the province (`unit_id` None) or a unit is told by."""
        return self._rules[unit_id is not None]

    def aim(self, unit_id: int | None) -> Aim:
        aim = self._aims[unit_id is not None]
        return replace(aim, value=Decimal(self._quotas[unit_id])) if unit_id in self._quotas else aim

    def _find(self, is_unit: bool) -> TargetRule | None:
        if self.is_quota:
            return self.set.quota(self.indicator.code)
        return self.set.binding(self.indicator.code, ANY_UNIT if is_unit else None)

    def _aim(self, unit_id: int | None) -> Aim:
        term = self.indicator.counted.term_of(self.rules, self.year)
        is_average = self.indicator.counted.is_average
        return aim_by(self.rule(unit_id), self.year, term, unit_id, is_average=is_average)

"""The targets of a year on counts: of the first set that has one, as a page holds its sums to them."""

from functools import cached_property

from assessments.entry.part_two.cells import Cell
from assessments.figures.judge import Aim, Standing, aim_by
from assessments.rules.count_rule import CountRule
from assessments.rules.models.years import RatingYear
from assessments.rules.of_year import rules_of


class Aims:
    """Of a year; nothing is judged before somebody gave it."""

    def __init__(self, year: RatingYear):
        self.year = year

    @cached_property
    def _sets(self):
        return rules_of(self.year).sets

    def of(self, rule: CountRule, unit: int | None = None) -> Aim | None:
        """What the province, or a unit, is held to; None where no set has a target on the count."""
        found = (one.binding(rule.code, unit) for one in self._sets)
        target = next((one for one in found if one), None)
        return aim_by(target, self.year.pk, None, unit, is_average=rule.is_average) if target else None

    def goal(self, rule: CountRule) -> str:
        """`≥ 90%`; empty without a target."""
        aim = self.of(rule)
        return aim.goal("%" if rule.has_share else "") if aim else ""

    def standing(self, cell: Cell, unit: int | None = None) -> Standing | None:
        """Where a sum stands; None where nothing is judged."""
        aim, given = self.of(cell.rule, unit), cell.given
        if aim is None or not aim.sign or cell.value is None:
            return None
        part = given.part if cell.rule.has_share else given.count
        found = aim.standing(part, given.whole if cell.rule.has_share else None)
        return None if found == Standing.NONE else found

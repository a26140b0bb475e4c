"""The one judge of a figure: whether it meets its target, whether it is final. What parts two years
says `past`.

Pages, print, workbooks, Word drafts and the command all ask here; none of them decides by itself.
What is asked of a target is arithmetic on whole numbers (assessments/rules/arithmetic.py).
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from django.utils.translation import gettext_lazy as _t

from assessments.figures.indicator import Indicator
from assessments.rules import arithmetic
from assessments.rules.models.targets import Comparison
from assessments.rules.models.years import RatingYear, YearState
from assessments.rules.target_rules import TargetRule, TermRule
from assessments.rules.year_rules import YearRules
from resolution03.lib.figures import plain


class Standing(StrEnum):
    """Where a figure stands against its target; `WAIT`: not met, and not due yet."""

    MET = "met"
    UNMET = "unmet"
    WAIT = "wait"
    NONE = "none"

    @property
    def words(self) -> str:
        """`met`, as inside a sentence."""
        return str(_WORDS[self])


_WORDS = {
    Standing.MET: _t("met"), Standing.UNMET: _t("not met"), Standing.WAIT: _t("not due yet"),
    Standing.NONE: _t("not judged"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Aim:
    """A target as one year is held against it; without a `value` nothing is judged.

    `due`: the year by whose end it must be met, None where every year is judged. Numerators that
    nobody knows are None; a `denominator` of None is that of a plain count. `is_average`: `value` is so many
    for each one of the denominator, not a percentage.
    """

    comparison: str | None
    value: Decimal | None
    year: int
    due: int | None = None
    is_average: bool = False

    @property
    def sought(self) -> Decimal:
        """`value` as arithmetic takes it, in percent or as a count; LookupError where there is none."""
        if self.value is None:
            raise LookupError(self.year)
        return self.value * 100 if self.is_average else self.value

    @property
    def _sought(self) -> Decimal | None:
        return None if self.value is None else self.sought

    @property
    def missed(self) -> Standing:
        """How a figure stands that does not meet it."""
        return Standing.WAIT if self.due and self.year < self.due else Standing.UNMET

    def met(self, numerator: int | None, denominator: int | None) -> bool | None:
        if numerator is None:
            return None
        return arithmetic.is_met(numerator, denominator, self.comparison or "", self._sought)

    def standing(self, numerator: int | None, denominator: int | None) -> Standing:
        met = self.met(numerator, denominator)
        if met is None:
            return Standing.NONE
        return Standing.MET if met else self.missed

    def short(self, numerator: int | None, denominator: int | None) -> int | None:
        """How many more would meet it with the same denominator, or how many are too many."""
        if numerator is None:
            return None
        return arithmetic.shortfall(numerator, denominator, self.comparison or "", self._sought)

    def needed(self, denominator: int | None) -> int | None:
        """The numerator that meets it with this denominator."""
        if self.value is None or self.comparison is None or denominator == 0:
            return None
        return arithmetic.needed(denominator, self.comparison, self.sought)

    @property
    def allows_none(self) -> bool:
        """Whether what it counts should not be at all: at most 0."""
        return self.comparison == arithmetic.AT_MOST and self.value == 0

    @property
    def sign(self) -> str:
        """`≥`, `>`, `≤`, or `=` where none is allowed."""
        if self.value is None or self.comparison is None:
            return ""
        return "=" if self.allows_none else Comparison(self.comparison).label

    def goal(self, unit: str = "%") -> str:
        """`≥ 50%`, `> 62,5%`; `unit` is empty for a count, an average has none. Empty without a target."""
        if self.value is None or not self.sign:
            return ""
        return f"{self.sign} {plain(self.value)}{'' if self.is_average else unit}"


def aim_of(rules: YearRules, indicator: Indicator, year: int, unit_id: int | None = None) -> Aim:
    """What the province (`unit_id` None) or a unit is held to in a year by the default set."""
    rule, term = rules.default_set.binding(indicator.code, unit_id), indicator.counted.term_of(rules, year)
    return aim_by(rule, year, term, unit_id, is_average=indicator.counted.is_average)


def aim_by(
    rule: TargetRule | None,
    year: int,
    term: TermRule | None,
    unit_id: int | None,
    *,
    is_average: bool = False,
) -> Aim:
    """A rule as one year and place is held to it. What is counted over a `term` is due with its last
    year, by a target that is due then or names no year."""
    if rule is None or (term and rule.due not in (None, term.ends_on.year)):
        return Aim(None, None, year)
    due = term.ends_on.year if term else rule.due
    return Aim(rule.comparison, rule.value_of(unit_id), year, due, is_average)


class State(StrEnum):
    """How final the figures of a year are."""

    PROVISIONAL = "provisional"
    REOPENED = "reopened"
    REPORTED = "reported"
    REVISED = "revised"
    FINAL = "final"

    @property
    def is_provisional(self) -> bool:
        return self in (State.PROVISIONAL, State.REOPENED)


def state_of(year: RatingYear) -> State:
    """Provisional while the year is open; revised from its second closing or first supplement on."""
    if year.state == YearState.REPORTED:
        return State.REPORTED
    if year.is_open:
        return State.REOPENED if year.revision else State.PROVISIONAL
    return State.REVISED if year.revision > 1 else State.FINAL

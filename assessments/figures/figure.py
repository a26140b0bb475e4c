"""One figure: numerator and denominator of an indicator in a year and unit, with its other readings."""

from decimal import Decimal

from django.utils.functional import cached_property

from assessments.figures import fold
from assessments.figures.counted import Formula
from assessments.figures.indicator import Indicator
from assessments.figures.judge import Aim, Standing, State
from assessments.figures.yardstick import OtherReading, Yardstick
from assessments.rules.target_rules import TargetRule
from assessments.rules.year_rules import YearRules
from resolution03.lib.figures import average, percent
from resolution03.lib.phrases import Phrase

NO_COUNTS: fold.Counts = {}


class Figure:
    """One indicator of one year, for the province (`unit_id` None) or a unit.

    Whole numbers decide; `percent` is for display only, two places, half up. `numerator` is None
    in a year of reported totals where nothing was counted, `target` where there is none. `given`:
    how many units gave their part of a sum, and of how many; None where every unit is counted.
    `without`: how many units lacked some of what it counts when its year was closed for a reason;
    `unmapped`: how many bodies of an old list do not map to the unit, so that there is no figure.
    """

    def __init__(
        self, yardstick: Yardstick, unit_id: int | None, found: fold.Counts,
        *, is_reported: bool, is_known: bool, given: tuple[int, int] | None = None,
        without: int = 0, unmapped: int = 0,
    ):  # fmt: skip
        self.yardstick, self.unit_id, self.counts = yardstick, unit_id, found
        self.is_reported, self.is_known, self.given = is_reported, is_known, given
        self.without, self.unmapped = without, unmapped
        self.aim: Aim = yardstick.aim(unit_id)
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
    def label(self) -> Phrase:
        return self.indicator.label

    @property
    def reading(self) -> str:
        return str(self.yardstick.formula.reading)

    @cached_property
    def percent(self) -> Decimal | None:
        return percent(self._counted, self.denominator)

    @property
    def average(self) -> Decimal | None:
        """So many for each one of the denominator, two places; None of what is told otherwise."""
        return average(self._counted, self.denominator) if self.indicator.counted.is_average else None

    @property
    def rule(self) -> TargetRule | None:
        return self.yardstick.rule(self.unit_id)

    @property
    def is_quota(self) -> bool:
        """Whether it is held against what the unit is assigned."""
        return self.yardstick.is_quota

    @property
    def state(self) -> State:
        """How final the figures of its year are."""
        return self.yardstick.state

    @property
    def is_told(self) -> bool:
        """Whether there is a number to read: a count, or a share of something."""
        return self.numerator is not None and self.denominator != 0

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
        return percent(self._counted, (self.denominator or 0) + self.unrated)

    @property
    def most(self) -> Decimal | None:
        """The greatest share still possible: everybody of the unrated counts."""
        if not self.unrated:
            return None
        whole = (self.denominator or 0) + self.unrated
        return percent(self._counted + self.unrated, whole)

    @property
    def shows_title(self) -> bool:
        """Whether those awarded the title are another reading of it, in its year."""
        counted = self.indicator.counted
        return counted.is_rated and counted.has_title and self.rules.awards_title

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
        return OtherReading(formula, self.aim, have, whole)

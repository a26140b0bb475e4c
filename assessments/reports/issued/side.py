"""One side of a comparison: a figure as it was issued, or as it is now."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.text import capfirst

from assessments.figures.judge import Aim, Standing
from assessments.figures.words import counted, fraction, missing
from assessments.reports.issued.told import Told
from resolution03.lib.figures import number, percentage


@dataclass(frozen=True, slots=True)
class Side:
    """One figure then or now, ready to show."""

    told: Told
    noun: str
    year: int
    due: int | None

    @property
    def value(self) -> str:
        if self.told["numerator"] is None:
            return "–"
        if self.told["denominator"] is None:
            return number(self.told["numerator"])
        share = self.told["percent"]
        return percentage(None if share is None else Decimal(share))

    @property
    def fraction(self) -> str:
        have, whole = self.told["numerator"], self.told["denominator"]
        return fraction(have, whole) if have is not None and whole is not None else ""

    @property
    def goal(self) -> str:
        """`≥ 50%`; empty without a target."""
        return self._aim.goal("%" if self.told["denominator"] is not None else "")

    @property
    def standing(self) -> Standing:
        return self._aim.standing(self.told["numerator"], self.told["denominator"])

    @property
    def verdict(self) -> str:
        return capfirst(self.standing.words)

    @property
    def _aim(self) -> Aim:
        target = self.told["target"]
        value = None if target is None else Decimal(target)
        return Aim(self.told["comparison"], value, self.year, self.due)

    @property
    def gap(self) -> str:
        """How far from the target, in whole units; empty when there is none, or it is met."""
        if not self.told["short"]:
            return ""
        return missing(self._aim, counted(self.noun, self.told["short"]))

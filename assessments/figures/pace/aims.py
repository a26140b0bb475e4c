"""What a unit, or the province, is held to in what accumulates: a quota before a target."""

from decimal import Decimal

from assessments.figures.board import Board
from assessments.figures.indicators import ADMISSIONS, CURRENT, HEADS
from assessments.figures.judge import Aim
from assessments.figures.overview import terms
from assessments.rules.target_rules import TargetRule, TermRule

Held = tuple[Aim, bool]
"""What it is held to, and whether that is a quota."""


class Aims:
    """Of one year; `term`: in which the day asked lies. The first set that has a quota gives it; the province
    is held to what all units are assigned."""

    def __init__(self, board: Board, year: int, term: TermRule | None):
        self.board, self.year, self.term = board, year, term
        self.rules = board.rules[year]

    def of_year(self, unit: int | None) -> Held:
        """A quota that is due in the year itself, not with the term."""
        if self.term is not None and self.term.ends_on.year == self.year:
            return self._none
        return self._quota((CURRENT.code, ADMISSIONS.code), unit, (self.year,)) or self._none

    def of_term(self, unit: int | None) -> Held:
        """A quota of the term, else its target."""
        if self.term is None:
            return self._none
        code = ADMISSIONS.code if self.term == self.rules.term else CURRENT.code
        quota = self._quota((code,), unit, (self.term.ends_on.year, None))
        return quota or (terms.target_of(self.rules, self.term, self.year, unit)[0], False)

    def of_heads(self, unit: int | None) -> Held:
        """A unit's quota of the year, else the milestone; shares are not added up for the province."""
        quota = self._quota((HEADS.code,), unit, (self.year, None)) if unit else None
        return quota or (self.board.figure(HEADS.code, self.year, unit).aim, False)

    @property
    def _none(self) -> Held:
        return Aim(None, None, self.year), False

    def _quota(self, codes: tuple[str, ...], unit: int | None, dues: tuple[int | None, ...]) -> Held | None:
        rules = (one.quota(code) for one in self.rules.sets for code in codes)
        for rule in rules:
            if rule and rule.due in dues and (value := _assigned(rule, unit)):
                return Aim(rule.comparison, Decimal(value), self.year, rule.due), True
        return None


def _assigned(rule: TargetRule, unit: int | None) -> int:
    return sum(value for key, value in rule.quotas if unit in (None, key))

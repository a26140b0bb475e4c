"""What changed between two states of a year's figures, in whole numbers."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from assessments.figures.board import Board
from assessments.figures.figure import Figure
from assessments.figures.indicator import Words
from assessments.figures.indicators import INDICATORS
from assessments.figures.words import fraction, rule_sign, value


@dataclass(frozen=True, slots=True)
class FigureChange:
    """One indicator before and after."""

    before: Figure
    after: Figure

    @property
    def words(self) -> Words:
        return self.after.indicator.words

    @property
    def sign(self) -> str:
        return rule_sign(self.after)

    @property
    def shown(self) -> list[dict]:
        """Value, fraction, needed and short, before and then after."""
        return [_shown(figure) for figure in (self.before, self.after)]

    @property
    def is_changed(self) -> bool:
        return _numbers(self.before) != _numbers(self.after)


def figure_changes(
    before: Board,
    after: Board,
    year: int,
    unit_id: int | None = None,
    subjects: Collection[str] | None = None,
) -> list[FigureChange]:
    """The indicators of `subjects` (or all), of a unit or the province."""
    return [
        FigureChange(before.figure(one.code, year, unit_id), after.figure(one.code, year, unit_id))
        for one in INDICATORS.values()
        if subjects is None or one.subject in subjects
    ]


def changed(changes: Iterable[FigureChange]) -> list[FigureChange]:
    return [one for one in changes if one.is_changed]


def _shown(figure: Figure) -> dict:
    is_share = figure.numerator is not None and figure.denominator is not None
    return {
        "value": value(figure),
        "fraction": fraction(figure.numerator, figure.denominator) if is_share else "",
        "have": figure.numerator,
        "needed": figure.needed,
        "short": figure.short,
        "standing": figure.standing,
        "rated": figure.rated,
        "roster": figure.roster,
    }


def _numbers(figure: Figure) -> tuple:
    return (
        figure.numerator,
        figure.denominator,
        figure.rated,
        figure.roster,
        figure.target,
        figure.met,
    )

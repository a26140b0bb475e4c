"""Units beside each other: how many heads are members, how many short, and the ways of the other villages."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from assessments.figures.board import Board
from assessments.figures.figure import Figure
from assessments.figures.heads.models import Way
from assessments.figures.heads.villages import Village
from assessments.figures.indicators import HEADS
from assessments.figures.judge import Aim, Standing
from assessments.rules.models.targets import Comparison
from resolution03.lib.figures import number, plain


@dataclass(frozen=True)
class UnitRow:
    """One unit, or the whole province."""

    pk: int | None
    name: str
    url: str
    figure: Figure
    listed: tuple[Village, ...]

    @property
    def villages(self) -> int:
        return self.in_post + self.vacant

    @property
    def in_post(self) -> int:
        return self.figure.denominator or 0

    @property
    def vacant(self) -> int:
        return sum(one.is_vacant for one in self.listed)

    @property
    def others(self) -> int:
        """Heads who are no members, each village once."""
        return len(self.listed) - self.vacant

    @property
    def admit(self) -> int:
        return sum(one.may_admit for one in self.listed)

    @property
    def stand(self) -> int:
        return sum(one.may_stand for one in self.listed)

    @property
    def lacking_cell(self) -> int:
        return sum(one.lacks_cell for one in self.listed)

    @property
    def with_way(self) -> int:
        """Villages with one way or both: never A and B added."""
        return sum(bool(one.ways) for one in self.listed)

    @property
    def is_short(self) -> bool:
        return bool(self.figure.short)

    @property
    def spare(self) -> int:
        return (self.figure.numerator or 0) - (self.figure.needed or 0)


class Done:
    """What the ways chosen would make of a figure: an addition, no forecast."""

    def __init__(self, row: UnitRow):
        self.figure, self.vacant, self.of = row.figure, row.vacant, row.others
        chosen = [one.chosen for one in row.listed if one.chosen]
        self.admit, self.stand = chosen.count(Way.ADMIT), chosen.count(Way.STAND)

    @property
    def chosen(self) -> int:
        return self.admit + self.stand

    @property
    def have(self) -> int:
        return self.figure.numerator or 0

    @property
    def base(self) -> int:
        return self.figure.denominator or 0

    @property
    def after(self) -> int:
        return self.have + self.chosen

    @cached_property
    def standing(self) -> Standing:
        return self.figure.aim.standing(self.after, self.base)

    @property
    def short(self) -> int | None:
        return self.figure.aim.short(self.after, self.base)

    @property
    def spare(self) -> int:
        return self.after - (self.figure.aim.needed(self.base) or 0)

    @property
    def needed_when_filled(self) -> int | None:
        """How many heads would have to be members if every vacant post had somebody."""
        return self.figure.aim.needed(self.base + self.vacant)


def row_of(
    board: Board, year: int, unit: int | None, name: str, url: str, listed: Iterable[Village]
) -> UnitRow:
    mine = tuple(one for one in listed if unit is None or one.unit == unit)
    return UnitRow(unit, name, url, board.figure(HEADS.code, year, unit), mine)


def over(aim: Aim) -> str:
    """The target inside a sentence: `over 90%`, `at least 90%`; empty without one."""
    if not aim.sign:
        return ""
    words = _("over %(value)s%%") if aim.comparison == Comparison.MORE_THAN else _("at least %(value)s%%")
    return words % {"value": plain(aim.sought)}


def arithmetic(figure: Figure) -> str:
    """How the number needed comes about: `⌊0,9 × 754⌋ + 1 = 679`."""
    aim, base = figure.aim, figure.denominator
    if figure.needed is None or not base:
        return ""
    share = f"{plain(aim.sought / 100)} × {number(base)}"
    rounded = f"⌊{share}⌋ + 1" if aim.comparison == Comparison.MORE_THAN else f"⌈{share}⌉"
    return f"{rounded} = {number(figure.needed)}"

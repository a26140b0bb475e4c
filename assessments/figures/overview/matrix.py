"""Units × targets in the office's order: no ranks, the total last."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from assessments.figures.board import Board
from assessments.figures.figure import Figure
from assessments.figures.indicators import of_units
from assessments.figures.judge import Standing
from assessments.figures.words import counted, lacking, partly, rule_sign
from assessments.roster.models.tallies import Subject
from resolution03.lib.figures import number, percentage
from resolution03.lib.phrases import Phrase

_HINTED = 3


@dataclass(frozen=True, slots=True)
class Column:
    name: Phrase
    sign: str
    code: str


@dataclass(frozen=True, slots=True)
class Cell:
    """`fraction` before the value, `gap` after it when the target is missed."""

    fraction: str
    value: str
    gap: str
    is_unmet: bool
    url: str
    is_reported: bool = False
    partly: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """`no_villages`: how many columns are left out because the unit has no village."""

    name: str
    url: str
    cells: tuple[Cell, ...]
    no_villages: int = 0


@dataclass(frozen=True, slots=True)
class Matrix:
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    total: Line
    hint: str

    @property
    def has_reported(self) -> bool:
        """Whether any cell rests on reported totals."""
        return any(cell.is_reported for cell in self.total.cells)


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of the year: its name that year and the page of its figures."""

    pk: int
    name: str
    url: str


def matrix(
    board: Board,
    year: int,
    units: list[Unit],
    address: Callable[[Figure, str], str],
    total_name: str,
) -> Matrix:
    """A line for each of `units` and the province's total."""
    figures = {
        unit_id: [board.figure(one.code, year, unit_id) for one in of_units()]
        for unit_id in (None, *(unit.pk for unit in units))
    }
    return Matrix(
        columns=tuple(
            Column(figure.indicator.words.short, rule_sign(figure), figure.code) for figure in figures[None]
        ),
        lines=tuple(_line(unit.name, unit.url, figures[unit.pk], address) for unit in units),
        total=_line(total_name, "", figures[None], address),
        hint=_hint([figures[unit.pk] for unit in units]) if len(units) > 1 else "",
    )


def _line(name: str, url: str, figures: list[Figure], address) -> Line:
    villages = figures[-1].counts.get((Subject.VILLAGE, "total"), 0)
    shown = [one for one in figures if villages or not one.indicator.is_of_villages]
    cells = tuple(_cell(figure, address) for figure in shown)
    return Line(name, url, cells, len(figures) - len(shown))


def _cell(figure: Figure, address) -> Cell:
    is_unmet = figure.standing == Standing.UNMET
    is_share = figure.denominator is not None
    if figure.numerator is None or (is_share and not figure.denominator):
        return Cell("", "–", "", False, "")
    missed = "missed" if is_unmet and is_share else "met"
    return Cell(
        fraction=f"{number(figure.numerator)}/{number(figure.denominator)}" if is_share else "",
        value=percentage(figure.percent)[:-1] if is_share else number(figure.numerator),
        gap=lacking(figure) if is_unmet else "",
        is_unmet=is_unmet,
        url=address(figure, missed),
        is_reported=figure.is_reported,
        partly=partly(figure),
    )


def _hint(by_unit: list[list[Figure]]) -> str:
    """How many units miss the first targets: no names, no order."""
    parts = []
    for column in list(zip(*by_unit, strict=True))[:_HINTED]:
        missing = sum(figure.standing == Standing.UNMET for figure in column)
        sign = next((rule_sign(figure) for figure in column if figure.target is not None), "")
        if missing and sign:
            parts.append(_("%(units)s below %(sign)s") % {"units": counted("unit", missing), "sign": sign})
    return " · ".join(parts)

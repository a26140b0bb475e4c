"""Units × targets in the office's order: no ranks, the total last."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from django.utils.translation import gettext as _

from assessments.figures import caps
from assessments.figures.board import NOWHERE, Board
from assessments.figures.figure import Figure
from assessments.figures.flags import Flag, flags_of, told
from assessments.figures.indicator import Indicator
from assessments.figures.indicators import of_units
from assessments.figures.judge import Standing
from assessments.figures.overview.groups import folded
from assessments.figures.overview.since import Change, Since
from assessments.figures.past import Past
from assessments.figures.words import (
    counted,
    incomplete,
    lacking,
    partly_in_brief,
    quota_fraction,
    quota_share,
    rule_sign,
    value,
)
from assessments.roster.models.tallies import Subject
from assessments.rules.target_rules import ANY_UNIT
from resolution03.lib.figures import average, number, percent, percentage, plain
from resolution03.lib.phrases import Phrase

_HINTED = 3
_LONG = 20
"""With more lines the head stays in sight."""


Rooms = Mapping[tuple[int | None, str], caps.Room]
"""Unit and indicator → what a cap leaves to its target."""


@dataclass(frozen=True, slots=True)
class Column:
    """`since`: with which year it is compared, where it is; `flags`: those of every figure in it."""

    name: Phrase
    sign: str
    code: str
    since: str = ""
    flags: tuple[Flag, ...] = ()


@dataclass(frozen=True, slots=True)
class Cell:
    """`fraction` before the value, `gap` after it when the target is missed, `change` under both;
    `reach`: whether a cap lets what is missing be reached, in brief and in full; `flags`: what must be
    known of it; `is_told`: whether there is a figure at all."""

    fraction: str
    value: str
    gap: str
    is_unmet: bool
    url: str
    is_reported: bool = False
    partly: str = ""
    change: Change | None = None
    reach: str = ""
    reach_in_full: str = ""
    flags: tuple[Flag, ...] = ()
    is_told: bool = True


@dataclass(frozen=True, slots=True)
class Line:
    """`no_villages`: how many columns are left out because the unit has no village."""

    name: str
    url: str
    cells: tuple[Cell, ...]
    no_villages: int = 0


@dataclass(frozen=True, slots=True)
class Section:
    """The units of one group; `subtotal`: their whole numbers added up, None where nothing is folded."""

    lines: tuple[Line, ...]
    subtotal: Line | None = None


@dataclass(frozen=True, slots=True)
class Matrix:
    """`rest`: of a year summed anew, what is whole in no unit of today."""

    columns: tuple[Column, ...]
    sections: tuple[Section, ...]
    total: Line
    hint: str
    rest: Line | None = None

    @property
    def lines(self) -> tuple[Line, ...]:
        """Those of all units."""
        return tuple(line for section in self.sections for line in section.lines)

    @property
    def is_long(self) -> bool:
        return len(self.lines) > _LONG

    @property
    def is_folded(self) -> bool:
        return any(section.subtotal for section in self.sections)

    @property
    def has_reported(self) -> bool:
        """Whether any cell rests on reported totals."""
        return any(cell.is_reported for cell in self.total.cells)

    @property
    def flags(self) -> list[Flag]:
        """Those that some cell bears, for the legend."""
        return told(cell.flags for line in (*self.lines, self.total) for cell in line.cells)

    @property
    def is_compared(self) -> bool:
        return any(column.since for column in self.columns)


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of the year: its name that year, the page of its figures, and its group."""

    pk: int
    name: str
    url: str
    group: str = ""


def matrix(
    board: Board,
    year: int,
    units: list[Unit],
    address: Callable[[Figure, str], str],
    total_name: str,
    past: Past,
    since: Since | None = None,
    of: str = "",
    only: Indicator | None = None,
) -> Matrix:
    """A line for each of `units` and the province's total; `since` puts the year before beside what is
    compared with it; `of`: the set of targets, empty for the default one; `only`: one indicator alone."""
    held = [(only, False)] if only else list(_columns(board, year, of))
    figures = {
        unit_id: [board.figure(one.code, year, unit_id, of=of, is_quota=is_quota) for one, is_quota in held]
        for unit_id in (None, *(unit.pk for unit in units))
    }
    left: Rooms = {
        (unit, one.code): found
        for one, is_quota in held
        if one.is_capped and not is_quota and board.apart is None
        for unit, found in caps.rooms(board, one, year, [unit.pk for unit in units], of=of).items()
    }
    compared = since and {one.code: since for one, _ in held if since.compares(one)} or {}
    beside = Beside(address, compared, left, past)
    sections = tuple(_sections(units, figures, beside))
    total = _line(total_name, "", figures[None], beside)
    lines = [total, *(line for section in sections for line in section.lines)]
    return Matrix(
        columns=tuple(
            Column(
                figure.indicator.words.short,
                _("quota") if figure.is_quota else rule_sign(figure),
                figure.code,
                compared[figure.code].heading if figure.code in compared else "",
                shared,
            )
            for figure, shared in zip(figures[None], _shared(lines, len(held)), strict=True)
        ),
        sections=sections,
        total=total,
        hint=_hint([figures[unit.pk] for unit in units]) if len(units) > 1 else "",
        rest=None if board.apart is None else _rest(board, year, [one for one, _quota in held]),
    )


def _shared(lines: list[Line], columns: int) -> Iterator[tuple[Flag, ...]]:
    """Of each column the flags that all of its figures bear: its head tells them once."""
    for place in range(columns):
        cells = [line.cells[place] for line in lines if place < len(line.cells)]
        borne = [set(cell.flags) for cell in cells if cell.is_told]
        yield tuple(flag for flag in Flag if borne and all(flag in some for some in borne))


def _rest(board: Board, year: int, held: list[Indicator]) -> Line:
    cells = (_sum_of([board.figure(one.code, year, NOWHERE)]) for one in held)
    return Line(_("Whole in no unit of today"), "", tuple(replace(cell, gap="") for cell in cells))


def _columns(board: Board, year: int, of: str) -> Iterator[tuple[Indicator, bool]]:
    """What the units stand beside each other by, and whether by quotas; what villages say comes last."""
    if not of:
        yield from ((one, False) for one in (*of_units(), *board.counts_in(year)))
        return
    chosen = board.set_of(year, of)
    for one in sorted(board.indicators_of(year, of), key=lambda one: one.is_of_villages):
        if chosen.binding(one.code, ANY_UNIT):
            yield one, False
        if chosen.quota(one.code):
            yield one, True


def _sections(
    units: list[Unit],
    figures: Mapping[int | None, list[Figure]],
    beside: "Beside",
) -> Iterator[Section]:
    """The units by group, each with its subtotal; without groups all of them as they stand."""
    groups = folded(units, lambda unit: unit.group)
    for name, held in groups:
        lines = tuple(_line(unit.name, unit.url, figures[unit.pk], beside) for unit in held)
        is_folded = len(units) > 1 and (bool(name) or len(groups) > 1)
        subtotal = _subtotal(name, [figures[unit.pk] for unit in held]) if is_folded else None
        yield Section(lines, subtotal)


def _subtotal(name: str, by_unit: list[list[Figure]]) -> Line:
    """A group is held against no target: it is told how many of its units miss theirs."""
    cells = tuple(map(_sum_of, zip(*by_unit, strict=True)))
    return Line(name or _("In no group"), "", cells)


def _sum_of(figures: Sequence[Figure]) -> Cell:
    known = [figure for figure in figures if figure.numerator is not None]
    numerator = sum(figure.numerator or 0 for figure in known)
    is_share = figures[0].denominator is not None
    denominator = sum(figure.denominator or 0 for figure in known) if is_share else None
    if not known or (is_share and not denominator):
        return Cell("", "–", "", False, "", is_told=False)
    missing = sum(figure.standing == Standing.UNMET for figure in known)
    return Cell(
        fraction=f"{number(numerator)}/{number(denominator)}" if is_share else "",
        value=_told(figures[0], numerator, denominator),
        gap=counted("unit", missing) if missing else "",
        is_unmet=False,
        url="",
        is_reported=any(figure.is_reported for figure in known),
        partly=incomplete(len(known), len(figures)),
    )


def _told(like: Figure, numerator: int, denominator: int | None) -> str:
    """A sum as the figures that it adds up are told."""
    if denominator is None:
        return number(numerator)
    if like.indicator.counted.is_average:
        return plain(average(numerator, denominator) or Decimal(0))
    return percentage(percent(numerator, denominator))[:-1]


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands around the figures: the address of their names, with which year each indicator is compared,
    what the caps leave to each unit, and which years are compared at all."""

    address: Callable[[Figure, str], str]
    compared: Mapping[str, Since]
    left: Rooms
    past: Past


def _line(name: str, url: str, figures: list[Figure], beside: Beside) -> Line:
    villages = any(figure.counts.get((Subject.VILLAGE, "total")) for figure in figures)
    shown = [one for one in figures if villages or not one.indicator.is_of_villages]
    return Line(name, url, tuple(_cell(figure, beside) for figure in shown), len(figures) - len(shown))


def _cell(figure: Figure, beside: Beside) -> Cell:
    is_unmet, is_share = figure.standing == Standing.UNMET, figure.denominator is not None
    if figure.is_quota and figure.target is not None:
        return _quota_cell(figure, beside)
    since = beside.compared.get(figure.code)
    left = beside.left.get((figure.unit_id, figure.code)) if figure.unit_id else None
    change = since.of(figure.indicator, figure.unit_id) if since else None
    if figure.numerator is None or (is_share and not figure.denominator):
        shown = value(figure) if figure.unmapped else "–"
        return Cell("", shown, "", False, "", change=change, partly=partly_in_brief(figure), is_told=False)
    return Cell(
        fraction=f"{number(figure.numerator)}/{number(figure.denominator)}" if is_share else "",
        value=value(figure).removesuffix("%"),
        gap=lacking(figure) if is_unmet else "",
        is_unmet=is_unmet,
        url=beside.address(figure, "missed" if is_unmet and is_share else "met"),
        is_reported=figure.is_reported,
        partly=partly_in_brief(figure),
        change=change,
        reach=caps.reach_in_brief(left) if left and is_unmet else "",
        reach_in_full=caps.reach(left) if left and is_unmet else "",
        flags=tuple(flags_of(figure, beside.past)),
    )


def _quota_cell(figure: Figure, beside: Beside) -> Cell:
    """What is reached of what the unit is assigned, in whole numbers and as a share of it."""
    is_unmet = figure.standing == Standing.UNMET
    reached = quota_share(figure)
    return Cell(
        fraction=quota_fraction(figure),
        value="–" if reached is None else percentage(reached)[:-1],
        gap=lacking(figure) if is_unmet else "",
        is_unmet=is_unmet,
        url=beside.address(figure, "met"),
        is_reported=figure.is_reported,
        partly=partly_in_brief(figure),
        flags=tuple(flags_of(figure, beside.past)),
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

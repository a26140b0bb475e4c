"""Workbooks as plain values, read in a limited child process."""

import time
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path

from resolution03.lib.children.process import MB, Child, ChildDied
from resolution03.lib.workbooks.unreadable import failure, require_file

SECONDS = 18
CHILD = Child(Path(__file__).with_name("child"), memory=600 * MB, cpu_seconds=SECONDS, seconds=SECONDS)
MOST_ROWS = 200_000
WAYS = ("plain", "careful")
EPOCH = date(1899, 12, 30).toordinal()


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula as typed, and the value that was stored with it, if any."""

    text: str
    cached: "Plain" = None


Plain = str | int | float | bool | date | None
Cell = str | int | float | bool | date | Formula | None
"""A date with a time other than midnight is a datetime."""


@dataclass(slots=True)
class Sheet:
    """One worksheet: its rows with content, each with the number that Excel gives it.

    `fonts`: the names of the fonts in which its texts stand; `hidden`: the numbers of rows that
    Excel does not show; `epoch`: the ordinal of the day before the one with serial 1, which is
    another in workbooks that count from 1904.
    """

    name: str
    is_hidden: bool = False
    rows: list[tuple[int, list[Cell]]] = field(default_factory=list)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    fonts: set[str] = field(default_factory=set)
    hidden: set[int] = field(default_factory=set)
    epoch: int = EPOCH


def read_workbook(
    path: str | Path, *, ways: Sequence[str] = WAYS, heard: Callable[[int], None] = lambda rows: None
) -> list[Sheet]:
    """The worksheets of an .xlsx file, hidden ones without rows.

    `ways`: of reading, the next one where the child dies of the first; `heard`: is told how many
    rows more have come. Raises NotAWorkbook for what is no workbook and Unreadable for one that
    cannot be taken.
    """
    path = Path(path)
    require_file(path)
    until = time.monotonic() + SECONDS
    for way in ways:
        try:
            with closing(told(path, until, way)) as messages:
                return _Hearer(heard).sheets(messages)
        except ChildDied:
            if time.monotonic() > until:
                break
    raise failure("died")


def told(path: Path, until: float, way: str) -> Generator[dict, None, None]:
    """What the child says of a workbook, as it says it; child/__main__.py tells the forms."""
    return CHILD.says(str(path.resolve()), way, until=until)


class _Hearer:
    """Makes sheets of what the child says; equal texts and days are held once. `heard` is told how
    many rows came."""

    def __init__(self, heard: Callable[[int], None]):
        self.heard = heard
        self.strings: list[str | None] = []
        self.days = _Days({None: None})

    def sheets(self, messages: Iterable[dict]) -> list[Sheet]:
        found: list[Sheet] = []
        for message in messages:
            if "problem" in message:
                raise failure(message["problem"], message["sheet"])
            if "strings" in message:
                self.strings += message["strings"]
            elif "sheet" in message:
                found.append(Sheet(message["sheet"], message["hidden"]))
            else:
                self._fill(found[-1], message)
        return found

    def _fill(self, sheet: Sheet, message: dict) -> None:
        if "merged" in message:
            sheet.merged = [tuple(corners) for corners in message["merged"]]
            sheet.fonts, sheet.hidden = set(message["fonts"]), set(message["hidden"])
            sheet.epoch = message["epoch"]
        elif "columns" in message:
            sheet.rows += self._rows(message["numbers"], message["columns"])
        else:
            sheet.rows += [(number, self._cells(cells)) for number, cells in message["rows"]]
        self.heard(len(message.get("numbers", message.get("rows", ()))))
        if len(sheet.rows) > MOST_ROWS:
            raise failure("rows", sheet.name)

    def _rows(self, numbers: list[int], columns: list) -> Iterator[tuple[int, list[Cell]]]:
        by_column: dict[int, list[Cell]] = {}
        for column, sort, values in columns:
            cells = self._column(sort, values)
            other = by_column.get(column)
            by_column[column] = _overlaid(other, cells) if other else cells
        empty: list[Cell] = [None] * len(numbers)
        places = range(1, max(by_column, default=0) + 1)
        rows = zip(*(by_column.get(column, empty) for column in places), strict=True)
        for number, cells in zip(numbers, map(list, rows), strict=False):
            while cells and cells[-1] is None:
                cells.pop()
            if cells:
                yield number, cells

    def _column(self, sort: str, values: list) -> list[Cell]:
        if sort == "shared":
            strings = self.strings
            return [None if value is None else strings[value] for value in values]
        if sort == "days":
            days = self.days
            return [days[value] for value in values]
        return self._cells(values) if sort == "cells" else values

    def _cells(self, cells: list) -> list[Cell]:
        return [self._cell(cell) if type(cell) is dict else cell for cell in cells]

    def _cell(self, cell: dict) -> Cell:
        if "d" in cell:
            if "t" in cell:
                return datetime.fromordinal(cell["d"]) + timedelta(seconds=cell["t"])
            return self.days[cell["d"]]
        if "s" in cell:
            return self.strings[cell["s"]]
        cached = self._cell(cell["v"]) if type(cell["v"]) is dict else cell["v"]
        return Formula(cell["f"], None if isinstance(cached, Formula) else cached)


class _Days(dict):
    """Days by their ordinals, each made once."""

    def __missing__(self, ordinal: int) -> date:
        day = self[ordinal] = date.fromordinal(ordinal)
        return day


def _overlaid(cells: list[Cell], others: list[Cell]) -> list[Cell]:
    pairs = zip(cells, others, strict=True)
    return [other if cell is None else cell for cell, other in pairs]

"""Workbooks as plain values, read in a limited child process."""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from resolution03.lib.workbooks.process import ChildDied, told

SECONDS = 18
MOST_ROWS = 200_000
WAYS = ("plain", "careful")
EPOCH = date(1899, 12, 30).toordinal()

SAVE_AS = _("open it in Excel or LibreOffice, choose Save As… and the type Excel Workbook (*.xlsx)")
NOT_A_WORKBOOK = {
    "missing": _("there is no such file"),
    "folder": _("this is a folder, not a file"),
    "denied": _("the file cannot be opened"),
    "encrypted": _("the file has a password: save it without one"),
    "cut": _("only a part of the file is there: copy or send it again"),
    "not_zip": _("this is no .xlsx workbook"),
    "other": _("this is a document, a picture or a presentation, no .xlsx workbook"),
    "no_workbook": _("this is no .xlsx workbook, or a damaged one"),
}
SAVED_OTHERWISE = {
    "xls": _("this is a workbook of the old kind .xls: %(save_as)s"),
    "csv": _("this is text with separators (.csv), no workbook: %(save_as)s"),
    "ods": _("this is an OpenDocument file (.ods): %(save_as)s"),
    "xlsb": _("this is a binary workbook (.xlsb): %(save_as)s"),
    "html": _("this is a web page or an XML table under another name: %(save_as)s"),
    "numbers": _("this is a Numbers document: export it as Excel (*.xlsx)"),
}
UNREADABLE = {
    "damaged": _("the file is damaged: open it in Excel and save it again"),
    "stored": _("the file is over 30 MB"),
    "inflated": _("the file unpacks to over 300 MB"),
    "rows": _("a sheet has over 200,000 rows"),
    "columns": _("a sheet has over 500 columns"),
    "characters": _("a cell has over 32,767 characters"),
    "died": _("the file takes too much memory or time to read"),
    "no_table": _("no sheet has a row of headings that is known"),
}


class NotAWorkbook(Exception):
    """What was given is no .xlsx workbook; the message says what it is."""


class Unreadable(Exception):
    """A workbook that cannot be taken: damaged, without a table or over a limit."""


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula as typed, and the value that was stored with it, if any."""

    text: str
    cached: str | int | float | bool | date | None = None


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
    _require_file(path)
    until = time.monotonic() + SECONDS
    for way in ways:
        try:
            with closing(told(path, until, way)) as messages:
                return _Hearer(heard).sheets(messages)
        except ChildDied:
            if time.monotonic() > until:
                break
    raise _failure("died")


def _require_file(path: Path) -> None:
    if path.is_dir():
        raise _failure("folder")
    if not path.exists():
        raise _failure("missing")
    try:
        path.open("rb").close()
    except OSError as error:
        raise _failure("denied") from error


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
                raise _failure(message["problem"], message["sheet"])
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
            raise _failure("rows", sheet.name)

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
        cached = cell["v"]
        return Formula(cell["f"], self._cell(cached) if type(cached) is dict else cached)


class _Days(dict):
    """Days by their ordinals, each made once."""

    def __missing__(self, ordinal: int) -> date:
        day = self[ordinal] = date.fromordinal(ordinal)
        return day


def _overlaid(cells: list[Cell], others: list[Cell]) -> list[Cell]:
    pairs = zip(cells, others, strict=True)
    return [other if cell is None else cell for cell, other in pairs]


def _failure(problem: str, sheet: str | None = None) -> Exception:
    if problem in NOT_A_WORKBOOK:
        return NotAWorkbook(str(NOT_A_WORKBOOK[problem]))
    if problem in SAVED_OTHERWISE:
        return NotAWorkbook(str(SAVED_OTHERWISE[problem]) % {"save_as": SAVE_AS})
    message = str(UNREADABLE[problem])
    return Unreadable(f"{message} ({sheet})" if sheet else message)

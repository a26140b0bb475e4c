"""Workbooks as plain values, read in a limited child process."""

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from django.utils.translation import gettext_lazy as _

CHILD = Path(__file__).with_name("child")
SECONDS = 60

NOT_A_WORKBOOK = {
    "missing": _("there is no such file"),
    "folder": _("this is a folder, not a file"),
    "denied": _("the file cannot be opened"),
    "ole": _("an old .xls or an encrypted file: save it as .xlsx, without a password"),
    "not_zip": _("this is no .xlsx workbook, or only a part of one"),
    "encrypted": _("the file is encrypted: save it without a password"),
    "no_workbook": _("this is no .xlsx workbook"),
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


@dataclass(slots=True)
class Sheet:
    """One worksheet: its rows with content, each with the number that Excel gives it.

    `fonts`: the names of the fonts in which its texts stand.
    """

    name: str
    is_hidden: bool = False
    rows: list[tuple[int, list[Cell]]] = field(default_factory=list)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    fonts: set[str] = field(default_factory=set)


def read_workbook(path: str | Path) -> list[Sheet]:
    """The worksheets of an .xlsx file, hidden ones without rows.

    Raises NotAWorkbook for what is no workbook and Unreadable for one that cannot be taken.
    """
    path = Path(path)
    _require_file(path)
    sheets: list[Sheet] = []
    for message in _messages(path):
        if "rows" in message:
            sheets[-1].rows.extend((number, _cells(cells)) for number, cells in message["rows"])
        elif "sheet" in message and "problem" not in message:
            sheets.append(Sheet(message["sheet"], message["hidden"]))
        elif "merged" in message:
            sheets[-1].merged = [tuple(corners) for corners in message["merged"]]
            sheets[-1].fonts = set(message["fonts"])
        else:
            raise _failure(message["problem"], message["sheet"])
    return sheets


def _require_file(path: Path) -> None:
    if path.is_dir():
        raise _failure("folder")
    if not path.exists():
        raise _failure("missing")
    try:
        path.open("rb").close()
    except OSError as error:
        raise _failure("denied") from error


def _messages(path: Path) -> Iterator[dict]:
    """What the child says; a child that dies or takes too long has met a hostile file."""
    command = [sys.executable, "-I", "-S", str(CHILD), str(path.resolve())]
    try:
        done = subprocess.run(command, capture_output=True, timeout=SECONDS, check=False)  # noqa: S603
    except subprocess.TimeoutExpired as error:
        raise _failure("died") from error
    if done.returncode:
        raise _failure("died")
    return (json.loads(line) for line in done.stdout.splitlines())


def _cells(cells: list) -> list[Cell]:
    for index, cell in enumerate(cells):
        if type(cell) is dict:
            cells[index] = _cell(cell)
    return cells


def _cell(cell: dict) -> Cell:
    if "d" in cell:
        return date.fromordinal(cell["d"])
    cached = cell["v"]
    return Formula(cell["f"], _cell(cached) if type(cached) is dict else cached)


def _failure(problem: str, sheet: str | None = None) -> Exception:
    if problem in NOT_A_WORKBOOK:
        return NotAWorkbook(str(NOT_A_WORKBOOK[problem]))
    message = str(UNREADABLE[problem])
    return Unreadable(f"{message} ({sheet})" if sheet else message)

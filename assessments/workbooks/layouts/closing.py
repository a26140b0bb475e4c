"""What stands below a table: place and date, signatures. No row of it is data. Pure."""

import re

from assessments.workbooks.layouts.groups import ordinal_of
from resolution03.lib.text import fold
from resolution03.lib.workbooks.reading import Cell, Sheet
from resolution03.lib.workbooks.table import Table

FEW_CELLS = 3
_CLOSES = re.compile(
    r"^(?:.*, ?)?ngay\W+(?:\d{1,2}\W+)?thang\W+(?:\d{1,2}\W+)?nam\b|^nguoi (?:lap|tong hop|bao cao)\b|"
    r"^t/ ?m\b|^tm[.] |^k/?t[.] |^noi nhan\b|^xac nhan cua\b"
)
_SIGNS = re.compile(r"^(?:pho )?bi thu\b|^thu truong\b|^lap bieu\b|^chu tich\b|^pho ban\b|^truong ban\b")


def leave_out_closing(table: Table, sheet: Sheet) -> None:
    """Rows below the last numbered one are left out from the first that reads like a place and date
    or a signature on, with what stands right above it behind a blank row."""
    cells = dict(sheet.rows)
    numbered = [row.number for row in table.rows if ordinal_of(cells[row.number]) is not None]
    first = _first_closing(sheet, numbered[-1] if numbered else table.header.last_row)
    if first is None:
        return
    for row in [row for row in table.rows if row.number >= first]:
        table.rows.remove(row)
        text = next((cell for cell in cells[row.number] if type(cell) is str), "")
        table.passed.append((row.number, text))
    table.passed.sort()


def _first_closing(sheet: Sheet, after: int) -> int | None:
    """The number of the first closing row; None where the table ends the sheet."""
    last, start = after, None
    for number, cells in sheet.rows:
        if number <= after:
            continue
        if number > last + 1:
            start = number
        last = number
        filled: list[Cell] = [cell for cell in cells if cell is not None]
        if len(filled) > FEW_CELLS:
            start = None
        elif _has(filled, _CLOSES) or (start and len(filled) < FEW_CELLS and _has(filled, _SIGNS)):
            return start or number
    return None


def _has(cells: list[Cell], words: re.Pattern) -> bool:
    return any(type(cell) is str and words.search(fold(cell)) for cell in cells)

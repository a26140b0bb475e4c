"""Which rows below the headings hold data: not totals, numerals or what was merged."""

import re
from typing import TYPE_CHECKING

from resolution03.lib.text import clean, match_key
from resolution03.lib.workbooks.reading import Cell

if TYPE_CHECKING:
    from resolution03.lib.workbooks.tables import Reader

_TOTALS = {match_key(word) for word in ("Cộng", "Tổng cộng", "Tổng số", "Toàn tỉnh")}
_NUMERAL = re.compile(r"[(]?(?:\d+(?:\.\d+)*|[IVXLCDM]+|[a-zA-ZđĐ])[.)]*")


def first_text(cells: list[Cell]) -> str:
    return next((clean(cell) for cell in cells if isinstance(cell, str)), "")


def is_data(cells: list[Cell], code: "Reader | None") -> bool:
    """A row with a code is data; without one it may be a total or the name of a group."""
    coded = cells[code.index] if code is not None and code.index < len(cells) else None
    if coded is not None and not is_total(coded):
        return True
    if any(is_total(cell) for cell in cells):
        return False
    numerals = sum(cell is not None and _is_numeral(cell) for cell in cells)
    filled = sum(cell is not None for cell in cells)
    return numerals > 1 or filled - numerals > 1


def is_coded_plainly(cells: list[Cell], code: "Reader | None") -> bool:
    """Whether the code of a row is no text with marks: then the row is no header, as all headings of
    codes have some."""
    cell = cells[code.index] if code is not None and code.index < len(cells) else None
    return cell is not None and (type(cell) is not str or cell.isascii())


def is_total(cell: Cell) -> bool:
    """All words for a total bear marks: most codes are ruled out before they are folded."""
    return type(cell) is str and not cell.isascii() and match_key(cell).rstrip(":") in _TOTALS


def _is_numeral(cell: Cell) -> bool:
    if isinstance(cell, str):
        return _NUMERAL.fullmatch(clean(cell)) is not None
    return type(cell) in (int, float)

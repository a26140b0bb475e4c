"""By what a prepared workbook is known again: its key stands in a cell of each of its sheets,
where Excel and LibreOffice keep it."""

import re
from collections.abc import Iterable
from uuid import UUID

from resolution03.lib.text import clean
from resolution03.lib.workbooks.reading import Sheet

WITHIN = 10
_MARK = re.compile(r"Mã tệp mẫu: ([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})")


def mark(key: UUID) -> str:
    """The text that stands in the workbook."""
    return f"Mã tệp mẫu: {key}"


def key_of(sheet: Sheet) -> UUID | None:
    """The key in the first rows of a sheet; None when it is not of a prepared workbook."""
    for number, cells in sheet.rows[:WITHIN]:
        if number > WITHIN:
            break
        for cell in cells:
            found = _MARK.search(clean(cell)) if isinstance(cell, str) else None
            if found:
                return UUID(found[1])
    return None


def keys_of(sheets: Iterable[Sheet]) -> set[UUID]:
    """The keys of all sheets of a file."""
    return {key for sheet in sheets if (key := key_of(sheet))}

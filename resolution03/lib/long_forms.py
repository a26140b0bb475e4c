"""Forms with very many rows: one look a column, each cell written once, nothing measured."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from xlsxwriter.worksheet import Worksheet

from resolution03.lib.forms_xlsx import BODY, Form
from resolution03.lib.letterheads import Letterhead
from resolution03.lib.xlsx import FORMATS, STARTS_A_FORMULA, Book, as_day

_LOOK = {"border": 1, "font_size": 10}


def write_long(
    form: Form, rows: Iterable[Sequence[Any]], book: Book, sheet: Worksheet, head: Letterhead
) -> int:
    """Write `form` with plain `rows`, values in the order of its columns: texts, dates, whole
    numbers or None. Gives how many there were."""
    form.write_above(book, sheet, head)
    looks = [book.format(**FORMATS[column.fmt], **_LOOK) for column in form.columns]
    quoted = book.format(**FORMATS["text"], **_LOOK, quote_prefix=True)
    at = BODY - 1
    for at, values in enumerate(rows, start=BODY):
        for col, value in enumerate(values):
            if value is None or value == "":
                sheet.write_blank(at, col, None, looks[col])
            elif isinstance(value, str):
                is_quoted = value.startswith(STARTS_A_FORMULA)
                sheet.write_string(at, col, value, quoted if is_quoted else looks[col])
            elif isinstance(value, date):
                _write_day(sheet, at, col, value, looks[col])
            else:
                sheet.write_number(at, col, value, looks[col])
    form.write_below(book, sheet, head, at + 1)
    return at + 1 - BODY


def _write_day(sheet: Worksheet, at: int, col: int, day: date, look) -> None:
    value = as_day(day)
    if isinstance(value, str):
        sheet.write_string(at, col, value, look)
    else:
        sheet.write_datetime(at, col, value, look)

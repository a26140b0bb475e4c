"""Forms with very many rows: one look a column, each cell written once, nothing measured."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from itertools import islice
from typing import Any

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from resolution03.lib.checksums import BLOCK, Strip
from resolution03.lib.forms_xlsx import BODY, Form
from resolution03.lib.letterheads import Letterhead
from resolution03.lib.xlsx import Book
from resolution03.lib.xlsx_cells import FORMATS, STARTS_A_FORMULA, as_day

_LOOK = {"border": 1, "font_size": 10}

Row = Sequence[Any]


def write_long(
    form: Form,
    rows: Iterable[Row],
    book: Book,
    sheet: Worksheet,
    head: Letterhead,
    vouch: Callable[[str, Strip], None],
) -> int:
    """Write `form`, but for what stands below its table, with plain `rows`: values in the order of its
    columns, texts, dates, whole numbers or None. Gives how many there were; `vouch` is given the cells
    of each column (its heading, and they), a block of rows at a time."""
    form.write_above(book, sheet, head)
    looks = [book.format(**FORMATS[column.fmt], **_LOOK) for column in form.columns]
    quoted = book.format(**FORMATS["text"], **_LOOK, quote_prefix=True)
    at = BODY
    for block in _blocks(rows):
        for place, values in enumerate(block, start=at):
            _write_row(sheet, place, values, looks, quoted)
        for col, (column, values) in enumerate(zip(form.columns, zip(*block, strict=True), strict=True)):
            vouch(column.heading, Strip(form.name, xl_col_to_name(col), at + 1, values))
        at += len(block)
    return at - BODY


def _blocks(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """So many rows at a time as have one sum, days that Excel does not know as texts."""
    told: Iterator[Row] = (
        [as_day(value) if isinstance(value, date) else value for value in row] for row in rows
    )
    while block := [*islice(told, BLOCK)]:
        yield block


def _write_row(sheet: Worksheet, at: int, values: Row, looks: list, quoted) -> None:
    for col, value in enumerate(values):
        if value is None or value == "":
            sheet.write_blank(at, col, None, looks[col])
        elif isinstance(value, str):
            is_quoted = value.startswith(STARTS_A_FORMULA)
            sheet.write_string(at, col, value, quoted if is_quoted else looks[col])
        elif isinstance(value, date):
            sheet.write_datetime(at, col, value, looks[col])
        else:
            sheet.write_number(at, col, value, looks[col])

"""Writes workbooks: plain lists by declaration, and the pieces that report forms share.

Text is never taken for a formula, codes stay text, dates are dates and numbers are numbers.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property, reduce
from io import BytesIO
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from resolution03.lib.xlsx_cells import naive, write

FONT = "Times New Roman"

_NOT_IN_SHEET_NAMES = str.maketrans({character: " " for character in "[]:*?/\\'"})


Value = Callable[[Any], Any] | str


@dataclass(frozen=True, slots=True)
class Column:
    """One column: `value` takes a row, or names an attribute or key (`unit.name`).

    `width` is in characters; `fmt` is a key of FORMATS, by default what suits the value.
    """

    heading: str
    value: Value
    width: float = 16
    fmt: str = ""

    def of(self, row: Any) -> Any:
        if callable(self.value):
            return self.value(row)
        return reduce(_step, self.value.split("."), row)


@dataclass(frozen=True, slots=True)
class ListSheet:
    """The Excel of a list page: its title, its columns, and the rows of the same query."""

    title: str
    columns: tuple[Column, ...]
    rows: Iterable[Any]
    subtitle: str = ""


class _Sheet(Worksheet):
    """Takes formulas as they are. XlsxWriter looks through each for some thirty functions newer than
    2010, to spell them as such, which takes a fifth of the time of a report; none is used here."""

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:
        return formula.removeprefix("=")


@dataclass
class Book:
    """A workbook under way. `stamp` is the day of creation that its properties tell."""

    title: str
    stamp: datetime | None = None
    _stream: BytesIO = field(default_factory=BytesIO)
    _formats: dict = field(default_factory=dict)
    _names: set = field(default_factory=set)

    @cached_property
    def _workbook(self) -> Workbook:
        book = Workbook(self._stream, {"in_memory": True})
        book.formats[0].set_font_name(FONT)
        book.formats[0].set_font_size(11)
        created = self.stamp or timezone.now()
        book.set_properties({"title": self.title, "created": naive(created)})
        return book

    def add_sheet(self, name: str) -> Worksheet:
        """A sheet set up as the offices print: A4 landscape, fit to width, pages numbered."""
        sheet = self._workbook.add_worksheet(self._free_name(name), _Sheet)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.6, right=0.6, top=0.6, bottom=0.7)
        sheet.center_horizontally()
        page = _("Page")
        sheet.set_footer(f'&R&"{FONT},Regular"&9{page} &P/&N')
        sheet.hide_gridlines(2)
        return sheet

    def format(self, **properties: Any) -> Format:
        """The cell format with these XlsxWriter properties, made once."""
        key = frozenset(properties.items())
        if key not in self._formats:
            base = {"font_name": FONT, "font_size": 11, "valign": "vcenter"}
            self._formats[key] = self._workbook.add_format(base | properties)
        return self._formats[key]

    def quoted(self, look: Format) -> Format:
        """The same look for a text that begins like a formula."""
        properties = next(dict(key) for key, found in self._formats.items() if found is look)
        return self.format(**properties | {"quote_prefix": True})

    def finish(self) -> bytes:
        """The bytes of the file; nothing can be added afterwards."""
        self._workbook.close()
        return self._stream.getvalue()

    def _free_name(self, wanted: str) -> str:
        plain = " ".join(wanted.translate(_NOT_IN_SHEET_NAMES).split())[:31].strip() or "1"
        name, number = plain, 1
        while name.casefold() in self._names:
            number += 1
            name = f"{plain[:27]} {number}"
        self._names.add(name.casefold())
        return name


def _step(value: Any, name: str) -> Any:
    if isinstance(value, dict):
        return value.get(name)
    return None if value is None else getattr(value, name)


def write_list(book: Book, listed: ListSheet) -> None:
    sheet = book.add_sheet(listed.title)
    last = len(listed.columns) - 1
    made = date_format(timezone.localtime(), "d/m/Y H:i")
    subtitle = listed.subtitle or _("Exported %(when)s") % {"when": made}
    sheet.write_string(0, 0, str(listed.title), book.format(bold=True, font_size=14))
    sheet.write_string(1, 0, str(subtitle), book.format(italic=True))
    header = 3
    _write_headings(book, sheet, listed.columns, header)
    row = header
    for row, item in enumerate(listed.rows, start=header + 1):
        for col, column in enumerate(listed.columns):
            write(sheet, book, row, col, column.of(item), column.fmt, border=1, text_wrap=True, valign="top")
    sheet.autofilter(header, 0, max(row, header + 1), last)
    sheet.freeze_panes(header + 1, 0)
    sheet.repeat_rows(header)
    sheet.print_area(0, 0, row, last)


def _write_headings(book: Book, sheet: Worksheet, columns: tuple[Column, ...], row: int) -> None:
    look = book.format(bold=True, border=1, align="center", text_wrap=True, bg_color="#EEEEEE")
    for col, column in enumerate(columns):
        sheet.set_column(col, col, column.width)
        sheet.write_string(row, col, str(column.heading), look)

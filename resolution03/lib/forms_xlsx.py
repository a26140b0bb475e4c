"""Report forms in the Party's layout: header block, title, numbered columns, totals, signatures.

Columns are declared once with their formula, the Python that gives the same value (cached in the
cell, so that Protected View shows it), and the number row says how columns follow from each other.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from math import ceil
from string import Formatter
from typing import Any, NamedTuple

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from resolution03.lib.checksums import Strip
from resolution03.lib.form_columns import FormColumn, Values
from resolution03.lib.form_headings import groups, heading_height, lines
from resolution03.lib.letterheads import (
    TITLE,
    UNIT_LINE,
    Letterhead,
    merge,
    write_head,
    write_signs,
)
from resolution03.lib.xlsx import FONT, Book
from resolution03.lib.xlsx_cells import FORMATS, plain, put


@dataclass
class FormRow:
    """One row. `formulas` stand in for the columns' own, written alike; a row of which nothing is
    known (`is_blank`) has only those, so that blank does not become zero. `given`: of columns that
    add up what others gave, how many gave and of how many."""

    key: Any
    values: Values
    formulas: dict[str, str] = field(default_factory=dict)
    is_blank: bool = False
    style: dict[str, Any] = field(default_factory=dict)
    formats: dict[str, dict[str, Any]] = field(default_factory=dict)
    given: dict[str, tuple[int, int]] = field(default_factory=dict)


class Told(NamedTuple):
    """What stands in one cell: a value, or a formula that gives it."""

    value: Any
    formula: str
    fmt: str


TOTAL = "total"
_HEADER, _NUMBERS, BODY = 7, 9, 10
_BORDER = {"border": 1, "font_size": 10}
_HEADING = _BORDER | {"bold": True, "align": "center", "text_wrap": True}
_CUT = {"left": 5}


@dataclass
class Form:
    """A form. Its rows and columns are fixed from the start, so that other forms can refer to
    its cells before anything is written. `partly`: the columns whose sum is incomplete, in words;
    `printed_rows`: only so many rows are printed, if any."""

    name: str
    number: str
    title: str
    columns: Sequence[FormColumn]
    rows: list[FormRow]
    unit_line: str = ""
    notes: Sequence[str] = ()
    total_label: str = "Tổng cộng"
    has_total: bool = True
    code: str = ""
    closing: tuple[str, str] = ("", "")
    on_one_page: bool = False
    is_signed: bool = True
    printed_rows: int = 0
    row_height: float = 0
    partly: dict[str, str] = field(default_factory=dict, init=False)
    _looks: dict[str, Format] = field(default_factory=dict, init=False, repr=False)
    _rows_told: dict[Any, list["Told"]] = field(default_factory=dict, init=False, repr=False)

    def __post_init__(self):
        self.rows = [*self.rows]
        for row in self.rows:
            self._complete(row)
        if self.has_total:
            self.rows.append(self._total_row())
        self._at = {row.key: BODY + n for n, row in enumerate(self.rows)}

    def row(self, key: Any) -> FormRow:
        return self.rows[self._at[key] - BODY]

    def value(self, row: Any, column: str) -> Any:
        """What the cell shows before anybody recalculates."""
        return self.row(row).values.get(column)

    def cell(self, row: Any, column: str) -> str:
        """The cell's address inside the sheet."""
        return f"{self._letters[column]}{self.row_number(row)}"

    def row_number(self, row: Any) -> int:
        """The row's number on the sheet; the top is 1."""
        return self._at[row] + 1

    def ref(self, row: Any, column: str) -> str:
        """The cell's address from another sheet."""
        return f"{self.sheet_ref}!{self.cell(row, column)}"

    @property
    def sheet_ref(self) -> str:
        return f"'{self.name}'"

    def has(self, column: str) -> bool:
        return column in self._letters

    def _complete(self, row: FormRow, total: bool = False) -> None:
        """Compute what the columns' formulas give, each after those that it speaks of."""
        if row.is_blank:
            return
        computed = {
            column.key: column
            for column in self.columns
            if column.compute and (column.total == "formula" or not total)
        }
        for key in computed:
            _compute(key, computed, row.values)

    def _total_row(self) -> FormRow:
        known = [row for row in self.rows if not row.is_blank]
        values: Values = {"name": self.total_label}
        for column in self.columns:
            if column.total == "sum":
                found = [row.values.get(column.key) for row in self.rows]
                numbers = [value for value in found if value is not None]
                values[column.key] = sum(numbers) if numbers else None
            elif column.total == "count":
                values[column.key] = len(self.rows)
        row = FormRow(TOTAL, values, is_blank=not known and bool(self.rows), style={"bold": True})
        self._complete(row, total=True)
        return row

    def write_to(self, book: Book, sheet: Worksheet, head: Letterhead) -> None:
        """Write the whole form."""
        self.write_above(book, sheet, head)
        for row in self.rows:
            self._write_row(book, sheet, row, head.spell)
        self.write_below(book, sheet, head, BODY + len(self.rows))

    def write_above(self, book: Book, sheet: Worksheet, head: Letterhead) -> None:
        """Header, titles and headings, and how the sheet is printed; rows begin at BODY."""
        write_head(book, sheet, head, self, self._widths)
        self._write_headings(book, sheet, head.spell)
        sheet.repeat_rows(_HEADER, _NUMBERS)
        sheet.freeze_panes(BODY, 2)
        if self.on_one_page:
            sheet.fit_to_pages(1, 1)
        if self.printed_rows:
            sheet.print_area(0, 0, BODY + self.printed_rows - 1, len(self.columns) - 1)
        footer = f'&"{FONT},Regular"&9'
        sheet.set_footer(f"&L{footer}{self.code.replace('&', '&&')}&R{footer}Trang &P/&N")

    def write_below(self, book: Book, sheet: Worksheet, head: Letterhead, row: int) -> None:
        """Notes and signatures below the table, which ended before `row`."""
        below = self._write_notes(book, sheet, row + 1, head.spell)
        if self.is_signed:
            write_signs(book, sheet, head, self._widths, below)

    @property
    def _widths(self) -> list[float]:
        return [column.width for column in self.columns]

    def _write_headings(self, book: Book, sheet: Worksheet, spell: Callable[[str], str]) -> None:
        look, told = book.format(**_HEADING), self.headings(spell)
        small = book.format(border=1, italic=True, align="center", font_size=8, text_wrap=True)
        for first, last, group in groups(self.columns):
            if group:
                merge(sheet, _HEADER, first, _HEADER, last, told[first][0], look)
                for col in range(first, last + 1):
                    own = book.format(**_HEADING | _CUT) if self.columns[col].is_cut else look
                    sheet.write_string(_HEADER + 1, col, told[col][1], own)
            else:
                sheet.merge_range(_HEADER, first, _HEADER + 1, first, told[first][0], look)
        sheet.set_row(_HEADER, heading_height(self.columns, upper=True))
        sheet.set_row(_HEADER + 1, heading_height(self.columns, upper=False))
        for col, (column, above) in enumerate(zip(self.columns, told, strict=True)):
            sheet.write_string(_NUMBERS, col, above[2], small)
            sheet.set_column(col, col, column.width)
        longest = max(
            ceil((len(above[2]) - len(str(col)) - 1) / column.width) if column.label else 1
            for col, (column, above) in enumerate(zip(self.columns, told, strict=True), start=1)
        )
        sheet.set_row(_NUMBERS, 12.5 * max(1, longest))

    def _write_row(self, book: Book, sheet: Worksheet, row: FormRow, spell: Callable[[str], str]) -> None:
        at = self._at[row.key]
        height = max(
            lines(str(row.values.get(column.key) or ""), column.width - 1)
            for column in self.columns
            if column.fmt == "text"
        )
        sheet.set_row(at, max(self.row_height, 13 * max(1, height) + 4))
        for col, (column, told) in enumerate(zip(self.columns, self._told(row, spell), strict=True)):
            look = self._look(book, row, column, told.fmt)
            if told.formula:
                sheet.write_formula(at, col, f"={told.formula}", look, _cached(told.value))
            else:
                put(sheet, book, at, col, told.value, look)

    def _told(self, row: FormRow, spell: Callable[[str], str]) -> list["Told"]:
        """What stands in the cells of a row, made once: it is written, and it is vouched for."""
        if row.key not in self._rows_told:
            cells = self._cells(row)
            self._rows_told[row.key] = [self._cell_told(row, column, cells, spell) for column in self.columns]
        return self._rows_told[row.key]

    def _cell_told(
        self, row: FormRow, column: FormColumn, cells: dict[str, str], spell: Callable[[str], str]
    ) -> "Told":
        value = row.values.get(column.key)
        formula = self._formula(row, column, cells) if cells or row.key == TOTAL else ""
        value = spell(value) if column.is_own and value else value
        fmt = "number" if row.key == TOTAL and column.total == "count" else column.fmt
        return Told(value if formula else plain(value, fmt)[0], formula, fmt)

    def headings(self, spell: Callable[[str], str]) -> list[tuple[str, str, str]]:
        """Of each column: the group's or its own heading, its own below a group's, its number."""
        found: list[tuple[str, str, str]] = []
        numbers = {column.key: str(n) for n, column in enumerate(self.columns, start=1)}
        for first, last, group in groups(self.columns):
            for col in range(first, last + 1):
                column, number = self.columns[col], str(col + 1)
                if column.label:
                    number += "=" + column.label.format(**numbers)
                own, above = spell(column.heading), spell(group) if group and col == first else ""
                found.append((above, own, number) if group else (own, "", number))
        return found

    def strips(self, head: Letterhead) -> Iterator[tuple[str, str, Strip]]:
        """(words, column key, cells) of all that the form says: its titles, each column from the
        heading to the total, its notes. Left out is what is told by the moment or written by hand:
        state of the figures, the office's block, number, place and day, signatures."""
        for row, title in ((TITLE, self.title), (UNIT_LINE, self.unit_line)):
            yield "Tiêu đề", "", Strip(self.name, "A", row + 1, [head.spell(title)])
        rows = [self._told(row, head.spell) for row in self.rows]
        for col, (column, above) in enumerate(zip(self.columns, self.headings(head.spell), strict=True)):
            words = f"{column.group}: {column.heading}" if column.group else column.heading
            values = [*above, *(told[col].value for told in rows)]
            adds_up = bool(rows) and rows[-1][col].formula.startswith("SUM(")
            strip = Strip(self.name, self._letters[column.key], _HEADER + 1, values, adds_up)
            yield words, column.key, strip
        if self.rows and self.notes:
            yield "Ghi chú", "", self.notes_strip(head, BODY + len(self.rows))

    def notes_strip(self, head: Letterhead, row: int) -> Strip:
        """The notes below a table that ended before `row`."""
        return Strip(self.name, "A", row + 2, [head.spell(note) for note in self.notes])

    def _look(self, book: Book, row: FormRow, column: FormColumn, fmt: str) -> Format:
        """Most cells look as their column does."""
        own = row.formats.get(column.key)
        if own or row.style or fmt != column.fmt:
            return book.format(**FORMATS[fmt] | _style(column) | row.style | (own or {}))
        if column.key not in self._looks:
            self._looks[column.key] = book.format(**FORMATS[fmt] | _style(column))
        return self._looks[column.key]

    def _cells(self, row: FormRow) -> dict[str, str]:
        """Column key → address in the row; lists have no formulas that would ask."""
        if not row.formulas and not self._computes:
            return {}
        number = self.row_number(row.key)
        return {key: f"{letters}{number}" for key, letters in self._letters.items()}

    @cached_property
    def _letters(self) -> dict[str, str]:
        return {column.key: xl_col_to_name(n) for n, column in enumerate(self.columns)}

    @cached_property
    def _computes(self) -> bool:
        return any(column.formula for column in self.columns)

    def _formula(self, row: FormRow, column: FormColumn, cells: dict[str, str]) -> str:
        if column.key in row.formulas:
            return row.formulas[column.key].format(**cells)
        if row.is_blank:
            return ""
        if row.key == TOTAL and column.total != "formula":
            return self._total_formula(row, column)
        return column.formula.format(**cells) if column.formula else ""

    def _total_formula(self, row: FormRow, column: FormColumn) -> str:
        if not column.total or row.values[column.key] is None or len(self.rows) == 1:
            return ""
        name = self._letters[column.key]
        span = f"{name}{BODY + 1}:{name}{self._at[TOTAL]}"
        return f"SUM({span})" if column.total == "sum" else f"COUNTA({span})"

    def _write_notes(self, book: Book, sheet: Worksheet, at: int, spell: Callable[[str], str]) -> int:
        """The notes below the table; gives the next free row."""
        width, last = sum(self._widths), len(self.columns) - 1
        look = book.format(font_size=9, text_wrap=True, valign="top", num_format="@")
        for note in self.notes:
            merge(sheet, at, 0, at, last, spell(note), look)
            sheet.set_row(at, 13 * lines(note, width * 1.1))
            at += 1
        formula, cached = self.closing
        if formula:
            sheet.merge_range(at, 0, at, last, "", look)
            sheet.write_formula(at, 0, f"={formula}", look, cached)
            at += 1
        return at + 1


def _compute(key: str, computed: dict[str, FormColumn], values: Values) -> None:
    if key in values or key not in computed:
        return
    for _text, name, _spec, _conversion in Formatter().parse(computed[key].formula):
        if name:
            _compute(name, computed, values)
    if compute := computed[key].compute:
        values[key] = compute(values)


def _cached(value: Any) -> Any:
    if value is None:
        return ""
    return value if isinstance(value, (int, str)) else float(value)


def _style(column: FormColumn) -> dict[str, Any]:
    look = _BORDER | (_CUT if column.is_cut else {})
    if column.key == "tt":
        return look | {"align": "center"}
    return look | ({"text_wrap": True, "indent": 1} if column.fmt == "text" else {})

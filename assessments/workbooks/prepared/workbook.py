"""Writes a prepared workbook: a sheet a kind, one that explains the columns, one with the lists."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from textwrap import wrap
from uuid import UUID

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from assessments.rules.models.schemes import Scheme
from assessments.workbooks.kinds.declared import PreparedRow
from assessments.workbooks.kinds.roles import LEVEL_KEYS
from assessments.workbooks.prepared.lists import Lists, Options
from assessments.workbooks.prepared.marks import mark
from assessments.workbooks.prepared.sheets import PreparedSheet
from assessments.workbooks.prepared.validation import rule_of
from assessments.workbooks.prepared.words import meaning_of, way_of
from orgs.models import Organization
from resolution03.lib.workbooks.cells import CODE, DATE, LAST_DAY, MARK, NUMBER
from resolution03.lib.workbooks.kinds import Column
from resolution03.lib.xlsx import Book
from resolution03.lib.xlsx_cells import FORMATS, write

SPARE = 200
LISTED = 10
"""How many letters of a heading of the Board's list stand in one line."""
HEADER = 4
NOTE = "Ghi chú"
GREY, DUE, MISSING, OPEN, HEAD = "#5C6570", "#FFF6D6", "#FFD966", "#EEF3FA", "#E7EAEE"
CLOSED = "#E3E6EA"
_STYLES = {CODE: "text", DATE: "mark", LAST_DAY: "mark", MARK: "mark", NUMBER: "number"}
_WIDTHS = {CODE: 15, DATE: 13, LAST_DAY: 13, MARK: 9, NUMBER: 11}
_WIDER = {
    "name": 38,
    "full_name": 26,
    "reason": 34,
    "level": 27,
    "subject": 27,
    "type_label": 18,
    "decision": 18,
    "form": 17,
    "year": 8,
}


@dataclass
class Prepared:
    """What is handed out: to whom, of which unit and year, and the rows of each sheet."""

    key: UUID
    by_name: str
    unit: Organization
    year: int
    scheme: Scheme | None
    rows: Mapping[PreparedSheet, list[PreparedRow]]
    lists: Lists = field(init=False)

    def __post_init__(self):
        self.lists = Lists(self.unit, self.scheme, self.year)


def build(prepared: Prepared) -> bytes:
    """The bytes of the workbook; it tells nothing that lies outside the unit."""
    book = Book(f"{prepared.unit.name}, {prepared.year}")
    writer = _Writer(book, prepared)
    writer.explain()
    for sheet in prepared.rows:
        writer.add(sheet)
    writer.add_lists()
    return book.finish()


class _Writer:
    """The sheets of one workbook; the lists come last and are referred to before."""

    def __init__(self, book: Book, prepared: Prepared):
        self.book = book
        self.prepared = prepared
        self.listed: dict[Options, int] = {}
        self.next_list = 0
        self.lists_name = _("Lists")

    def add(self, declared: PreparedSheet) -> None:
        """One kind with its rows and the spare ones below."""
        rows = self.prepared.rows[declared]
        hint = _("Yellow: must be filled. Codes that stand here are locked; new rows go below.")
        sheet = self._sheet(str(declared.title), self._title(declared), hint)
        width = len(declared.kind.columns)
        last = HEADER + len(rows) + SPARE
        self._write_header(sheet, declared)
        for number, row in enumerate(rows, start=HEADER + 1):
            self._write_row(sheet, number, declared, row)
        for col, column in enumerate(declared.kind.columns):
            self._check(sheet, declared, column, col, last)
        self._mark_gaps(sheet, declared, last)
        sheet.freeze_panes(HEADER + 1, 1 + _name_at(declared))
        sheet.repeat_rows(HEADER)
        sheet.autofilter(HEADER, 0, last, width - 1 + len(declared.prepared.notes))
        sheet.ignore_errors({"number_stored_as_text": f"A1:{xl_rowcol_to_cell(last, width)}"})
        sheet.protect("", _PROTECTION)

    def _title(self, declared: PreparedSheet) -> str:
        title = str(declared.title)
        if declared.prepared.is_of_year:
            title = _("%(title)s of %(year)s") % {"title": title, "year": self.prepared.year}
        return title.upper()

    def _sheet(self, name: str, title: str, hint: str = "") -> Worksheet:
        """A sheet with its title lines, the key of the workbook in the third."""
        sheet = self.book.add_sheet(name)
        sheet.hide_gridlines(1)
        plain = self.book.format(font_color=GREY, italic=True)
        sheet.write_string(0, 0, self.prepared.unit.name.upper(), self.book.format(bold=True))
        sheet.write_string(1, 0, title, self.book.format(bold=True, font_size=14))
        sheet.write_string(2, 0, f"{hint} {mark(self.prepared.key)}".strip(), plain)
        return sheet

    def _write_header(self, sheet: Worksheet, declared: PreparedSheet) -> None:
        look = {"bold": True, "border": 1, "align": "center", "text_wrap": True}
        for col, column in enumerate(declared.kind.columns):
            fill = DUE if column.required else HEAD
            default = self.book.format(**FORMATS[_style(column)], locked=False)
            sheet.set_column(col, col, _width(column), default)
            sheet.write_string(HEADER, col, column.heading, self.book.format(bg_color=fill, **look))
        caption = self.book.format(font_color=GREY, italic=True, align="center", text_wrap=True)
        grey = self.book.format(font_color=GREY, num_format="@", locked=False)
        for col, note in enumerate(declared.prepared.notes, start=len(declared.kind.columns)):
            sheet.set_column(col, col, 26 if "%" not in note else 19, grey)
            sheet.write_string(HEADER - 1, col, note % {"year": self.prepared.year - 1}, caption)
            sheet.write_string(HEADER, col, NOTE, self.book.format(bg_color=HEAD, font_color=GREY, **look))
        listed = [len(wrap(column.heading, LISTED)) for column in declared.entry.listed(declared.kind)]
        sheet.set_row(HEADER, 16 * max([2, *listed]))

    def _write_row(self, sheet: Worksheet, number: int, declared: PreparedSheet, row: PreparedRow) -> None:
        for col, column in enumerate(declared.kind.columns):
            value = row.get(column.key)
            if column.key in row.get("closed", ()):
                self._write_closed(sheet, number, col, value)
                continue
            if value is None or value == "":
                continue
            style = _style(column) if isinstance(value, str) else ""
            if column.key in declared.entry.key:
                write(sheet, self.book, number, col, value, style, **_LOCKED, **_plain_year(column))
            else:
                write(sheet, self.book, number, col, value, style, locked=False)
        for col, note in enumerate(row["notes"], start=len(declared.kind.columns)):
            if note:
                write(sheet, self.book, number, col, note, "text", locked=False, font_color=GREY)

    def _write_closed(self, sheet: Worksheet, number: int, col: int, value: object) -> None:
        """A cell in which nothing is asked: grey, with what the registers tell."""
        look = {"bg_color": CLOSED, "font_color": GREY}
        if isinstance(value, int):
            write(sheet, self.book, number, col, value, locked=False, **look)
        else:
            sheet.write_blank(number, col, None, self.book.format(locked=False, **look))

    def _check(self, sheet: Worksheet, declared: PreparedSheet, column: Column, col: int, last: int) -> None:
        options = self.prepared.lists.of(declared, column)
        rule = rule_of(
            column,
            options,
            source=self._source(options),
            cell=(HEADER + 1, col),
            last=last,
            is_key=declared.entry.is_key_alone(column.key),
            year=self.prepared.year,
            most=declared.prepared.most,
        )
        if rule:
            sheet.data_validation(HEADER + 1, col, last, col, rule)

    def _source(self, options: Options | None) -> str:
        """Where the list stands on its sheet; a place is kept for it."""
        if options is None or not options.rows:
            return ""
        if options not in self.listed:
            self.listed[options] = self.next_list
            self.next_list += 1 + options.has_names
        col = self.listed[options]
        first = xl_rowcol_to_cell(HEADER + 1, col, row_abs=True, col_abs=True)
        end = xl_rowcol_to_cell(HEADER + len(options.rows), col, row_abs=True, col_abs=True)
        return f"='{self.lists_name}'!{first}:{end}"

    def _mark_gaps(self, sheet: Worksheet, declared: PreparedSheet, last: int) -> None:
        """Lines around the rows that hold something; required cells that are empty; rows of a
        rating that nobody has entered yet."""
        columns = declared.kind.columns
        first, width = HEADER + 1, len(columns)
        filled = f"COUNTA($A{first + 1}:{xl_rowcol_to_cell(first, width - 1, col_abs=True)})>0"
        for col, column in enumerate(columns):
            if column.required:
                at = xl_rowcol_to_cell(first, col)
                self._paint(sheet, (first, col, last, col), f"=AND({filled},LEN(TRIM({at}))=0)", MISSING)
        keys = [column.key for column in columns]
        if {"decided", "reason"} <= set(keys):
            decided, reason = (
                xl_rowcol_to_cell(first, keys.index(key), col_abs=True) for key in ("decided", "reason")
            )
            area = (first, keys.index("decided"), last, keys.index("decided"))
            self._paint(sheet, area, f'=AND({filled},{decided}="",{reason}="")', OPEN)
        lines = self.book.format(border=1, border_color="#D3D8DE")
        area = (first, 0, last, width - 1 + len(declared.prepared.notes))
        sheet.conditional_format(*area, {"type": "formula", "criteria": f"={filled}", "format": lines})

    def _paint(self, sheet: Worksheet, area: tuple, criteria: str, colour: str) -> None:
        look = self.book.format(bg_color=colour, border=1, border_color="#D3D8DE")
        sheet.conditional_format(*area, {"type": "formula", "criteria": criteria, "format": look})

    def explain(self) -> None:
        """How the workbook is filled in and sent back, then every column."""
        sheet = self._sheet(_("Instructions"), _("HOW TO FILL IN THIS WORKBOOK"))
        plain = self.book.format(text_wrap=True, valign="top")
        for col, width in enumerate((24, 24, 10, 58, 44, 26)):
            sheet.set_column(col, col, width)
        row = HEADER - 1
        for row, sentence in enumerate(self._sentences(), start=HEADER):
            sheet.merge_range(row, 0, row, 5, sentence, plain)
            sheet.set_row(row, 32 if len(sentence) > 150 else 16)
        self._explain_columns(sheet, row + 2)
        sheet.protect("", _PROTECTION)

    def _sentences(self) -> list[str]:
        when = date_format(timezone.localtime(), "H:i, d/m/Y")
        return [
            _("Made at %(when)s for %(name)s; year %(year)s.")
            % {"when": when, "name": self.prepared.by_name, "year": self.prepared.year},
            _(
                "1. Change what has changed. An empty cell changes nothing; the word “xoá” clears what is "
                "stored."
            ),
            _("2. Write new ones into the rows below the last one, each with a code of its own."),
            _("3. A row that you delete deletes nothing in the system: it is listed, and stays."),
            _(
                "4. Locked cells keep the codes right; the protection has no password. "
                "Sheets that you do not need may be deleted."
            ),
            _(
                "5. Load the file on the page where you took it. It shows what would change before anything "
                "is stored, and what others have changed since."
            ),
        ]

    def _explain_columns(self, sheet: Worksheet, top: int) -> None:
        look = self.book.format(bold=True, border=1, align="center", text_wrap=True, bg_color=HEAD)
        cell = self.book.format(border=1, text_wrap=True, valign="top")
        headings = (
            _("Sheet"),
            _("Column name"),
            _("Must be filled"),
            _("What it means"),
            _("How it is written"),
            _("For example"),
        )
        for col, heading in enumerate(headings):
            sheet.write_string(top, col, heading, look)
        number = top
        for declared in self.prepared.rows:
            for column in declared.kind.columns:
                number += 1
                texts = self._explained(declared, column)
                for col, text in enumerate(texts):
                    sheet.write_string(number, col, text, cell)
                sheet.set_row(number, 31 if len(texts[3]) > 70 or len(texts[4]) > 50 else 16)
        sheet.repeat_rows(top)

    def _explained(self, declared: PreparedSheet, column: Column) -> tuple[str, ...]:
        offers = self.prepared.lists.of(declared, column) is not None
        how, example = way_of(column, offers)
        meaning = meaning_of(declared.entry, column)
        due = _("yes") if column.required else ""
        return str(declared.title), column.heading, due, meaning, how, example

    def add_lists(self) -> None:
        """What the drop-downs offer, a list beside the other, with names beside codes."""
        sheet = self._sheet(self.lists_name, _("LISTS FOR THE DROP-DOWNS"))
        sheet.fit_to_pages(0, 0)
        sheet.repeat_rows(HEADER)
        look = self.book.format(bold=True, border=1, text_wrap=True, bg_color=HEAD)
        for options, col in self.listed.items():
            longest = max(len(text) for text in (options.title, *(row[0] for row in options.rows)))
            sheet.set_column(col, col, min(3 + longest, 34), self.book.format(num_format="@"))
            sheet.write_string(HEADER, col, options.title, look)
            if options.has_names:
                sheet.set_column(col + 1, col + 1, 34)
                sheet.write_string(HEADER, col + 1, _("Name"), look)
            for row, (value, name) in enumerate(options.rows, start=HEADER + 1):
                write(sheet, self.book, row, col, value, "text")
                if name:
                    write(sheet, self.book, row, col + 1, name, "text")
        sheet.freeze_panes(HEADER + 1, 0)
        sheet.protect("", _PROTECTION)


_LOCKED = {"locked": True, "bg_color": "#F5F6F8"}
_PROTECTION = {
    "format_cells": True,
    "format_columns": True,
    "format_rows": True,
    "insert_rows": True,
    "delete_rows": True,
    "sort": True,
    "autofilter": True,
    "objects": True,
    "scenarios": True,
}


def _style(column: Column) -> str:
    return "mark" if column.key == "year" else _STYLES.get(column.type, "text")


def _plain_year(column: Column) -> dict:
    return {"num_format": "0", "align": "center"} if column.key == "year" else {}


def _width(column: Column) -> float:
    wanted = _WIDER.get(column.key) if not column.type.choices or column.key in LEVEL_KEYS else None
    if column.type.choices:
        wanted = 3 + max(len(choice) for choice in column.type.choices)
    return max(wanted or _WIDTHS.get(column.type, 14), 10 if column.key != "year" else 8)


def _name_at(declared: PreparedSheet) -> int:
    """The column of the name, up to which the sheet stays put; else that of the code."""
    keys = [column.key for column in declared.kind.columns]
    named = next((key for key in ("name", "full_name") if key in keys), declared.kind.code_key)
    return keys.index(named)

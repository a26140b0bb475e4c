"""One value in a cell of a made workbook, never a formula by accident."""

from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

if TYPE_CHECKING:
    from resolution03.lib.xlsx import Book

FORMATS = {
    "text": {"num_format": "@", "align": "left"},
    "number": {"num_format": "#,##0", "align": "right"},
    "year": {"num_format": "0", "align": "center"},
    "share": {"num_format": "0.00", "align": "right"},
    "date": {"num_format": "dd/mm/yyyy", "align": "center"},
    "moment": {"num_format": "dd/mm/yyyy hh:mm", "align": "center"},
    "mark": {"num_format": "@", "align": "center"},
}
"""How a kind of value is written; `share` is a percentage with two places, without the sign."""
FIRST_EXCEL_DAY = date(1900, 3, 1)
LONGEST_TEXT = 32_767
STARTS_A_FORMULA = ("=", "+", "-", "@")


def write(sheet: Worksheet, book: "Book", row: int, col: int, value: Any, fmt: str = "", **style):
    """One cell: `fmt` is a key of FORMATS, by default by the value's type; None leaves a blank."""
    value, fmt = plain(value, fmt)
    put(sheet, book, row, col, value, book.format(**FORMATS[fmt] | style))


def put(sheet: Worksheet, book: "Book", row: int, col: int, value: Any, look: Format) -> None:
    """One cell in a ready look; `value` as `plain` gives it."""
    if value is None or value == "":
        sheet.write_blank(row, col, None, look)
    elif isinstance(value, str):
        if value.startswith(STARTS_A_FORMULA):
            look = book.quoted(look)
        sheet.write_string(row, col, value[:LONGEST_TEXT], look)
    elif isinstance(value, date):
        sheet.write_datetime(row, col, value, look)
    else:
        sheet.write_number(row, col, value, look)


def plain(value: Any, fmt: str) -> tuple[Any, str]:
    """The value as Excel takes it, and the format that suits it."""
    if value is None or isinstance(value, bool):
        return ("x" if value else None), fmt or "mark"
    if isinstance(value, datetime):
        return naive(value), fmt or "moment"
    if isinstance(value, date):
        return as_day(value), fmt or "date"
    if isinstance(value, (int, float, Decimal)) and fmt not in ("text", "mark"):
        return value, fmt or ("number" if isinstance(value, int) else "share")
    return str(value), fmt or "text"


def as_day(day: date) -> date | str:
    """Excel counts no days before 1900: those are written as text."""
    return day if day >= FIRST_EXCEL_DAY else f"{day.day:02}/{day.month:02}/{day.year:04}"


def naive(moment: datetime) -> datetime:
    if timezone.is_aware(moment):
        moment = timezone.localtime(moment)
    return moment.replace(tzinfo=None, microsecond=0)

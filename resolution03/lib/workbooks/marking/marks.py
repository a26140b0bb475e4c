"""What is marked in a workbook, and in which words the list of errors and the comments say it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from resolution03.lib.workbooks.faults import Fault
from resolution03.lib.workbooks.reading import Sheet

WIDTHS = (22, 10, 24, 28, 34, 80)
_WORDS = {
    "required": gettext_lazy("a required cell is empty"),
    "formula": gettext_lazy("a formula where a value is due"),
    "bad_date": gettext_lazy("not a date"),
    "bad_number": gettext_lazy("not a number"),
    "bad_choice": gettext_lazy("not one of the values that are taken"),
    "unknown_code": gettext_lazy("an unknown code"),
    "bad_code": gettext_lazy("what is no code"),
    "outside_unit": gettext_lazy("outside the unit"),
    "wrong_year": gettext_lazy("another year"),
    "locked": gettext_lazy("locked"),
    "not_in_roster": gettext_lazy("not in the year's list"),
    "inconsistent": gettext_lazy("does not fit with the rest"),
    "duplicate": gettext_lazy("given twice"),
    "missing_column": gettext_lazy("a required column is missing"),
    "unknown_column": gettext_lazy("an unknown column"),
    "hidden_sheet": gettext_lazy("a hidden sheet"),
    "no_header": gettext_lazy("no row of headings"),
}


@dataclass(frozen=True, slots=True)
class Mark:
    """A fault of one sheet; errors are marked more strongly than warnings."""

    sheet: str
    fault: Fault
    is_error: bool

    @property
    def words(self) -> str:
        """The fault's code in words."""
        return str(_WORDS.get(self.fault.code, _("to be looked at")))

    @property
    def comment(self) -> str:
        """The comment at the cell."""
        label = _("Error") if self.is_error else _("To be looked at")
        column = f"{self.fault.column}: " if self.fault.code == "missing_column" else ""
        return f"{label}: {self.words}\n{column}{self.fault.message}"

    @property
    def link(self) -> str | None:
        """The cell that the list leads to; where none is meant, the row or the sheet."""
        if self.fault.code == "hidden_sheet":
            return None
        return self.fault.cell or f"A{self.fault.row or 1}"

    @property
    def texts(self) -> list[str]:
        """The row of the list of errors."""
        fault = self.fault
        where = fault.cell or (_("row %(row)s") % {"row": fault.row} if fault.row else "")
        return [self.sheet, where, fault.column or "", fault.value or "", self.words, fault.message]


def head() -> list[str]:
    """The headings of the list of errors."""
    return [
        _("Sheet"),
        _("At cell"),
        _("Column heading"),
        _("Value found"),
        _("What is wrong"),
        _("What would be right"),
    ]


def rows_of(marks: Iterable[Mark]) -> list[tuple[str, list[str], Mark | None]]:
    """The list of errors: (format, texts, the mark) a row; errors first, then warnings."""
    marks = list(marks)
    rows: list[tuple[str, list[str], Mark | None]] = [("head", head(), None)]
    errors = [mark for mark in marks if mark.is_error]
    warnings = [mark for mark in marks if not mark.is_error]
    rows += [("text", mark.texts, mark) for mark in errors]
    if warnings:
        rows += [("text", [], None), ("bold", [_("To be looked at; they do not hinder the load")], None)]
        rows += [("text", mark.texts, mark) for mark in warnings]
    if not errors:
        rows.insert(1, ("bold", [_("No errors")], None))
    return rows


def is_list(sheet: Sheet) -> bool:
    """Whether a sheet is the list that a marked workbook was given: it says nothing to load."""
    if not sheet.rows:
        return False
    number, cells = sheet.rows[0]
    return number == 1 and cells in _heads()


@cache
def _heads() -> Sequence[list[str]]:
    found = []
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            found.append(head())
    return found

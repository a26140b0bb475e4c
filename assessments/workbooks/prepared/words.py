"""What each column of a prepared workbook means, for the sheet that explains them."""

from django.utils.translation import gettext_lazy as _

from assessments.workbooks.kinds.declared import WorkbookKind
from resolution03.lib.workbooks.cell_types import CellType
from resolution03.lib.workbooks.cells import CODE, DATE, LAST_DAY, MARK, NUMBER
from resolution03.lib.workbooks.kinds import Column

COUNTED = _("How many there were in the year. Empty is not zero.")
"""Of a column that follows the Board's list; its heading says what is counted."""
_TEXT, _CHOICE = _("Text."), _("Choose from the list.")
_WAYS: dict[CellType, tuple] = {
    CODE: (_("A code as it is written, with its leading zeros."), "DB.01"),
    DATE: (_("Day, month and year; or month and year; or only the year."), "31/12/2018; 12/2018; 2018"),
    NUMBER: (_("A whole number from 0."), "25"),
    MARK: (_("x for yes; empty for no; “không” takes an x back."), "x"),
}
_WAYS[LAST_DAY] = _WAYS[DATE]
_EXAMPLES = {
    "self_rated": "HTTNV",
    "decided": "HTTNV",
    "level": "HTTNV",
    "year": "2018",
    "decision": "15-QĐ/TU",
}


def meaning_of(entry: WorkbookKind, column: Column) -> str:
    """What a column of a kind means."""
    is_listed = entry.common and column.key not in entry.common
    return str(COUNTED if is_listed else entry.prepared.meanings[column.key])


def way_of(column: Column, offers: bool) -> tuple[str, str]:
    """How a column is filled, and an example; `offers`: it has a list of its own."""
    how, example = _WAYS.get(column.type, (_CHOICE if offers else _TEXT, ""))
    if column.type.choices:
        return str(how), column.type.choices[-1]
    return str(how), _EXAMPLES.get(column.key, example)

"""What can be wrong with a row, and which of several faults is told."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from resolution03.lib.text import clean
from resolution03.lib.workbooks.reading import Cell, Formula

ORDER = (
    "required",
    "formula",
    "bad_code",
    "bad_date",
    "bad_number",
    "bad_choice",
    "unknown_code",
    "outside_unit",
    "wrong_year",
    "locked",
    "not_in_roster",
    "inconsistent",
    "duplicate",
    "undecided",
)
UNDECIDED = ORDER[-1]
"""Not at fault, but a page asks its user something first; no command meets it."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One error or warning: at a row and a column's heading, with what was found there.

    `cell`: where it stands, as Excel names it (`B19`); None where no cell is meant.
    """

    row: int | None
    column: str | None
    value: str | None
    code: str
    message: str
    cell: str | None = None

    def as_json(self) -> dict:
        return {
            "row": self.row,
            "column": self.column,
            "value": self.value,
            "code": self.code,
            "message": self.message,
        }


def cell_name(row: int, column: int) -> str:
    """A cell as Excel names it: rows are counted from 1, columns from 0."""
    letters, column = "", column + 1
    while column:
        column, letter = divmod(column - 1, 26)
        letters = chr(65 + letter) + letters
    return f"{letters}{row}"


def shown(cell: Cell) -> str | None:
    """A cell as an error names it; None for an empty one."""
    if cell is None:
        return None
    if isinstance(cell, Formula):
        return cell.text
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, date):
        return f"{cell:%d/%m/%Y %H:%M}" if isinstance(cell, datetime) else f"{cell:%d/%m/%Y}"
    return clean(cell) if isinstance(cell, str) else str(cell)


def in_words(fault: Fault, *, file: str, sheet: str | None) -> str:
    """The one line that tells a person where and what."""
    place = [file]
    if sheet:
        place.append(_("sheet “%(sheet)s”") % {"sheet": sheet})
    if fault.row:
        place.append(_("row %(row)s") % {"row": fault.row})
    if fault.column:
        place.append(_("column “%(column)s”") % {"column": fault.column})
    found = f" [{fault.value}]" if fault.value else ""
    return f"{', '.join(place)}{found}: {fault.message}"

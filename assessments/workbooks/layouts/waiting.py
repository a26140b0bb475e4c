"""Which sheets of an upload wait for an answer of their user: while one does, nothing is stored."""

from collections.abc import Collection, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from resolution03.lib.workbooks.faults import UNDECIDED, Fault
from resolution03.lib.workbooks.reading import Sheet

_FIRST = {
    "encoding": gettext_lazy("say first how its text is to be read, or leave the sheet out"),
    "is_outdated": gettext_lazy("look at its columns once more, or leave the sheet out"),
    "is_incomplete": gettext_lazy("say first of which year or place its rows are, or leave the sheet out"),
    "unknown": gettext_lazy("say first which column is what, or leave the sheet out"),
}
_OPEN = {*_FIRST, "names", "persons"}
"""The keys of a note that are there as long as something is asked about the sheet."""


def waits(note: Mapping) -> bool:
    """Whether the note of a sheet (`sheets.read_sheet`) tells of a question without an answer."""
    return any(note.get(key) for key in _OPEN)


def questions(note: Mapping) -> int:
    """How many answers a sheet waits for: one where it is not read yet, else one a name or person."""
    return len(note.get("names", ())) + len(note.get("persons", ())) or int(waits(note))


def fault_of_unread(note: Mapping) -> Fault | None:
    """What stands against storing a batch with a sheet that is not read yet."""
    words = next((words for key, words in _FIRST.items() if note.get(key)), None)
    return Fault(None, None, None, UNDECIDED, str(words)) if words else None


def holds_a_table(sheet: Sheet) -> bool:
    """False for titles and remarks: no row of the sheet has two filled cells."""
    return any(len(cells) - cells.count(None) > 1 for _number, cells in sheet.rows)


def told_to_wait(sheets: Collection[tuple[str, str]]) -> str:
    """Why nothing can be stored; `sheets`: (file, name of the sheet) of those that wait."""
    words = _("Nothing is stored: %(sheets)s waits for an answer. Answer first, or leave it out.")
    return words % {"sheets": "; ".join(f"“{sheet}” ({file})" for file, sheet in sheets)}

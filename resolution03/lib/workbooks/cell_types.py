"""A type of cell: how it is read, and what is no value of any type."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from resolution03.lib.text import clean, match_key
from resolution03.lib.workbooks.reading import Cell, Formula

CLEARING = match_key("xoá")
_LONGEST_CLEAR = 12
_ERRORS = {"#N/A", "#NAME?", "#NULL!", "#NUM!", "#DIV/0!", "#REF!", "#VALUE!"}


class Clear:
    """The word `xoá` in a cell: what is stored is cleared."""

    def __repr__(self) -> str:
        return "CLEAR"


CLEAR = Clear()


class BadCell(Exception):
    """A cell that its column does not understand; `code` is the fault's code."""

    def __init__(self, fault: str, message: str):
        super().__init__(message)
        self.fault = fault
        self.message = message


@dataclass(frozen=True, slots=True)
class CellType:
    """How the cells of a column are read. `parse` takes a cell that is not empty and returns
    its value or CLEAR, or raises BadCell. The text that was stored with a formula is read, in
    date and number columns its number or day as well; without such a value a formula is a fault.
    `blank` is stored for CLEAR; `choices`: all that may be written, where that is a list; `names`:
    how what is stored is written."""

    parse: Callable[[Cell], object]
    reads_formulas: bool = False
    blank: object = ""
    choices: tuple[str, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict, compare=False)

    def read(self, cell: Cell) -> object:
        if isinstance(cell, Formula):
            cell = self._cached(cell)
        elif type(cell) is str and not self.reads_formulas and "=" in cell and clean(cell)[:1] == "=":
            raise _formula()
        return self.parse(cell)

    def _cached(self, cell: Formula) -> Cell:
        """What the formula gave when it was saved; an empty text or an error is nothing."""
        cached = cell.cached
        if type(cached) is str:
            text = clean(cached)
            if not text or text in _ERRORS or text.startswith("="):
                raise _formula()
        elif cached is None or not self.reads_formulas:
            raise _formula()
        return cached


def _formula() -> BadCell:
    return BadCell("formula", _("a formula stands here: type the value itself"))


def refuse_error(value: str) -> None:
    if value in _ERRORS:
        raise BadCell("formula", _("a broken formula left its error here: type the value itself"))


def clears(value: str) -> bool:
    """Whether a cleaned text is the word that clears; most are longer or plainly another."""
    return len(value) < _LONGEST_CLEAR and not value.isascii() and match_key(value) == CLEARING


def plain_text(cell: Cell) -> str:
    """The text of a cell as it is stored; a whole number without its `.0`."""
    if isinstance(cell, str):
        return clean(cell)
    if isinstance(cell, date):
        return f"{cell:%d/%m/%Y}"
    return str(cell)

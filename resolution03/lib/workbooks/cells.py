"""What a cell says: text, codes, dates with their precision, marks, numbers, choices."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from resolution03.lib.codes import fault_of_number
from resolution03.lib.dates import (
    FIRST_YEAR,
    LAST_YEAR,
    HasTime,
    NotADate,
    PartialDate,
    read_partial,
)
from resolution03.lib.text import clean, code, match_key
from resolution03.lib.workbooks.reading import Cell, Formula

SERIALS = range(20_000, 60_001)
SERIAL_EPOCH = date(1899, 12, 30)

_INTEGER = re.compile(r"\d+|\d{1,3}(?:[. ]\d{3})+")
_YES = {match_key(mark) for mark in ("x", "×", "х", "v", "✓", "✔", "có", "1", "TRUE")}
_NO = {match_key(mark) for mark in ("-", "–", "không", "0", "FALSE")}
_CLEAR = match_key("xoá")
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


def _refuse_error(value: str) -> None:
    if value in _ERRORS:
        raise BadCell("formula", _("a broken formula left its error here: type the value itself"))


def _clears(value: str) -> bool:
    """Whether a cleaned text is the word that clears; most are longer or plainly another."""
    return len(value) < _LONGEST_CLEAR and not value.isascii() and match_key(value) == _CLEAR


def plain_text(cell: Cell) -> str:
    """The text of a cell as it is stored; a whole number without its `.0`."""
    if isinstance(cell, str):
        return clean(cell)
    if isinstance(cell, date):
        return f"{cell:%d/%m/%Y}"
    return str(cell)


def text(limit: int) -> CellType:
    """Text of at most `limit` characters."""

    def parse(cell: Cell) -> object:
        value = plain_text(cell)
        _refuse_error(value)
        if _clears(value):
            return CLEAR
        if len(value) > limit:
            raise BadCell("bad_choice", _("at most %(limit)s characters") % {"limit": limit})
        return value

    return CellType(parse)


def _parse_code(cell: Cell) -> object:
    if isinstance(cell, (int, float)) and (fault := fault_of_number(cell)):
        raise BadCell("bad_code", fault)
    value = code(cell) if isinstance(cell, str) else plain_text(cell).upper()
    _refuse_error(value)
    if _clears(value):
        return CLEAR
    return value


def _parse_date(cell: Cell) -> object:
    """A PartialDate; one of a month or a year stands for its first day."""
    if isinstance(cell, datetime):
        raise _has_time()
    if isinstance(cell, date):
        return _checked(cell)
    if isinstance(cell, int) and not isinstance(cell, bool):
        if cell in SERIALS:
            return _checked(SERIAL_EPOCH + timedelta(days=cell))
        cell = str(cell)
    if isinstance(cell, float) and SERIALS.start <= cell < SERIALS.stop:
        raise _has_time()
    if isinstance(cell, str):
        return _parse_date_text(clean(cell))
    raise _bad_date()


def _parse_date_text(value: str) -> object:
    if _clears(value):
        return CLEAR
    try:
        return read_partial(value)
    except HasTime:
        raise _has_time() from None
    except NotADate:
        raise _bad_date() from None


def _checked(day: date) -> PartialDate:
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise _bad_date()
    return PartialDate(day)


def _has_time() -> BadCell:
    return BadCell("bad_date", _("a time stands behind the day: write the day alone, as 31/12/2018"))


def _bad_date() -> BadCell:
    return BadCell("bad_date", _("not a date: write 31/12/2018, 12/2018 or 2018"))


def _parse_last_day(cell: Cell) -> object:
    value = _parse_date(cell)
    return value if value is CLEAR else value.last_day()


def _parse_number(cell: Cell) -> object:
    """A whole number from 0; `1.850` and `1 850` as text are 1850."""
    if isinstance(cell, int) and not isinstance(cell, bool) and cell >= 0:
        return _bounded(cell)
    if isinstance(cell, str):
        value = clean(cell)
        if _clears(value):
            return CLEAR
        if value.isascii() and _INTEGER.fullmatch(value):
            return _bounded(int(value.replace(".", "").replace(" ", "")))
        if re.fullmatch(r"\d+\.0+", value):
            return _bounded(int(value.split(".")[0]))
    raise _bad_number()


def _bounded(number: int) -> int:
    if number > 99_999_999:
        raise _bad_number()
    return number


def _bad_number() -> BadCell:
    return BadCell("bad_number", _("not a whole number from 0"))


def _parse_mark(cell: Cell) -> object:
    """True, or CLEAR for what says no."""
    key = match_key(plain_text(cell)) if not isinstance(cell, bool) else str(cell).lower()
    if key in _YES:
        return True
    if key in _NO or key == _CLEAR:
        return CLEAR
    raise BadCell("bad_choice", _("write x for yes and leave the cell empty for no"))


def choice(values: Mapping[str, str]) -> CellType:
    """One of `values`: what is written → what is stored."""
    known = {match_key(written): stored for written, stored in values.items()}

    def parse(cell: Cell) -> object:
        key = match_key(plain_text(cell))
        if key == _CLEAR:
            return CLEAR
        if key not in known:
            raise BadCell("bad_choice", _("write one of: %(list)s") % {"list": "; ".join(values)})
        return known[key]

    names = {stored: written for written, stored in values.items()}
    return CellType(parse, choices=tuple(values), names=names)


CODE = CellType(_parse_code, blank=None)
DATE = CellType(_parse_date, reads_formulas=True, blank=None)
LAST_DAY = CellType(_parse_last_day, reads_formulas=True, blank=None)
NUMBER = CellType(_parse_number, reads_formulas=True, blank=None)
MARK = CellType(_parse_mark, blank=False)

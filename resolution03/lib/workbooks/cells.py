"""What a cell says: text, codes, dates with their precision, marks, numbers, choices."""

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from types import MappingProxyType

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
from resolution03.lib.workbooks.cell_types import (
    CLEAR,
    CLEARING,
    BadCell,
    CellType,
    clears,
    plain_text,
    refuse_error,
)
from resolution03.lib.workbooks.reading import Cell

SERIALS = range(20_000, 60_001)
SERIAL_EPOCH = date(1899, 12, 30)

_INTEGER = re.compile(r"\d+|\d{1,3}(?:[. ]\d{3})+")
YES = {match_key(mark) for mark in ("x", "×", "х", "v", "✓", "✔", "có", "1", "TRUE")}
NO = {match_key(mark) for mark in ("-", "–", "không", "0", "FALSE")}


def text(limit: int) -> CellType:
    """Text of at most `limit` characters."""

    def parse(cell: Cell) -> object:
        value = plain_text(cell)
        refuse_error(value)
        if clears(value):
            return CLEAR
        if len(value) > limit:
            raise BadCell("bad_choice", _("at most %(limit)s characters") % {"limit": limit})
        return value

    return CellType(parse)


def _parse_code(cell: Cell) -> object:
    if isinstance(cell, (int, float)) and (fault := fault_of_number(cell)):
        raise BadCell("bad_code", fault)
    value = code(cell) if isinstance(cell, str) else plain_text(cell).upper()
    refuse_error(value)
    if clears(value):
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
    if clears(value):
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
    return value.last_day() if isinstance(value, PartialDate) else value


def _parse_number(cell: Cell) -> object:
    """A whole number from 0; `1.850` and `1 850` as text are 1850."""
    if isinstance(cell, int) and not isinstance(cell, bool) and cell >= 0:
        return _bounded(cell)
    if isinstance(cell, str):
        value = clean(cell)
        if clears(value):
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
    if key in YES:
        return True
    if key in NO or key == CLEARING:
        return CLEAR
    raise BadCell("bad_choice", _("write x for yes and leave the cell empty for no"))


def choice(
    values: Mapping[str, str], also: Mapping[str, str] = MappingProxyType({}), *, clears: bool = True
) -> CellType:
    """One of `values`: what is written → what is stored; `also`: what is read too, and named nowhere;
    `clears`: the word that clears is no value."""
    known = {match_key(written): stored for written, stored in {**also, **values}.items()}

    def parse(cell: Cell) -> object:
        key = match_key(plain_text(cell))
        if clears and key == CLEARING:
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

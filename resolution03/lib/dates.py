"""Dates as the registers know them: a day, a month or only a year."""

import calendar
import re
from collections.abc import Container, Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from resolution03.lib.text import clean

FIRST_YEAR, LAST_YEAR = 1900, 2100
OLDEST = 90
EARLIEST = date(1930, 1, 1)
"""The Party was founded in February 1930: before that nobody was admitted, nothing established."""


class Precision(models.TextChoices):
    DAY = "d", gettext_lazy("day")
    MONTH = "m", gettext_lazy("month")
    YEAR = "y", gettext_lazy("year")


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date with its precision; `day` is the day that the date stands for in comparisons.
    `is_short`: its year was typed with two digits."""

    day: date
    precision: Precision = Precision.DAY
    is_short: bool = field(default=False, compare=False)

    def first_day(self) -> "PartialDate":
        """The same date standing for its first day (a start)."""
        month = 1 if self.precision == Precision.YEAR else self.day.month
        day = self.day.day if self.precision == Precision.DAY else 1
        return PartialDate(date(self.day.year, month, day), self.precision)

    def last_day(self) -> "PartialDate":
        """The same date standing for its last day (`Đến ngày`)."""
        if self.precision == Precision.DAY:
            return self
        month = 12 if self.precision == Precision.YEAR else self.day.month
        last = calendar.monthrange(self.day.year, month)[1]
        return PartialDate(date(self.day.year, month, last), self.precision)

    def __str__(self) -> str:
        return written(self.day, self.precision)


def written(day: date | None, precision: str) -> str:
    """`14/05/2009`, `05/2009` or `2009`; `–` for None."""
    return f"{day:{_FORMATS[precision]}}" if day else "–"


_FORMATS: dict[str, str] = {Precision.DAY: "%d/%m/%Y", Precision.MONTH: "%m/%Y", Precision.YEAR: "%Y"}


def year_end(year: int) -> date:
    """31 December, the day on which a year is counted."""
    return date(year, 12, 31)


def partial(name: str) -> property:
    """A model's property: column `{name}_on` with its precision as a PartialDate, or None."""

    def read(row) -> PartialDate | None:
        day = getattr(row, f"{name}_on")
        return PartialDate(day, getattr(row, f"{name}_precision")) if day else None

    return property(read)


def with_precisions(names: Iterable[str], known: Container[str]) -> list[str]:
    """The `names` of columns; of a partial date the day and the precision, where both are `known`."""
    found: dict[str, None] = {}
    for name in names:
        stem = name.removesuffix("_on").removesuffix("_precision")
        both = (f"{stem}_on", f"{stem}_precision")
        is_partial = name in both and all(one in known for one in both)
        found |= dict.fromkeys(both if is_partial else (name,))
    return list(found)


class NotADate(ValueError):
    """A text that is no date; the message says to a user what would be one."""


class HasTime(NotADate):
    """A day with a time behind it, other than midnight."""


def read_partial(text: str) -> PartialDate:
    """A date as it is typed on pages and in workbooks, standing for its first day.

    `14/5/2009`, `5/2009`, `2009` (also with `-` or `.`), `2009-05-14`, a day with `Z` or 0:00
    behind it; `14/5/09` is of 20yy unless that is after today, else of 19yy; `00` is a day, or a
    day and a month, that nobody knows. Raises NotADate and HasTime.
    """
    written, is_day = _without_time(clean(text))
    if found := _ISO.fullmatch(written):
        return _made(found[3], found[2], found[1], text)
    if found := _SHORT.fullmatch(written):
        return _short(found[1], found[3], int(found[4]), text)
    found = None if is_day and not _ISO_OR_DAY.match(written) else _WRITTEN.fullmatch(written)
    if not found or (found[2] and found[2] != found[4]):
        raise NotADate(_("Not a date: write 31/12/2018, 12/2018 or 2018."))
    return _made(found[1], found[3], found[5], text)


def birth(value: PartialDate, admitted: date | None) -> PartialDate:
    """A date as that of a birth: of a year typed with two digits 19yy if that makes at most 90
    years at the admission, without one today, else 20yy."""
    if not value.is_short:
        return value
    day, on, year = value.day, admitted or timezone.localdate(), value.day.year % 100
    early, late = _of_year(day, 1900 + year), _of_year(day, 2000 + year)
    is_early = early is not None and (late is None or years_between(early, on) <= OLDEST)
    settled = early if is_early else late
    return PartialDate(settled, value.precision) if settled else value


def too_early(value: PartialDate, earliest: date | None) -> str:
    """That there can be no such day before `earliest`; empty where there can."""
    if earliest is None or value.day >= earliest:
        return ""
    return _("%(day)s: before %(year)s there can be no such day") % {"day": value, "year": earliest.year}


def years_between(start: date, end: date) -> int:
    """Whole years from one day to another, as ages are counted."""
    return end.year - start.year - ((end.month, end.day) < (start.month, start.day))


def _without_time(written: str) -> tuple[str, bool]:
    """What stands before a time of 0:00 or a `Z`, and whether one was there."""
    found = _BEHIND.fullmatch(written)
    if not found:
        return written, False
    if found["time"] and not _is_midnight(found["hour"], found["time"], found["half"], found["zone"]):
        raise HasTime(_("A time stands behind the day: write the day alone, for example 31/12/2018."))
    return found["day"], True


def _is_midnight(hour: str, time: str, half: str | None, zone: str | None) -> bool:
    """`0:00` in any length, `12:00` in the morning; in Vietnam or as UTC it is the same day."""
    if set(time) - set("0:.,") or (zone or "Z").upper().replace(":", "") not in _ZONES:
        return False
    return (half or "SA").upper() in _MORNING and int(hour) == (12 if half and int(hour) else 0)


def _short(day: str, month: str, year: int, text: str) -> PartialDate:
    """The year in this century unless that is after today."""
    try:
        found = _made(day, month, str(2000 + year), text)
    except NotADate:
        found = None
    if found is None or found.day > timezone.localdate():
        found = _made(day, month, str(1900 + year), text)
    return PartialDate(found.day, found.precision, is_short=True)


def _made(day: str | None, month: str | None, year: str, text: str) -> PartialDate:
    day = None if day in _UNKNOWN else day
    month = None if month in _UNKNOWN and day is None else month
    precision = Precision.DAY if day else Precision.MONTH if month else Precision.YEAR
    try:
        found = date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        found = None
    if found is None or not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise NotADate(_("There is no such day: %s.") % text)
    return PartialDate(found, precision)


def _of_year(day: date, year: int) -> date | None:
    """The same day in another year; None for a 29 February that is none there."""
    try:
        return day.replace(year=year)
    except ValueError:
        return None


_UNKNOWN = ("0", "00")
_WRITTEN = re.compile(r"(?:(?:(\d{1,2})\s*([/.-])\s*)?(\d{1,2})\s*([/.-])\s*)?(\d{4})", re.ASCII)
_SHORT = re.compile(r"(\d{1,2})\s*([/.-])\s*(\d{1,2})\s*\2\s*(\d\d)", re.ASCII)
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
_ISO_OR_DAY = re.compile(r"\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]", re.ASCII)
_BEHIND = re.compile(
    r"(?P<day>.*?\d)(?:(?:\s+|T)(?P<hour>\d{1,2})(?P<time>:\d\d(?::\d\d(?:[.,]\d+)?)?)"
    r"\s*(?P<half>SA|CH|AM|PM)?\s*(?P<zone>Z|[+-]\d\d:?\d\d)?|\s*Z)",
    re.ASCII | re.IGNORECASE,
)
_ZONES, _MORNING = {"Z", "+0000", "+0700"}, {"SA", "AM"}

"""Dates as the registers know them: a day, a month or only a year."""

import calendar
import re
from collections.abc import Container, Iterable
from dataclasses import dataclass
from datetime import date

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


class Precision(models.TextChoices):
    DAY = "d", gettext_lazy("day")
    MONTH = "m", gettext_lazy("month")
    YEAR = "y", gettext_lazy("year")


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date with its precision; `day` is the day that the date stands for in comparisons."""

    day: date
    precision: Precision = Precision.DAY

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


_FORMATS = {Precision.DAY: "%d/%m/%Y", Precision.MONTH: "%m/%Y", Precision.YEAR: "%Y"}


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


def read_partial(text: str) -> PartialDate:
    """`14/5/2009`, `5/2009` or `2009` (also with `-` or `.`), standing for its first day.

    Raises ValueError with words for the user when it is no date.
    """
    found = _WRITTEN.fullmatch(text.strip())
    if not found:
        raise ValueError(_("Not a date: write 31/12/2018, 12/2018 or 2018."))
    day, month, year = (int(part) if part else None for part in found.groups())
    precision = _precision(day, month)
    try:
        first = (1 if part is None else part for part in (month, day))
        return PartialDate(date(year, *first), precision)
    except ValueError:
        raise ValueError(_("There is no such day: %s.") % text) from None


def _precision(day: int | None, month: int | None) -> Precision:
    if day is not None:
        return Precision.DAY
    return Precision.YEAR if month is None else Precision.MONTH


_WRITTEN = re.compile(r"(?:(?:(\d{1,2})[/.-])?(\d{1,2})[/.-])?((?:19|20)\d\d)")

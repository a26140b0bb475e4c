"""Dates as the registers know them: a day, a month or only a year."""

import calendar
from dataclasses import dataclass
from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _


class Precision(models.TextChoices):
    DAY = "d", _("day")
    MONTH = "m", _("month")
    YEAR = "y", _("year")


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
        return f"{self.day:{_FORMATS[self.precision]}}"


_FORMATS = {Precision.DAY: "%d/%m/%Y", Precision.MONTH: "%m/%Y", Precision.YEAR: "%Y"}


def year_end(year: int) -> date:
    """31 December, the day on which a year is counted."""
    return date(year, 12, 31)

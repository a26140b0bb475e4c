"""When a village is at risk of being without members again (NQ 03-NQ/TU, II.5; DESIGN, figures).

Its own cell has three official members or fewer; or fewer than three are left when those who are exempt and
those who have reached an age, or reach it within a year, are taken off. Who has no date of birth is not
taken off: where that decides, it is not known.
"""

from datetime import date
from enum import StrEnum

FEW = 3
"""So many official members are few; fewer are too few to stay."""


class Risk(StrEnum):
    FEW = "few"
    LEAVING = "leaving"
    UNKNOWN = "unknown"


def risk_of(*, official: int, exempt: int, aged: int, unborn: int) -> Risk | None:
    """Of an own cell with so many official members: `exempt` and, of the others, `aged` ones and those
    without a date of birth (`unborn`); None where it is not at risk."""
    if official <= FEW:
        return Risk.FEW
    left = official - exempt - aged
    if left < FEW:
        return Risk.LEAVING
    return Risk.UNKNOWN if left - unborn < FEW else None


def born_by(year: int, age: int) -> date:
    """The last day of birth of who is `age` by the end of the year after."""
    return date(year + 1 - age, 12, 31)

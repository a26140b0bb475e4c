"""What the registers of members and village heads allow; pure, shared by pages and workbooks.

Sources: INTERFACE, readings 1, 2, 4 and "inconsistent".
"""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any, NamedTuple

from resolution03.lib.dates import years_between

YOUNGEST, OLDEST = 16, 100
READMITTED_AFTER = 3
"""Years between the leaving and a re-admission: 36 months (QĐ 208-QĐ/TW of 26/7/2026)."""


class Stay(NamedTuple):
    """From the first day in the roster to the first day no longer; None: still there."""

    joined_on: date
    left_on: date | None

    def holds(self, day: date) -> bool:
        return self.joined_on <= day and (self.left_on is None or day < self.left_on)


def stays(admitted_on: date, told: Iterable[tuple[date | None, date | None]]) -> list[Stay]:
    """The stays of a member of (arrival, leaving), the earliest first; one without an arrival began
    with the admission."""
    return [Stay(arrived or admitted_on, left) for arrived, left in told]


def is_present(day: date, found: Iterable[Stay]) -> bool:
    """In the roster on a day, in any of the stays (INTERFACE, readings 1 and 8)."""
    return any(stay.holds(day) for stay in found)


def comes_back(arrived_on: date | None, left_on: date | None) -> bool:
    """Whether an arrival comes after the leaving on file (INTERFACE, reading 8)."""
    return bool(arrived_on and left_on and left_on < arrived_on)


def is_return(stored: Mapping[str, Any], values: Mapping[str, Any]) -> bool:
    """Whether new values of a member are a return: an arrival after the leaving that is stored, and no
    leaving any more."""
    is_over = "left_on" in values and values["left_on"] is None
    return is_over and comes_back(values.get("arrived_on"), stored["left_on"])


def needs_readmission(leaving_reason: str) -> bool:
    """Who was put out of the Party or asked to go is admitted again by a decision; who was
    transferred is taken up."""
    return leaving_reason in ("expelled", "struck_off", "withdrew")


def earliest_readmission(left_on: date) -> date:
    """36 months after the leaving."""
    return _years_later(left_on, READMITTED_AFTER)


def terms_clash(first: tuple[date, date | None], second: tuple[date, date | None]) -> bool:
    """Whether two terms `(first day, last day)` put two heads of one village in post at once.

    A successor may start on the predecessor's last day (reading 2); None: still in post.
    """
    (_, earlier_end), (later_start, _) = sorted((first, second), key=lambda term: term[0])
    if first[0] == second[0]:
        return True
    return earlier_end is None or later_start < earlier_end


def is_official_in_order(admitted_on: date, official_on: date | None) -> bool:
    """Nobody is an official member before the admission."""
    return official_on is None or admitted_on <= official_on


def counted_until_in_order(first_day: date, left_on: date | None) -> bool:
    """`left_on` is the first day no longer counted: on or after the first day in the roster."""
    return left_on is None or first_day <= left_on


def is_death_ahead(reason: str | None, left_on: date | None, today: date) -> bool:
    """Other ends are decided beforehand, a death is not; the day after it is the first not counted."""
    return reason == "died" and left_on is not None and left_on > today + timedelta(days=1)


def needs_decision(reason: str | None) -> bool:
    """Who is expelled or struck off the list leaves by a decision, with number and date (the Party's
    charter, articles 8 and 35); who dies, moves or asks to leave need not."""
    return reason in ("expelled", "struck_off")


def is_age_at_admission(born_on: date, admitted_on: date) -> bool:
    """Whether the birth leaves an admission likely: from 16 to 100 years after it (INTERFACE)."""
    years = years_between(born_on, admitted_on)
    is_birthday = (born_on.month, born_on.day) == (admitted_on.month, admitted_on.day)
    return YOUNGEST <= years < OLDEST or (years == OLDEST and is_birthday)


def earliest_official(admitted_on: date) -> date:
    """Twelve months after the admission, the probation that the Party's charter asks for."""
    return _years_later(admitted_on, 1)


def _years_later(start: date, years: int) -> date:
    day = 28 if (start.month, start.day) == (2, 29) else start.day
    return start.replace(year=start.year + years, day=day)

"""What the registers of members and village heads allow; pure, shared by pages and workbooks.

Sources: INTERFACE, readings 1, 2, 4 and "inconsistent".
"""

from datetime import date, timedelta

from resolution03.lib.dates import years_between

YOUNGEST, OLDEST = 16, 100


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


def is_age_at_admission(born_on: date, admitted_on: date) -> bool:
    """Whether the birth leaves an admission likely: from 16 to 100 years after it (INTERFACE)."""
    years = years_between(born_on, admitted_on)
    is_birthday = (born_on.month, born_on.day) == (admitted_on.month, admitted_on.day)
    return YOUNGEST <= years < OLDEST or (years == OLDEST and is_birthday)


def earliest_official(admitted_on: date) -> date:
    """Twelve months after the admission, the probation that the Party's charter asks for."""
    day = 28 if (admitted_on.month, admitted_on.day) == (2, 29) else admitted_on.day
    return admitted_on.replace(year=admitted_on.year + 1, day=day)

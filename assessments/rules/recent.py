"""Who was admitted too short a time before the end of the year to be rated.

Source: QĐ 366-QĐ/TW (30/8/2025), art. 5.2.1: less than six months before 31 December. Six months from 30 June
are over on 30 December, from 1 July on 1 January: who was admitted on 30/6 is rated, on 1/7 not.
"""

from datetime import date


def last_day_rated(year: int) -> date:
    """Whoever was admitted after it is not rated in the year."""
    return date(year, 6, 30)


def is_recent(year: int, admitted_on: date) -> bool:
    """Admitted less than six months before 31 December."""
    return admitted_on > last_day_rated(year)

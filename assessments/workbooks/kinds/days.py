"""Days and places in the rows of a prepared workbook, as reading them gives what is stored."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.db.models import Q

from orgs.models import Organization
from resolution03.lib.dates import PartialDate, Precision


def lasted(end: str, day: date) -> Q:
    """What has no end, or none before a day."""
    return Q(**{f"{end}__isnull": True}) | Q(**{f"{end}__gte": day})


def dated(*names: str) -> Iterator[str]:
    """The attributes of days with their precision."""
    for name in names:
        yield from (f"{name}_on", f"{name}_precision")


def day_of(row: Mapping[str, Any], name: str) -> date | str | None:
    """A day as a date; a month or a year as the text that reads back with its precision."""
    day, precision = row[f"{name}_on"], row[f"{name}_precision"]
    if day is None or precision == Precision.DAY:
        return day
    return str(PartialDate(day, Precision(precision)))


def is_inside(unit: Organization, path: str | None) -> bool:
    return path is not None and path.startswith(unit.path)

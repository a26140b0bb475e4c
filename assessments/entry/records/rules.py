"""What may stand in a document or an event: one judge of form and action.

Sources: NQ 03-NQ/TU of 08/8/2016, parts II.2 and III.1-4 (DOMAIN-additions E).
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from assessments.entry.records.kinds import LEAST, MOST, Kind

Fault = tuple[str, str]
"""A field, and why what stands in it cannot be stored."""


def faults(kind: Kind, values: Mapping[str, Any], *, year: int, today: date) -> list[Fault]:
    """Why these values of `kind.fields` and `on` cannot stand in `year`; empty when they can."""
    return [
        *missing(kind, values),
        *day_faults(kind, values.get("on"), year=year, today=today),
        *number_faults(kind, values),
    ]


def missing(kind: Kind, values: Mapping[str, Any]) -> Iterator[Fault]:
    for name in ("on", *kind.needed):
        if values.get(name) in (None, ""):
            yield name, _("This must be given.")


def day_faults(kind: Kind, day: date | None, *, year: int, today: date) -> Iterator[Fault]:
    """At most one: before the resolution, in the future, or in another year."""
    if day is None:
        return
    told = {"day": f"{day:%d/%m/%Y}", "year": year, "in": day.year}
    if kind.since and day < kind.since:
        words = _("%(day)s lies before the resolution of %(since)s.")
        yield "on", words % (told | {"since": f"{kind.since:%d/%m/%Y}"})
    elif day > today:
        yield "on", _("%(day)s lies after today.") % told
    elif day.year != year:
        words = _("%(day)s is no day of %(year)s: what is of %(in)s is entered in the year %(in)s.")
        yield "on", words % told


def number_faults(kind: Kind, values: Mapping[str, Any]) -> Iterator[Fault]:
    """Counts out of their bounds, then counts that are more than what they are among."""
    for name in kind.numbers:
        count, least = values.get(name), LEAST.get(name, 0)
        if count is not None and not least <= count <= MOST:
            told = {"least": least, "most": MOST, "count": count}
            words = _("A whole number from %(least)s to %(most)s, found %(count)s.")
            yield name, words % told
    for one in kind.parts:
        part, whole = values.get(one.part), values.get(one.whole)
        if part is not None and whole is not None and part > whole:
            yield one.part, str(one.words) % {"part": part, "whole": whole}

"""The locks of a writing action in the one order that all keep: years first, then rows by primary
key, then the data version (ADR 10).

Who changes a register, a rule or more than one year holds all years; who writes into one year holds
that one. No lock keeps others from referring to the row: foreign keys are never waited for.
"""

from collections.abc import Collection, Iterator
from contextlib import contextmanager

from django.utils.translation import gettext as _

from assessments.rules.models.schemes import Scheme
from assessments.rules.models.years import RatingYear
from assessments.rules.years import never_opened
from orgs.versions import writing
from resolution03.lib.errors import Refusal


@contextmanager
def writing_years() -> Iterator[None]:
    """`orgs.versions.writing` for an action that needs all years: they are held before it begins."""
    with writing():
        hold_years()
        yield


def hold_year(year: int) -> RatingYear:
    """The year as it stands now; until the transaction ends nobody else writes into it. NotPossible
    where there is none."""
    found = hold_years([year])
    if not found:
        raise never_opened(year)
    return found[0]


def hold_open_year(year: int) -> RatingYear:
    """As `hold_year`; Refusal where the year is not open."""
    found = hold_year(year)
    if not found.is_open:
        raise Refusal(_("Year %(year)s is closed.") % {"year": year})
    return found


def hold_years(years: Collection[int] | None = None) -> list[RatingYear]:
    """These years (None: all), held likewise, in the order of their numbers. Before there is any, the
    schemes stand for them, which are there from the beginning."""
    rows = RatingYear.objects.select_for_update(no_key=True).order_by("pk")
    if years is not None:
        return list(rows.filter(pk__in=years))
    if found := list(rows):
        return found
    list(Scheme.objects.select_for_update(no_key=True).order_by("pk"))
    return list(rows.all())

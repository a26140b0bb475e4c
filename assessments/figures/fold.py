"""Tallies of many years and units, read once and folded for the indicators."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import IntegerField, Q, QuerySet, Sum
from django.db.models.functions import Cast

from assessments.roster.keys import COVERED, EXEMPT, TOTAL, UNRATED
from assessments.roster.models.tallies import Tally
from assessments.rules.models.years import RatingYear

Counts = dict[tuple[str, str], int]
"""Subject and key → how many."""

_STATES = {COVERED, TOTAL, UNRATED, EXEMPT}


def read(
    years: Iterable[RatingYear],
    *,
    detailed: Iterable[int] | None = None,
    unit: int | None = None,
    kept: Iterable[tuple] | None = None,
) -> tuple[dict[tuple[int, int | None], Counts], set]:
    """Counts of each year and unit (unit None: the province), and the reported ones among them.

    Given `detailed`, of other years only the province and `unit` are read, and the database adds
    the province up. A reported total stands for its lines: its roster is the total given, else
    what its levels add up to, at least the lines that it covers (INTERFACE, reading 7). `kept`
    are rows to fold instead of the stored ones, as `_single` gives them.
    """
    rows = Tally.objects.filter(year__in=[year.pk for year in years]).order_by()
    counts: dict = defaultdict(lambda: defaultdict(int))
    totals: dict = defaultdict(dict)
    for year, at, organization, subject, key, count, is_reported in (
        _single(rows, detailed, unit) if kept is None else kept
    ):
        if is_reported or key == COVERED:
            totals[year, at, organization, subject][key] = count
            continue
        place = subject, key
        counts[year, at][place] += count
        if detailed is None:
            counts[year, None][place] += count
    if detailed is not None:
        for year, subject, key, count in _summed(rows):
            counts[year, None][subject, key] = count
    return counts, _add_reported(counts, totals)


def _single(rows: QuerySet, detailed: Iterable[int] | None, unit: int | None) -> QuerySet:
    """Rows that stand for themselves: of detailed years, of `unit`, and all about reported ones."""
    if detailed is not None:
        wanted = Q(is_reported=True) | Q(key=COVERED) | Q(year__in=list(detailed))
        rows = rows.filter(wanted | Q(unit=unit) if unit else wanted)
    # As a number: a truth value would be made in Python, row by row.
    flagged = rows.annotate(reported=Cast("is_reported", IntegerField()))
    return flagged.values_list("year_id", "unit_id", "organization_id", "subject", "key", "count", "reported")


def _summed(rows: QuerySet) -> QuerySet:
    """The province's counts, added up by the database."""
    counted = rows.filter(is_reported=False).exclude(key=COVERED)
    return counted.values_list("year_id", "subject", "key").annotate(Sum("count"))


def _add_reported(counts, totals) -> set:
    reported = set()
    for (year, unit, _organization, subject), keys in totals.items():
        levels = {key: count for key, count in keys.items() if key not in _STATES}
        rated = sum(levels.values())
        roster = keys.get(TOTAL, max(rated, keys.get(COVERED, 0)))
        for place in ((year, unit), (year, None)):
            for key, count in (*levels.items(), (UNRATED, max(0, roster - rated))):
                counts[place][subject, key] += count
            reported.add((*place, subject))
    return reported

"""Tallies of many years and units, read once and folded for the indicators."""

from collections import defaultdict
from collections.abc import Iterable

from assessments.models import RatingYear, Tally
from assessments.tallies import COVERED, EXEMPT, TOTAL, UNRATED

Counts = dict[tuple[str, str], int]
"""Subject and key → how many."""

_STATES = {COVERED, TOTAL, UNRATED, EXEMPT}


def read(years: Iterable[RatingYear]) -> tuple[dict[tuple[int, int | None], Counts], set]:
    """Counts of each year and unit (unit None: the province), and the reported ones among them.

    A reported total stands for its lines: its roster is the total given, else what its levels
    add up to, at least the lines that it covers (INTERFACE, reading 7).
    """
    counts: dict = defaultdict(lambda: defaultdict(int))
    totals: dict = defaultdict(dict)
    rows = Tally.objects.filter(year__in=[year.pk for year in years]).order_by()
    for year, unit, organization, subject, key, count, is_reported in rows.values_list(
        "year_id", "unit_id", "organization_id", "subject", "key", "count", "is_reported"
    ):
        if is_reported or key == COVERED:
            totals[year, unit, organization, subject][key] = count
        else:
            counts[year, unit][subject, key] += count
            counts[year, None][subject, key] += count
    reported = _add_reported(counts, totals)
    return counts, reported


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

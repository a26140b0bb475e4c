"""The ways that three units chose for some of their villages in the last year."""

from accounts.actors import Actor
from assessments.figures.heads.actions import choose_ways
from assessments.figures.heads.models import Way
from assessments.figures.heads.villages import villages
from assessments.operations.demonstration.province import LAST_YEAR
from assessments.roster.models.village_lines import VillageLine
from assessments.rules.models.years import RatingYear, Submission

CHOSEN = {"KP": "abab", "KR": "aab", "DH": "baba"}
"""Unit → the ways of its first villages that have both: A six times, B five times."""


def choose(*, by: Actor) -> None:
    """In the last year, while it is open."""
    year = RatingYear.objects.get(pk=LAST_YEAR)
    for unit in Submission.objects.filter(year=year, code__in=CHOSEN).select_related("unit"):
        lines = VillageLine.objects.under(unit.unit)
        both = [one.line for one in villages(lines, year) if len(one.ways) == len(Way)]
        choose_ways(by=by, unit=unit, ways=dict(zip(both, CHOSEN[unit.code], strict=False)))

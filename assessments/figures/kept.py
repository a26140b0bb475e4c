"""The figures of a closed year as they stood at one of its revisions, from the kept tallies.

The same `board` as everywhere counts them; only its rows and its rules are those kept.
"""

from collections.abc import Iterable, Mapping

from assessments.figures.board import Board, board
from assessments.roster.kept import FIELDS
from assessments.roster.models.tallies import Tally
from assessments.rules.models.years import RatingYear, YearRevision, YearState

Place = tuple[int, str, str]
"""Unit, subject and key of a counted tally."""


def year_at(revision: YearRevision) -> RatingYear:
    """The year with the rules of the revision; not to be saved."""
    year = revision.year
    return RatingYear(
        pk=year.pk,
        state=YearState.CLOSED,
        scheme=year.scheme,
        province_id=year.province_id,
        province_name=year.province_name,
        revision=revision.number,
        closed_at=revision.at,
        frozen=revision.rules,
    )


def board_at(revision: YearRevision) -> Board:
    """Every figure of the revision, of the province and of each unit."""
    rows = ((revision.year_id, *row) for row in revision.tallies)
    return board([year_at(revision)], kept=rows)


def boards_with(year: RatingYear, deltas: Mapping[Place, int]) -> tuple[Board, Board]:
    """The figures of a year as they stand, and as they would stand with `deltas` added."""
    rows = list(_stored(year))
    more = [
        (year.pk, unit, unit, subject, key, delta, False) for (unit, subject, key), delta in deltas.items()
    ]
    return board([year], kept=rows), board([year], kept=rows + more)


def _stored(year: RatingYear) -> Iterable[tuple]:
    for row in Tally.objects.filter(year=year).order_by().values_list(*FIELDS):
        yield year.pk, *row

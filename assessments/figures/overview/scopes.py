"""Whose numbers stand on an overview: never those of two scopes without a heading each."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from assessments.figures import pages
from assessments.figures.board import Board
from assessments.figures.figure import Figure
from assessments.figures.indicators import leading
from assessments.roster.models.tallies import RATED, Subject
from assessments.rules.models.years import RatingYear, Submission
from orgs.scoping import posted_organization


@dataclass(frozen=True, slots=True)
class RosterLine:
    """How large the roster of one scope is. `heading`: whose it is, empty where the page has but one;
    `accepted`: how many grassroots organizations the Board has accepted, and of how many rated ones; None
    where the user does not see all of them."""

    heading: str
    roster: Mapping[Subject, Figure]
    villages: int
    accepted: tuple[int, int] | None


def own_name(user) -> str:
    """Whose the attention, the submissions and the own rows are; empty for whoever sees every unit."""
    posted = posted_organization(user)
    return "" if pages.sees_all_units(user) or posted is None else posted.name


def roster_lines(
    user,
    year: RatingYear,
    figures: Board,
    submissions: list[Submission],
    only: Submission | None,
    accepted: tuple[int, int],
) -> list[RosterLine]:
    """Of the page's own scope; for an officer on the province's page the province's, then the own unit's."""
    if only or pages.sees_all_units(user):
        return [_line("", year, figures, only, accepted)]
    province = _line(_("Whole province"), year, figures, None, None)
    return [province, *(_line(own.name, year, figures, own, accepted) for own in submissions)]


def _line(
    heading: str,
    year: RatingYear,
    figures: Board,
    unit: Submission | None,
    accepted: tuple[int, int] | None,
) -> RosterLine:
    unit_id = unit.unit_id if unit else None
    roster = {subject: figures.figure(leading(subject).code, year.pk, unit_id) for subject in RATED}
    villages = figures.counts.get((year.pk, unit_id), {}).get((Subject.VILLAGE, "total"), 0)
    return RosterLine(heading, roster, villages, accepted)

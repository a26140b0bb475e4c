"""What a user's report speaks of: the province, or a unit whose whole year the user may see."""

from django.http import Http404

from assessments.figures import pages
from assessments.reports.declared import Matter, matter_of
from assessments.roster.models.tallies import RATED
from assessments.rules.models.years import RatingYear, Submission
from orgs.scoping import posted_organization


def own_units(user, year: RatingYear) -> list[Submission]:
    """The units whose whole year one may see."""
    posted = posted_organization(user)
    return [
        held
        for held in pages.visible_submissions(user, year)
        if posted.parent_id is None or held.unit_id == posted.pk
    ]


def matter_for(user, year: RatingYear, code: str = "") -> Matter:
    """Of the unit named; without one of the province, or of the only unit that one sees."""
    units = own_units(user, year)
    if code:
        held = pages.unit_or_404(units, code)
    elif pages.sees_all_units(user):
        return matter_of(year, posted_organization(user), None)
    elif units:
        held = units[0]
    else:
        raise Http404
    return matter_of(year, held.unit, held)


def rows_of_matter(matter: Matter) -> int:
    """The lines of the year that a report may go through."""
    return sum(matter.lines(subject).count() for subject in RATED)

"""Where a user stands in a year: the unit's submission, its lines, and what is open to them."""

from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpRequest
from django.utils import timezone

from assessments.models import MemberLine, OrganizationLine, RatingYear, Submission
from assessments.views.year_choice import year_or_404
from orgs.scoping import posted_organization


@dataclass(frozen=True)
class Desk:
    """A unit's year as one user meets it."""

    year: RatingYear
    submission: Submission
    user: object

    @property
    def organizations(self):
        """The organizations of the roster that the user sees."""
        return OrganizationLine.objects.visible_to(self.user).in_roster().filter(
            year=self.year, unit=self.submission.unit_id
        )

    @property
    def members(self):
        return MemberLine.objects.visible_to(self.user).in_roster().filter(
            year=self.year, unit=self.submission.unit_id
        )

    @property
    def is_locked(self) -> bool:
        return not self.year.is_open or self.submission.is_locked

    @property
    def due_on(self) -> date | None:
        return due_on(self.submission, self.year)

    @property
    def days_left(self) -> int | None:
        return days_left(self.due_on)

    @property
    def days_late(self) -> int:
        return max(0, -(self.days_left or 0))


def desk_or_404(user, year: int) -> Desk:
    """The desk of an officer or clerk; 404 for a year never opened or a unit not in it."""
    found = year_or_404(year)
    place = posted_organization(user)
    rows = Submission.objects.visible_to(user).filter(year=found).select_related("unit")
    submissions = list(rows[:2])
    if place is None or len(submissions) != 1:
        raise Http404
    submissions[0].year = found
    return Desk(found, submissions[0], user)


def posted(request: HttpRequest):
    """What a form is bound to: the posted fields, also when there are none; None otherwise."""
    return request.POST if request.method == "POST" else None


def due_on(submission: Submission, year: RatingYear) -> date | None:
    """The unit's own day if it was given one, else the year's."""
    return submission.due_on or year.due_on


def days_left(day: date | None) -> int | None:
    """Days until the deadline; negative when it is over."""
    return (day - timezone.localdate()).days if day else None

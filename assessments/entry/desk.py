"""Where a user stands in a year: the unit's submission, its lines, and what is open to them."""

from dataclasses import dataclass
from functools import cached_property

from django.http import Http404, HttpRequest

from accounts.models import Role, User
from assessments.figures.year_choice import year_or_404
from assessments.roster.models.line import RatedLineQuerySet
from assessments.roster.models.lines import MemberLine, OrganizationLine
from assessments.roster.querysets import MemberLineQuerySet
from assessments.rules import deadlines
from assessments.rules.deadlines import Due
from assessments.rules.models.years import RatingYear, Submission
from orgs.scoping import posted_organization


@dataclass(frozen=True)
class Desk:
    """A unit's year as one user meets it."""

    year: RatingYear
    submission: Submission
    user: User

    @property
    def organizations(self) -> RatedLineQuerySet:
        """The organizations of the roster that the user sees."""
        return (
            OrganizationLine.objects.visible_to(self.user)
            .in_roster()
            .filter(year=self.year, unit=self.submission.unit_id)
        )

    @property
    def members(self) -> MemberLineQuerySet:
        return (
            MemberLine.objects.visible_to(self.user)
            .in_roster()
            .filter(year=self.year, unit=self.submission.unit_id)
        )

    @property
    def all_lines(self) -> tuple:
        """Organizations and members that the user sees, also those that left the roster."""
        return tuple(
            model.objects.visible_to(self.user).filter(year=self.year, unit=self.submission.unit_id)
            for model in (OrganizationLine, MemberLine)
        )

    @property
    def is_locked(self) -> bool:
        return not self.year.is_open or self.submission.is_locked

    @cached_property
    def due(self) -> Due | None:
        """What the user has to keep now; a clerk keeps the day of the drafts."""
        is_draft = self.user.role == Role.CLERK
        return deadlines.of_year(self.year).now(self.submission, is_draft=is_draft)


def desk_or_404(user, year: int) -> Desk:
    """The desk of an officer or clerk; 404 for a year never opened or a unit not in it."""
    found = year_or_404(year)
    place = posted_organization(user)
    rows = Submission.objects.visible_to(user).filter(year=found).select_related("unit").with_changes()
    submissions = list(rows[:2])
    if place is None or len(submissions) != 1:
        raise Http404
    submissions[0].year = found
    if place.pk != submissions[0].unit_id:
        submissions[0].changes_waiting = 0  # Who stands below the unit sees no changes of its list.
    return Desk(found, submissions[0], user)


def posted(request: HttpRequest):
    """What a form is bound to: the posted fields, also when there are none; None otherwise."""
    return request.POST if request.method == "POST" else None

"""The first screen of an officer or clerk whose organization ended: what became of it, whom to ask, and the
years that may still be read."""

from dataclasses import dataclass

from django.urls import reverse

from accounts.models import User
from accounts.permissions import Permission, may
from assessments.rules.models.years import RatingYear, Submission
from orgs.aftermath import aftermath
from orgs.models import Organization


@dataclass(frozen=True, slots=True)
class PastYear:
    """One year in which the organization stands; `figures_url` is empty where the role reads none."""

    submission: Submission
    figures_url: str

    @property
    def year(self) -> RatingYear:
        return self.submission.year

    @property
    def is_to_do(self) -> bool:
        """The year is open and its rows are still with the unit."""
        return self.year.is_open and not self.submission.is_locked


def context(user: User, body: Organization) -> dict:
    """What the page of an ended organization says to whoever stands at it."""
    years = _years(user)
    return {"found": aftermath(body), "years": years, "to_do": [one for one in years if one.is_to_do]}


def _years(user: User) -> list[PastYear]:
    """The latest first."""
    rows = Submission.objects.visible_to(user).select_related("year", "unit").with_changes()
    sees = may(user, Permission.VIEW_FIGURES)
    return [PastYear(row, _figures(row) if sees else "") for row in rows.order_by("-year", "position")]


def _figures(submission: Submission) -> str:
    return reverse("assessments:unit", args=[submission.year_id, submission.code])

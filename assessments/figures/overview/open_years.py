"""The years that are open at once, the oldest first, as the Board follows them."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.permissions import Permission, may
from assessments.figures.overview.attention import Item, due_lines
from assessments.rules import deadlines
from assessments.rules.deadlines import Due
from assessments.rules.models.deadlines import Stage
from assessments.rules.models.years import RatingYear, Submission, SubmissionState
from assessments.rules.years import open_years
from resolution03.lib.figures import number

_BEGUN = (SubmissionState.NOT_BEGUN, SubmissionState.IN_PROGRESS)


@dataclass(frozen=True, slots=True)
class OpenYear:
    """How many units of an open year stand where; `lines`: what was returned or is overdue."""

    year: RatingYear
    states: Counter
    due: Due
    lines: list[Item]

    @property
    def units(self) -> int:
        return self.states.total()

    @property
    def accepted(self) -> int:
        return self.states[SubmissionState.ACCEPTED]

    @property
    def waiting(self) -> int:
        return self.states[SubmissionState.SUBMITTED]

    @property
    def returned(self) -> int:
        return self.states[SubmissionState.RETURNED]

    @property
    def begun(self) -> int:
        """Those that are still entering, or have not begun."""
        return sum(self.states[state] for state in _BEGUN)

    @property
    def unfinished(self) -> int:
        return self.units - self.accepted

    @property
    def url(self) -> str:
        """Where the Board goes on."""
        if self.units and not self.unfinished:
            return reverse("assessments:year_close", args=[self.year.pk])
        part = f"?state={SubmissionState.SUBMITTED}" if self.waiting else ""
        return reverse("assessments:review_year", args=[self.year.pk]) + part

    @property
    def button(self) -> str:
        if self.units and not self.unfinished:
            return _("Close %(year)s…") % {"year": self.year.pk}
        if self.waiting:
            words = ngettext("Review %(n)s unit", "Review %(n)s units", self.waiting)
            return words % {"n": number(self.waiting)}
        return _("See the progress")


def both(user, years: Iterable[RatingYear]) -> list[OpenYear]:
    """The open years for whoever reviews; none unless there are two. Two queries for any number of units."""
    found = open_years(years)
    if len(found) < 2 or not may(user, Permission.REVIEW):
        return []
    dues = deadlines.of_years(found)
    rows = Submission.objects.visible_to(user).filter(year__in=found).with_changes()
    held: dict[int, list[Submission]] = {year.pk: [] for year in found}
    for row in rows.select_related("unit"):
        held[row.year_id].append(row)
    return [
        OpenYear(
            year,
            Counter(row.state for row in held[year.pk]),
            dues[year.pk].of(Stage.SUBMISSION),
            list(due_lines(user, year, held[year.pk], dues[year.pk])),
        )
        for year in found
    ]

"""The first screen of an officer or clerk while two years are open: both, the old one first."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Role
from assessments.entry.desk import Desk, desk_or_404
from assessments.entry.grid.kinds import kinds_for
from assessments.figures.board import board
from assessments.figures.indicators import HEADS
from assessments.figures.steps import Step
from assessments.figures.words import counted, gap, rule_sign
from assessments.review.submitting.transitions import can
from assessments.roster.models.tallies import RATED, Subject
from assessments.roster.progress import Progress, progress
from assessments.rules.models.years import SubmissionState
from assessments.rules.years import all_years, open_years
from resolution03.lib.figures import number

NOTHING = Progress()


@dataclass(frozen=True)
class OpenYear:
    """One open year as its officer or clerk meets it."""

    desk: Desk
    lists: dict[Subject, Progress]

    @property
    def year(self) -> int:
        return self.desk.year.pk

    @property
    def returned(self) -> int:
        return sum(part.returned for part in self.lists.values())

    @property
    def blank(self) -> int:
        return sum(part.blank for part in self.lists.values())

    @cached_property
    def finding(self) -> str:
        """The year in one clause of the title."""
        told = {"year": self.year, "n": number(self.returned)}
        if self.returned:
            words = ngettext(
                "%(n)s row of %(year)s returned", "%(n)s rows of %(year)s returned", self.returned
            )
            return words % told
        if self.desk.submission.state == SubmissionState.ACCEPTED:
            return _("year %(year)s is accepted") % told
        if self.desk.is_locked:
            return _("year %(year)s is with the Board") % told
        blank = ngettext("%(n)s row blank", "%(n)s rows blank", self.blank) % {"n": number(self.blank)}
        return _("year %(year)s is open, %(blank)s") % {"year": self.year, "blank": blank}

    def steps(self) -> Iterator[Step]:
        """Returned rows first, then what is blank, then the submission; nothing of a locked year."""
        if self.desk.is_locked:
            return
        if self.returned:
            yield self._answer()
        if self.blank:
            yield self._rate()
        yield from self._submit()

    def _answer(self) -> Step:
        words = ngettext(
            "Answer %(n)s returned row of %(year)s", "Answer %(n)s returned rows of %(year)s", self.returned
        )
        submission = self.desk.submission
        since = timezone.localtime(submission.since) if submission.since else None
        told = [
            *self._by_list("returned"),
            _("returned on %(day)s") % {"day": f"{since:%d/%m/%Y}"} if since else "",
            f"“{submission.message}”" if submission.message else "",
            self._until(),
        ]
        button = ngettext("Open %(n)s row", "Open %(n)s rows", self.returned)
        count = {"n": number(self.returned), "year": self.year}
        return Step(words % count, _joined(told), self._entry("returned"), button % count, "reply")

    def _rate(self) -> Step:
        rated = sum(part.rated for part in self.lists.values())
        roster = sum(part.roster for part in self.lists.values())
        told = [
            _("list as of %(day)s") % {"day": f"31/12/{self.year}"},
            *self._by_list("blank"),
            _("rated %(n)s of %(all)s") % {"n": number(rated), "all": number(roster)},
            self._until(),
        ]
        title = _("Enter the ratings of %(year)s") % {"year": self.year}
        return Step(title, _joined(told), self._entry("blank"), _("Open the grid"))

    def _submit(self) -> Iterator[Step]:
        """An officer sends the year, once nothing is returned and blank."""
        if self.desk.user.role == Role.CLERK or not can(self.desk.submission, "submit"):
            return
        is_again = self.desk.submission.state == SubmissionState.RETURNED
        words = _("Send the year %(year)s again") if is_again else _("Submit the year %(year)s")
        title = words % {"year": self.year}
        if self.returned:
            yield Step(title, _("appears once every returned row is changed or has a reason"))
        elif self.blank:
            yield Step(title, _("appears once every row has a level or a reason"))
        else:
            address = reverse("assessments:submit", args=[self.year])
            yield Step(title, self._until(), address, _("Check and submit…"), "upload")

    def heads(self) -> Iterator[Step]:
        """Of a year that is not over: heads can still join, or be entered, until its last day."""
        if self.desk.user.role == Role.CLERK or self.year < timezone.localdate().year:
            return
        figure = board([self.desk.year]).figure(HEADS.code, self.year, self.desk.submission.unit_id)
        if not figure.denominator or figure.numerator is None:
            return
        others = figure.denominator - figure.numerator
        have = f"{number(figure.numerator)}/{number(figure.denominator)}"
        told = [_("%(have)s are members") % {"have": have}, gap(figure), rule_sign(figure)]
        address = reverse(
            "assessments:unit_drilldown", args=[self.year, HEADS.code, self.desk.submission.code]
        )
        yield Step(
            _("Bring the village heads up to date before %(day)s") % {"day": f"31/12/{self.year}"},
            _joined(told),
            f"{address}?part=missed",
            _("See %(villages)s") % {"villages": counted("village", others)},
            "people",
        )

    def _by_list(self, what: str) -> list[str]:
        """`3 grassroots organizations` of each list that has some."""
        found = ((RATED[subject], getattr(part, what)) for subject, part in self.lists.items())
        return [f"{number(count)} {label}" for label, count in found if count]

    def _entry(self, what: str) -> str:
        """The grid of the first list that has such rows."""
        subject = next(subject for subject, part in self.lists.items() if getattr(part, what))
        return reverse("assessments:entry", args=[self.year, subject.list]) + f"?filter={what}"

    def _until(self) -> str:
        due = self.desk.due
        if due is None or due.on is None:
            return ""
        words = _("overdue since %(day)s") if due.days_late else _("due %(day)s")
        return words % {"day": f"{due.on:%d/%m/%Y}"}


def both(user) -> list[OpenYear]:
    """The open years of the user's unit, the oldest first; none unless there are two."""
    years = open_years(all_years())
    found = [_open_year(user, year.pk) for year in years] if len(years) > 1 else []
    known = [year for year in found if year]
    return known if len(known) > 1 else []


def _open_year(user, year: int) -> OpenYear | None:
    """None where the unit does not stand in that year."""
    try:
        desk = desk_or_404(user, year)
    except Http404:
        return None
    kinds = kinds_for(user)
    parts = progress(desk.organizations, "kind")
    lists = {kind: parts.get((kind.value,), NOTHING) for kind in (Subject.GRASSROOTS, Subject.AFFILIATED)}
    if Subject.MEMBER.list in kinds:
        lists[Subject.MEMBER] = progress(desk.members, "unit_id").get((desk.submission.unit_id,), NOTHING)
    return OpenYear(desk, lists)


def title(years: list[OpenYear]) -> str:
    return capfirst("; ".join(year.finding for year in years))


def steps(years: list[OpenYear]) -> list[Step]:
    """The old year's before the new one's; the village heads last."""
    return [step for year in years for step in year.steps()] + [
        step for year in years for step in year.heads()
    ]


def _joined(parts: list[str]) -> str:
    return " · ".join(part for part in parts if part)

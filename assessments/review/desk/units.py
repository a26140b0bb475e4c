"""The list of the review desk: the units of a year, and what waits for the Board."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from assessments.figures.overview.attention import CHANGED
from assessments.roster import answering
from assessments.roster.facts import reviews
from assessments.roster.models.lines import MemberLine, OrganizationLine
from assessments.roster.progress import Progress, progress
from assessments.roster.standing import changes_in_words
from assessments.roster.submitted import last_submissions
from assessments.rules.deadlines import LATE, Deadlines, Due
from assessments.rules.models.years import RatingYear, Submission, SubmissionState

NOTHING = Progress()
WITH_THE_UNIT = (SubmissionState.NOT_BEGUN, SubmissionState.IN_PROGRESS)
REVIEWED = (SubmissionState.SUBMITTED, SubmissionState.RETURNED)
_EVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class UnitRow:
    """One unit in the list. `exceptions`: of organizations and members, of a unit that the Board
    reviews, and unanswered changes of its list; `blank`: rows without anything, of a unit that is still
    entering."""

    submission: Submission
    progress: Progress
    exceptions: int
    blank: int
    due: Due | None
    is_again: bool

    @property
    def is_with_the_board(self) -> bool:
        return self.submission.state == SubmissionState.SUBMITTED


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something that waits for the Board, since when."""

    title: str
    detail: str
    url: str
    since: datetime | None


def unit_rows(year: RatingYear, submissions, dues: Deadlines) -> list[UnitRow]:
    """All units with state, progress, deadline and exceptions; the same queries for any number."""
    submissions = list(submissions)
    organizations = OrganizationLine.objects.filter(year=year).in_roster()
    members = MemberLine.objects.named().filter(year=year).in_roster()
    parts = progress(organizations, "unit_id")
    blanks = progress(members.filter(unit__in=_units(submissions, WITH_THE_UNIT)), "unit_id")
    reviewed = _units(submissions, REVIEWED)
    found = reviews(year, organizations.filter(unit__in=reviewed), members.filter(unit__in=reviewed))
    sent = last_submissions(row.pk for row in submissions)
    changed = answering.unseen_by_submission(submissions if year.is_open else ())
    return [
        UnitRow(
            row,
            parts.get((row.unit_id,), NOTHING),
            sum(review.count for review in found.get(row.unit_id, ())) + changed[row.pk],
            sum(of.get((row.unit_id,), NOTHING).blank for of in (parts, blanks)),
            dues.now(row),
            len(sent.get(row.pk, ())) > 1,
        )
        for row in submissions
    ]


def part_of(rows: list[UnitRow], part: str) -> list[UnitRow]:
    """The rows in a state, late ones, or those whose list changed; all for any other word."""
    if part == CHANGED:
        return [row for row in rows if row.submission.changes_waiting]
    if part == LATE:
        return [row for row in rows if not row.submission.is_locked and row.due and row.due.days_late]
    return [row for row in rows if row.submission.state == part] if part in SubmissionState else rows


def _units(submissions: list[Submission], states: Iterable[str]) -> list[int]:
    return [row.unit_id for row in submissions if row.state in states]


def waiting(year: RatingYear, rows: Iterable[UnitRow], supplements) -> list[Waiting]:
    """What the Board has to do, the oldest first: submissions of an open `year`, changes of lists after
    acceptance, filed supplements."""
    found = [
        Waiting(
            row.submission.name,
            _sent(row),
            reverse("assessments:review_unit", args=[year.pk, row.submission.pk]),
            row.submission.since,
        )
        for row in rows
        if year.is_open and row.is_with_the_board
    ]
    found += [
        Waiting(
            row.submission.name,
            changes_in_words(row.submission),
            reverse("assessments:review_unit", args=[year.pk, row.submission.pk]) + "?tab=list",
            row.submission.changes_since,
        )
        for row in rows
        if year.is_open and row.submission.changes_waiting and not row.is_with_the_board
    ]
    found += [
        Waiting(
            supplement.unit.name,
            _("supplement to the year %(year)s") % {"year": supplement.year_id},
            reverse("assessments:review_supplement", args=[supplement.pk]),
            supplement.filed_at,
        )
        for supplement in supplements
    ]
    return sorted(found, key=lambda item: item.since or _EVER)


def _sent(row: UnitRow) -> str:
    words = _("sent again") if row.is_again else _("sent")
    exceptions = _("%(count)s exceptions") % {"count": row.exceptions} if row.exceptions else ""
    return ", ".join(part for part in (words, exceptions, changes_in_words(row.submission)) if part)

"""What happened in the years, dated: openings and closings, and the open year from day to day."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from accounts.models import User
from assessments.operations.demonstration.resubmission import Event, Resubmission, given_back, sent
from assessments.roster.models.lines import OrganizationLine
from assessments.roster.models.read_marks import NoticesRead
from assessments.roster.models.revisions import RatingRevision
from assessments.rules.models.deadlines import Deadline
from assessments.rules.models.years import RatingYear, Submission, SubmissionState, YearRevision
from orgs import audit
from orgs.models import AuditEntry
from resolution03.lib import bulk

_FIELDS = ("at", *audit.FIELDS)


def date_years() -> None:
    """Years were opened in December and closed in March, not in the minute of the building."""
    entries = AuditEntry.objects.filter(action__in=["year.open", "year.close"])
    told = entries.values_list("pk", "action", "object_id")
    days = [(pk, _day_of(action, year)) for pk, action, year in told if year]
    bulk.update(AuditEntry, ["at"], days)
    for year in RatingYear.objects.filter(closed_at__isnull=False):
        closed = _day_of("year.close", year.pk)
        RatingYear.objects.filter(pk=year.pk).update(closed_at=closed)
        YearRevision.objects.filter(year=year).update(at=closed)
        revised = RatingRevision.objects.filter(organization_line__year=year)
        revised.update(replaced_at=closed - timedelta(days=30))


def _day_of(action: str, year: int) -> datetime:
    opens = action == "year.open"
    return datetime(year, 12, 1, 2, tzinfo=UTC) if opens else datetime(year + 1, 3, 15, 8, tzinfo=UTC)


def tell(year: RatingYear, again: str, returned: str, reason: str) -> None:
    """The trail of the submissions of the open year; the unit `again` sent a second time, the
    unit `returned` has rows to answer, given back with `reason`."""
    people = {user.username: user for user in User.objects.all()}
    board = people["bantochuc"]
    _read_until_now(people.values())
    events = list(_deadlines(year, board))
    for submission in Submission.objects.filter(year=year):
        if submission.submitted_at is None or submission.since is None:
            continue
        officer = people[f"canbo.{submission.code.lower()}"]
        if submission.code == again:
            events += Resubmission(submission, officer, board).events()
        else:
            events.append(sent(submission, officer, submission.submitted_at))
        if submission.state == SubmissionState.ACCEPTED:
            events.append(_moved(submission, board, "accept", submission.since))
        if submission.code == returned:
            lines = OrganizationLine.objects.filter(year=year, unit=submission.unit_id)
            events += given_back(
                submission,
                board,
                submission.since,
                {line: reason for line in lines.exclude(return_reason="")},
                reason,
            )
    events.sort(key=lambda event: event.at)
    bulk.upsert(AuditEntry, _FIELDS, [event.row() for event in events])


def _read_until_now(people: Iterable[User]) -> None:
    """What happened in the closed years is no news."""
    last = AuditEntry.objects.order_by("-pk").values_list("pk", flat=True).first()
    NoticesRead.objects.bulk_create(NoticesRead(user=user, up_to=last or 0) for user in people)


def _deadlines(year: RatingYear, board: User) -> Iterable[Event]:
    for deadline in Deadline.objects.filter(year=year):
        stored = audit.state(deadline, ("year", "stage", "due_on"))
        of_all = deadline.unit_id is None
        action = "year.deadline" if of_all else "submission.extend"
        day = (year.pk, 12, 3, 2) if of_all else (year.pk + 1, 1, 29, 9)
        at = datetime(*day, tzinfo=UTC)
        yield Event(at, board, action, deadline, {}, stored, deadline.reason)


def _moved(submission: Submission, by: User, step: str, at: datetime) -> Event:
    states = {"state": "submitted"}, {"state": "accepted"}
    return Event(at, by, f"submission.{step}", submission, *states)

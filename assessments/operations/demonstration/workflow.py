"""What happened in the years, dated: openings and closings, and the open year from day to day."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from uuid import uuid4

from accounts.models import User
from assessments.roster.models.lines import MemberLine, OrganizationLine
from assessments.roster.models.read_marks import NoticesRead
from assessments.roster.models.revisions import RatingRevision
from assessments.rules.models.deadlines import Deadline
from assessments.rules.models.schemes import Level
from assessments.rules.models.years import RatingYear, Submission, SubmissionState, YearRevision
from orgs import audit
from orgs.models import AuditEntry
from resolution03.lib import bulk

WRONG_LEVEL = "Mức xếp loại chưa khớp với biên bản họp xét; đề nghị rà soát lại"
NO_GROUND = "Chưa nêu căn cứ của mức xếp loại; đề nghị bổ sung"
_FIELDS = (
    "at",
    "batch",
    "actor",
    "actor_name",
    "action",
    "reason",
    "object_type",
    "object_id",
    "object_code",
    "unit",
    "before",
    "after",
)


@dataclass(frozen=True, slots=True)
class _Event:
    """One entry of the trail, on its day."""

    at: datetime
    by: User
    action: str
    obj: OrganizationLine | MemberLine | Submission | Deadline
    before: dict = field(default_factory=dict)
    after: dict = field(default_factory=dict)
    reason: str = ""

    def row(self) -> tuple:
        code = getattr(self.obj, "code", "") or getattr(self.obj, "member_id", self.obj.year_id)
        return (
            self.at,
            uuid4(),
            self.by.pk,
            self.by.full_name,
            self.action,
            self.reason,
            self.obj._meta.label_lower,
            self.obj.pk,
            str(code),
            self.obj.unit_id,
            self.before,
            self.after,
        )


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
            events += _Resubmission(submission, officer, board).events()
        else:
            events.append(_sent(submission, officer, submission.submitted_at))
        if submission.state == SubmissionState.ACCEPTED:
            events.append(_moved(submission, board, "accept", submission.since))
        if submission.code == returned:
            lines = OrganizationLine.objects.filter(year=year, unit=submission.unit_id)
            events += _given_back(
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


def _deadlines(year: RatingYear, board: User) -> Iterable[_Event]:
    for deadline in Deadline.objects.filter(year=year):
        stored = audit.state(deadline, ("year", "stage", "due_on"))
        of_all = deadline.unit_id is None
        action = "year.deadline" if of_all else "submission.extend"
        day = (year.pk, 12, 3, 2) if of_all else (year.pk + 1, 1, 29, 9)
        at = datetime(*day, tzinfo=UTC)
        yield _Event(at, board, action, deadline, {}, stored, deadline.reason)


def _sent(submission: Submission, by: User, at: datetime, before: str = "in_progress") -> _Event:
    return _Event(at, by, "submission.submit", submission, {"state": before}, {"state": "submitted"})


def _moved(submission: Submission, by: User, step: str, at: datetime) -> _Event:
    states = {"state": "submitted"}, {"state": "accepted"}
    return _Event(at, by, f"submission.{step}", submission, *states)


def _given_back(submission, by: User, at: datetime, lines: dict, reason: str) -> list[_Event]:
    """The return of some lines, each with its reason, and of the submission."""
    after = {"state": "returned", "rows": len(lines)}
    return [
        *(
            _Event(at, by, "rating.return", line, {"return_reason": ""}, {"return_reason": why}, why)
            for line, why in lines.items()
        ),
        _Event(at, by, "submission.return", submission, {"state": "submitted"}, after, reason),
    ]


class _Resubmission:
    """Sent, returned in part, corrected, sent again."""

    def __init__(self, submission: Submission, officer: User, board: User):
        self.submission, self.officer, self.board = submission, officer, board
        year = submission.year_id + 1
        self.sent, self.returned, self.corrected, self.again = (
            datetime(year, 1, day, 3, tzinfo=UTC) for day in (9, 15, 20, 23)
        )

    def events(self) -> list[_Event]:
        submission = self.submission
        submission.submitted_at = submission.since = self.again
        submission.save(update_fields=["submitted_at", "since"])
        lines = [*self._correct(OrganizationLine, 3), *self._correct(MemberLine, 2)]
        reasons = {
            line: NO_GROUND if number % 3 == 2 else WRONG_LEVEL
            for number, (line, _before) in enumerate(lines)
        }
        return [
            _sent(submission, self.officer, self.sent),
            *_given_back(submission, self.board, self.returned, reasons, ""),
            *(
                _Event(
                    self.corrected,
                    self.officer,
                    "rating.save",
                    line,
                    {"decided": before},
                    {"decided": line.decided.code},
                )
                for line, before in lines
            ),
            _sent(submission, self.officer, self.again, "returned"),
        ]

    def _correct(self, model, count: int) -> list[tuple]:
        """Some lines at the second level, which stood a level lower before; with that level."""
        lines = model.objects.filter(
            year=self.submission.year_id, unit=self.submission.unit_id, decided__rank=2
        ).select_related("decided")
        chosen = list(lines.order_by("pk")[5 : 5 + 4 * count : 4])
        if not chosen:
            return []
        link = "organization_line" if model is OrganizationLine else "member_line"
        lower = Level.objects.get(
            scheme=self.submission.year.scheme_id, subject=chosen[0].decided.subject, rank=3
        )
        bulk.upsert(
            RatingRevision,
            (link, "version", "self_rated", "proposed", "decided", "replaced_at", "replaced_by"),
            [
                (
                    line.pk,
                    line.version,
                    line.self_rated_id,
                    lower.pk,
                    lower.pk,
                    self.corrected,
                    self.officer.pk,
                )
                for line in chosen
            ],
        )
        model.objects.filter(pk__in=[line.pk for line in chosen]).update(
            version=2, updated_at=self.corrected, updated_by=self.officer
        )
        return [(line, lower.code) for line in chosen]

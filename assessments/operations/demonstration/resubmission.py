"""How a unit sends again what the Board returned, invented."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from uuid import uuid4

from accounts.models import User
from assessments.roster.models.lines import MemberLine, OrganizationLine
from assessments.roster.models.revisions import RatingRevision
from assessments.rules.models.deadlines import Deadline
from assessments.rules.models.schemes import Level
from assessments.rules.models.years import Submission
from resolution03.lib import bulk

WRONG_LEVEL = "Mức xếp loại chưa khớp với biên bản họp xét; đề nghị rà soát lại"
NO_GROUND = "Chưa nêu căn cứ của mức xếp loại; đề nghị bổ sung"


@dataclass(frozen=True, slots=True)
class Event:
    """One entry of the trail, on its day."""

    at: datetime
    by: User
    action: str
    obj: OrganizationLine | MemberLine | Submission | Deadline
    before: dict = field(default_factory=dict)
    after: dict = field(default_factory=dict)
    reason: str = ""

    def row(self) -> tuple:
        obj = self.obj
        code = str(obj.member_id) if isinstance(obj, MemberLine) else getattr(obj, "code", "") or obj.year_id
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


def sent(submission: Submission, by: User, at: datetime, before: str = "in_progress") -> Event:
    return Event(at, by, "submission.submit", submission, {"state": before}, {"state": "submitted"})


def given_back(submission, by: User, at: datetime, lines: dict, reason: str) -> list[Event]:
    """The return of some lines, each with its reason, and of the submission."""
    after = {"state": "returned", "rows": len(lines)}
    return [
        *(
            Event(at, by, "rating.return", line, {"return_reason": ""}, {"return_reason": why}, why)
            for line, why in lines.items()
        ),
        Event(at, by, "submission.return", submission, {"state": "submitted"}, after, reason),
    ]


class Resubmission:
    """Sent, returned in part, corrected, sent again."""

    def __init__(self, submission: Submission, officer: User, board: User):
        self.submission, self.officer, self.board = submission, officer, board
        year = submission.year_id + 1
        self.sent, self.returned, self.corrected, self.again = (
            datetime(year, 1, day, 3, tzinfo=UTC) for day in (9, 15, 20, 23)
        )

    def events(self) -> list[Event]:
        submission = self.submission
        submission.submitted_at = submission.since = self.again
        submission.save(update_fields=["submitted_at", "since"])
        lines = [*self._correct(OrganizationLine, 3), *self._correct(MemberLine, 2)]
        reasons = {
            line: NO_GROUND if number % 3 == 2 else WRONG_LEVEL
            for number, (line, _before) in enumerate(lines)
        }
        return [
            sent(submission, self.officer, self.sent),
            *given_back(submission, self.board, self.returned, reasons, ""),
            *(
                Event(
                    self.corrected,
                    self.officer,
                    "rating.save",
                    line,
                    {"decided": before},
                    {"decided": line.decided.code},
                )
                for line, before in lines
            ),
            sent(submission, self.officer, self.again, "returned"),
        ]

    def _correct(self, model, count: int) -> list[tuple]:
        """Some lines at the second level, which stood a level lower before; with that level."""
        lines = model.objects.filter(
            year=self.submission.year_id, unit=self.submission.unit_id, decided__rank=2
        ).select_related("decided")
        chosen = list(lines.order_by("pk")[5 : 5 + 4 * count : 4])
        if not chosen:
            return []
        lower = Level.objects.get(
            scheme=self.submission.year.scheme_id, subject=chosen[0].decided.subject, rank=3
        )
        bulk.upsert(
            RatingRevision,
            (model.link, "version", "self_rated", "proposed", "decided", "replaced_at", "replaced_by"),
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

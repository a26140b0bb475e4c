"""Until when each stage of a unit's year lasts; a unit may have a day of its own (ADR 12)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from assessments.rules.models.deadlines import Deadline, Stage
from assessments.rules.models.years import RatingYear, Submission, SubmissionState

STAGES = {
    SubmissionState.NOT_BEGUN: Stage.SUBMISSION,
    SubmissionState.IN_PROGRESS: Stage.SUBMISSION,
    SubmissionState.SUBMITTED: Stage.REVIEW,
    SubmissionState.RETURNED: Stage.ANSWER,
}
"""The stage that a submission is in; an accepted one waits for nothing."""
LATE = "late"
"""The part of a list of units whose last day is over."""

FIRST_WITH_DEFAULTS = 2025
"""From this year on a year begins with the days of HD 43-HD/BTCTW (31/10/2025), part 4."""


def default_days(year: int) -> dict[Stage, date]:
    """The last days with which a year begins: rated before 31/12, handed to the Centre before 01/02."""
    if year < FIRST_WITH_DEFAULTS:
        return {}
    return {Stage.SUBMISSION: date(year, 12, 30), Stage.REVIEW: date(year + 1, 1, 31)}


def other_end_day(year: int) -> date:
    """The last day of a unit whose year closes otherwise: before 15/01."""
    return date(year + 1, 1, 14)


@dataclass(frozen=True, slots=True)
class Due:
    """The last day of one stage, of all units or of one; `on` is None where none is set."""

    stage: Stage
    on: date | None = None
    is_own: bool = False
    reason: str = ""

    @property
    def days_left(self) -> int | None:
        """Days until the last day, 0 on it, negative after it."""
        return (self.on - timezone.localdate()).days if self.on else None

    @property
    def days_late(self) -> int:
        return max(0, -(self.days_left or 0))


class Deadlines:
    """All last days of one year."""

    def __init__(self, rows: Iterable[Deadline]):
        self._dues = {
            (row.stage, row.unit_id): Due(Stage(row.stage), row.due_on, row.unit_id is not None, row.reason)
            for row in rows
        }

    def of(self, stage: Stage, unit_id: int | None = None) -> Due:
        """The unit's own day where it has one, else the day of all."""
        of_all = self._dues.get((stage, None)) or Due(stage)
        return self._dues.get((stage, unit_id), of_all)

    def stages(self, unit_id: int | None = None) -> list[Due]:
        return [self.of(stage, unit_id) for stage in Stage]

    def now(self, submission: Submission, *, is_draft: bool = False) -> Due | None:
        """What its holder, the unit or the Board, has to keep now; None when it is accepted.

        `is_draft`: as a grassroots organization's clerk meets it before the unit submits.
        """
        stage = STAGES.get(SubmissionState(submission.state))
        if is_draft and stage == Stage.SUBMISSION:
            stage = Stage.DRAFT
        return self.of(stage, submission.unit_id) if stage else None


def of_year(year: RatingYear) -> Deadlines:
    """The deadlines of a year; one query."""
    return of_years([year])[year.pk]


def of_years(years: Iterable[RatingYear]) -> dict[int, Deadlines]:
    """The deadlines of several years, with one query for one as for ten."""
    found: dict[int, list[Deadline]] = {year.pk: [] for year in years}
    for row in Deadline.objects.filter(year__in=found):
        found[row.year_id].append(row)
    return {year: Deadlines(rows) for year, rows in found.items()}

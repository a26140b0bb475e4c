"""The call list of the Board: units late with their stage or near its last day, or whose list changed
since the Board holds it, and whom to ring."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.roster.models.lines import MemberLine, OrganizationLine
from assessments.roster.progress import Progress, progress
from assessments.roster.standing import changes_in_words
from assessments.rules.deadlines import Deadlines, Due
from assessments.rules.models.years import RatingYear, Submission, SubmissionState
from resolution03.lib.figures import number
from resolution03.lib.xlsx import Column, ListSheet

NEAR = 7
"""A unit is called from so many days before its last day."""
HOLDING = (SubmissionState.NOT_BEGUN, SubmissionState.IN_PROGRESS, SubmissionState.RETURNED)
NOTHING = Progress()


@dataclass(frozen=True, slots=True)
class Call:
    """One unit to ring; `due` is None for one that owes nothing but a word on what changed; `last` is
    when somebody last did something in its year."""

    submission: Submission
    due: Due | None
    organizations: Progress
    members: Progress
    last: datetime | None

    @property
    def phone(self) -> str:
        return self.submission.unit.phone

    @property
    def days_late(self) -> int:
        return self.due.days_late if self.due else 0

    @property
    def stage(self) -> str:
        """The stage, or the state of who is past it."""
        return str(self.due.stage.label if self.due else self.submission.get_state_display()).capitalize()

    @property
    def missing(self) -> str:
        """What the unit still owes, in words; empty when only the submitting is missing."""
        if self.due is None:
            return changes_in_words(self.submission)
        returned = self.organizations.returned + self.members.returned
        counts = (
            (
                self.organizations.blank,
                ngettext("%(n)s organization blank", "%(n)s organizations blank", self.organizations.blank),
            ),
            (self.members.blank, ngettext("%(n)s member blank", "%(n)s members blank", self.members.blank)),
            (returned, ngettext("%(n)s returned row", "%(n)s returned rows", returned)),
        )
        return ", ".join(words % {"n": number(count)} for count, words in counts if count)


def calls(year: RatingYear, submissions: Iterable[Submission], dues: Deadlines) -> list[Call]:
    """The units to call, the latest first; the same queries for one as for all."""
    wanted = {row: due for row in submissions if (due := _due(row, dues)) or row.changes_waiting}
    units = [row.unit_id for row in wanted]
    lines = [
        model.objects.filter(year=year, unit__in=units).in_roster()
        for model in (OrganizationLine, MemberLine)
    ]
    organizations, members = (progress(found, "unit_id") for found in lines)
    written = [_last_written(found) for found in lines]
    found = [
        Call(
            row,
            due,
            organizations.get((row.unit_id,), NOTHING),
            members.get((row.unit_id,), NOTHING),
            _latest(row.since, *(days.get(row.unit_id) for days in written)),
        )
        for row, due in wanted.items()
    ]
    return sorted(found, key=_urgency)


def _urgency(call: Call) -> tuple:
    days = call.due.days_left if call.due else None
    return days is None, days or 0, call.submission.position


def _due(submission: Submission, dues: Deadlines) -> Due | None:
    if submission.state not in HOLDING:
        return None
    due = dues.now(submission)
    return due if due and due.days_left is not None and due.days_left <= NEAR else None


def _last_written(lines) -> dict[int, datetime | None]:
    return dict(lines.order_by().values_list("unit_id").annotate(Max("updated_at")))


def _latest(*moments: datetime | None) -> datetime | None:
    return max((moment for moment in moments if moment), default=None)


def sheet(year: RatingYear, rows: list[Call]) -> ListSheet:
    """The workbook of the list."""
    columns = (
        Column(_("Unit"), "submission.name", 34),
        Column(_("Office phone"), "phone", 18),
        Column(_("Stage"), "stage", 24),
        Column(_("Last day"), lambda call: call.due and call.due.on, 13, "date"),
        Column(_("Days late"), lambda call: call.days_late or None, 11, "number"),
        Column(_("What is missing"), lambda call: call.missing or _("not submitted yet"), 44),
        Column(_("Last activity"), lambda call: call.last and timezone.localtime(call.last), 18, "moment"),
    )
    return ListSheet(_("Call list of the year %(year)s") % {"year": year}, columns, rows)

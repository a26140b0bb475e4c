"""The call list of the Board: units late with their stage or near its last day, and whom to ring."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.roster.models.lines import MemberLine, OrganizationLine
from assessments.roster.progress import Progress, progress
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
    """One unit to ring; `last` is when somebody last did something in its year."""

    submission: Submission
    due: Due
    organizations: Progress
    members: Progress
    last: datetime | None

    @property
    def phone(self) -> str:
        return self.submission.unit.phone

    @property
    def missing(self) -> str:
        """What the unit still owes, in words; empty when only the submitting is missing."""
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
    wanted = {row: due for row in submissions if (due := _due(row, dues))}
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
    return sorted(found, key=lambda call: (call.due.days_left, call.submission.position))


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
        Column(_("Stage"), lambda call: call.due.stage.label.capitalize(), 24),
        Column(_("Last day"), "due.on", 13, "date"),
        Column(_("Days late"), lambda call: call.due.days_late or None, 11, "number"),
        Column(_("What is missing"), lambda call: call.missing or _("not submitted yet"), 44),
        Column(_("Last activity"), lambda call: call.last and timezone.localtime(call.last), 18, "moment"),
    )
    return ListSheet(_("Call list of the year %(year)s") % {"year": year}, columns, rows)

"""Setting the last day of a stage, for all units or for one."""

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext as _

from accounts.actors import Actor
from assessments.rules.holding import hold_open_year
from assessments.rules.models.deadlines import Deadline, Stage
from assessments.rules.models.years import RatingYear, Submission
from orgs import audit
from orgs.models import Organization
from orgs.versions import writing
from resolution03.lib.errors import Refusal
from resolution03.lib.text import clean


@writing()
def set_deadline(*, by: Actor, year: RatingYear, stage: Stage, due_on: date | None) -> None:
    """The last day of a stage for every unit without a day of its own; None takes it away."""
    year = hold_open_year(year.pk)
    _store(year, stage, None, due_on, by=by, action="year.deadline", code=str(year))


@writing()
def set_deadlines(*, by: Actor, year: RatingYear, days: Mapping[Stage, date | None]) -> None:
    """Several stages at once, all or none; a Refusal about a day names its stage as the field."""
    for stage, day in days.items():
        try:
            set_deadline(by=by, year=year, stage=stage, due_on=day)
        except Refusal as refusal:
            field = stage.value if refusal.field else ""
            raise Refusal(*refusal.reasons, field=field) from refusal


@writing()
def extend_deadline(
    *, by: Actor, submission: Submission, stage: Stage, due_on: date | None, reason: str = ""
) -> None:
    """Give one unit a day of its own, with a reason; None takes it back to the day of all."""
    year, reason = hold_open_year(submission.year_id), clean(reason)
    if due_on and not reason:
        raise Refusal(_("Write why the unit gets another day."), field="reason")
    _store(
        year,
        stage,
        submission.unit,
        due_on,
        by=by,
        action="submission.extend",
        code=submission.code,
        reason=reason,
    )


def _store(
    year: RatingYear,
    stage: Stage,
    unit: Organization | None,
    due_on: date | None,
    *,
    by: Actor,
    action: str,
    code: str,
    reason: str = "",
) -> None:
    if due_on and due_on.year < year.pk:
        raise Refusal(
            _("%(day)s lies before the year %(year)s.") % {"day": f"{due_on:%d/%m/%Y}", "year": year},
            field="due_on",
        )
    row = Deadline.objects.filter(year=year, stage=stage, unit=unit).first()
    row = row or Deadline(year=year, stage=stage, unit=unit)
    before = _state(row)
    if row.due_on == due_on and (row.reason == reason or not due_on):
        return
    row.due_on, row.reason = due_on, reason  # type: ignore[assignment]  # None: it goes below
    if due_on:
        row.save()
    change = audit.Change(row, before, _state(row), unit.pk if unit else None, code)
    audit.record([change], by=by, action=action, reason=reason)
    if not due_on and row.pk:
        row.delete()


def _state(row: Deadline) -> dict:
    return audit.state(row, ("year", "stage", "due_on")) if row.due_on else {}

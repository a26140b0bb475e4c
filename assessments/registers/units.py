"""How a unit ends that has begun its open years (INTERFACE, reading 11): its submissions go with it."""

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.actors import Actor
from assessments.roster import answering
from assessments.rules.holding import writing_years
from assessments.rules.models.years import Submission, SubmissionState, YearState
from members.actions import cells
from orgs import audit
from orgs.models import Organization
from orgs.rules import unit_of
from orgs.touched import touch, touch_new
from orgs.versions import writing
from resolution03.lib.errors import Refusal

ADVANCING = (
    SubmissionState.NOT_BEGUN,
    SubmissionState.IN_PROGRESS,
    SubmissionState.RETURNED,
    SubmissionState.SUBMITTED,
    SubmissionState.ACCEPTED,
)
"""From the least advanced on: what was returned is to be submitted again."""


@writing_years()
def merge(*, by: Actor, source: Organization, target: Organization, on: date, **decision) -> Organization:
    """As `cells.merge`; what the unit has begun of open years goes on in the successor's, in the state of
    the less advanced of both. Accepted lines stay accepted."""
    begun = _begun(source, on)
    heir = _unit(target)
    if begun and heir is None:
        words = _("It has begun the year %(years)s, and the province submits none: choose another unit.")
        raise Refusal(words % {"years": _years(begun)}, field="target")
    merged = cells.merge(by=by, source=source, target=target, on=on, **decision)
    if heir and heir != source:
        for submission in begun:
            _join(submission, heir, by, merged.dissolution)
    return merged


@writing()
def dissolve(*, by: Actor, organization: Organization, on: date, **decision) -> Organization:
    """As `cells.dissolve`; a unit that has begun an open year merges instead, for who would go on with it?"""
    if begun := _begun(organization, on):
        raise Refusal(BEGUN % {"years": _years(begun)}, field="on")
    return cells.dissolve(by=by, organization=organization, on=on, **decision)


@writing()
def correct(*, by: Actor, organization: Organization, **values) -> Organization:
    """As `cells.correct`; a day of dissolution that is entered is a dissolution like the other."""
    before = organization.dissolved_on
    corrected = cells.correct(by=by, organization=organization, **values)
    ended = corrected.dissolved_on
    if ended and ended != before and (begun := _begun(corrected, ended)):
        raise Refusal(BEGUN % {"years": _years(begun)}, field="dissolved_on")
    return corrected


BEGUN = gettext_lazy("It has begun the year %(years)s: merge it into the unit that goes on with it.")


def _begun(unit: Organization, on: date) -> list[Submission]:
    """The submissions of open years in whose roster the unit, ended on `on`, does not stand any more."""
    rows = Submission.objects.under(unit).filter(unit=unit, year__gte=on.year, year__state=YearState.OPEN)
    return list(rows.exclude(state=SubmissionState.NOT_BEGUN).order_by("year"))


def _unit(organization: Organization) -> Organization | None:
    """The unit in which an organization stands, itself for a unit; None for the province."""
    pk = unit_of(organization.path)
    return None if pk is None else Organization.objects.get(pk=pk)


def _years(submissions: list[Submission]) -> str:
    return ", ".join(str(row.year_id) for row in submissions)


def _join(submission: Submission, heir: Organization, by: Actor, decision: str) -> None:
    """Let the successor's submission of the year be in the state of the less advanced of both."""
    known = {"code": heir.code, "name": heir.name, "position": heir.position}
    joined, is_new = Submission.objects.under(heir).get_or_create(
        year_id=submission.year_id, unit=heir, defaults=known | {"state": SubmissionState.ACCEPTED}
    )
    before = {} if is_new else {"state": joined.state}
    if is_new:
        touch_new(joined)
    else:
        touch(joined)
    later = min((joined, submission), key=lambda row: ADVANCING.index(row.state))
    for name in ("state", "submitted_at", "message"):
        setattr(joined, name, getattr(later, name))
    joined.since, joined.changed_by = timezone.now(), by.user
    joined.save()
    changes = [
        audit.Change(joined, before, {"state": joined.state}, heir.pk),
        audit.Change(submission, {"state": submission.state}, {}, heir.pk),
    ]
    audit.record(changes, by=by, action="submission.join", reason=decision)
    answering.hand_over(submission, joined)
    touch(submission)
    submission.delete()

"""The Board's word on what changed in a list after the unit had handed it over (ADR 30)."""

from collections.abc import Collection

from django.utils.translation import gettext as _

from accounts.actors import Actor
from assessments.review.submitting.actions import (
    LONGEST_REASON,
    give_back,
    lines_of_unit,
    move,
    of_open_year,
)
from assessments.roster import answering
from assessments.roster.models.line import CARRYING
from assessments.roster.models.list_changes import ChangeState, ListChange
from assessments.rules.models.years import Submission, SubmissionState
from orgs import audit
from orgs.versions import writing
from resolution03.lib.errors import Refusal
from resolution03.lib.text import clean


@writing()
def confirm_changes(
    *, by: Actor, submission: Submission, chosen: Collection[int] | None = None, seen: int | None = None
) -> int:
    """Confirm changes of the list of a submitted or accepted unit; how many these were.

    `chosen`: their keys, None for all up to `seen`, the newest that the page showed (None: all). What
    has changed once more since it was shown is another change, which waits on.
    """
    locked = _of_the_board(submission)
    found = _asked(locked, chosen, seen)
    keys = set(found.values_list("pk", flat=True))
    if not keys:
        raise Refusal(_("What was shown does not wait any more: look at what waits now."))
    if locked.state == SubmissionState.ACCEPTED:
        for lines in _lines(locked, found):
            lines.filter(CARRYING, return_reason="").update(accepted=True)
    count = answering.answer(ListChange.objects.filter(pk__in=keys), ChangeState.CONFIRMED, by=by)
    told = {"changes": count, "year": locked.year_id}
    change = audit.Change(locked, {}, told, locked.unit_id, locked.code)
    audit.record([change], by=by, action="submission.confirm")
    return count


@writing()
def return_changes(
    *,
    by: Actor,
    submission: Submission,
    reason: str,
    chosen: Collection[int] | None = None,
    seen: int | None = None,
) -> int:
    """Return the unit's year because of changes of its list, with the rows of these that still stand in
    it; how many changes. What else waited goes to the Board with the unit's next submission."""
    why = clean(reason)
    if not why:
        raise Refusal(_("Write the reason for returning: the unit reads it as it stands."))
    if len(why) > LONGEST_REASON:
        raise Refusal(_("A reason for returning has at most %(most)s characters.") % {"most": LONGEST_REASON})
    locked = _of_the_board(submission)
    changes = _asked(locked, chosen, seen)
    rows = [list(lines.with_names()) for lines in _lines(locked, changes)]
    keys = set(changes.values_list("pk", flat=True))
    if not keys:
        raise Refusal(_("What was shown does not wait any more: look at what waits now."))
    count = answering.answer(ListChange.objects.filter(pk__in=keys), ChangeState.RETURNED, by=by, reason=why)
    answering.send_with_the_year(locked)
    given = give_back(rows, {line.key: why for lines in rows for line in lines}, by)
    move(locked, "return_changes", by=by, message=why, rows=given, changes=count)
    return count


def _of_the_board(submission: Submission) -> Submission:
    locked = of_open_year(submission)
    if not locked.is_locked:
        raise Refusal(_("The unit holds its year: what changed goes to the Board with its next submission."))
    return locked


def _asked(submission: Submission, chosen: Collection[int] | None, seen: int | None):
    found = answering.waiting(submission)
    if chosen is not None:
        return found.filter(pk__in=list(chosen))
    return found if seen is None else found.filter(pk__lte=seen)


def _lines(submission: Submission, changes) -> list:
    """The rows of the unit that these changes are about."""
    return [
        lines.filter(**{f"{lines.model.listed}__in": changes.filter(listed=lines.model.letter).values("who")})
        for lines in lines_of_unit(submission)
    ]

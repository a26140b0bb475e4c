"""What the Board, or the unit's next submission, says to changes of a list."""

from collections import Counter
from collections.abc import Iterable

from django.db.models import QuerySet
from django.utils import timezone

from accounts.actors import Actor
from assessments.roster.models.list_changes import ChangeState, ListChange
from assessments.rules.models.years import Submission
from orgs.touched import touch


def answer(changes: QuerySet, state: ChangeState, *, by: Actor, reason: str = "") -> int:
    """Give changes the Board's answer; how many these were. The submission is locked."""
    return changes.update(state=state, answered_by_name=by.name, answered_at=timezone.now(), reason=reason)


def send_with_the_year(submission: Submission) -> int:
    """The unit holds its year again: what waited goes to the Board with its next submission."""
    return waiting(submission).update(state=ChangeState.SENT)


def hand_over(ended: Submission, heir: Submission) -> None:
    """The changes of the list of a unit that goes into another one are its heir's, of whose list its rows
    are from now on; what waited waits on, or goes with the heir's next submission."""
    waits = {(row.listed, row.who): row for row in waiting(heir)}
    for row in ListChange.objects.filter(submission=ended):
        touch(row)
        row.submission = heir
        row.before, row.after = (_renamed(state, ended, heir) for state in (row.before, row.after))
        if row.is_waiting and (met := waits.get((row.listed, row.who))):
            touch(met)
            ListChange.objects.filter(pk=met.pk).update(state=ChangeState.FOLLOWED)
            row.after |= met.after
        if row.is_waiting and not heir.is_locked:
            row.state = ChangeState.SENT
        row.save()
    if not heir.is_locked:
        for row in waiting(heir):
            touch(row)
        send_with_the_year(heir)


def _renamed(state: dict, ended: Submission, heir: Submission) -> dict:
    return {
        part: {**values, "unit_id": heir.unit_id} if values and values["unit_id"] == ended.unit_id else values
        for part, values in state.items()
    }


def waiting(submission: Submission) -> QuerySet:
    return ListChange.objects.waiting().filter(submission=submission)


def unseen_by_submission(submissions: Iterable[Submission]) -> Counter[int]:
    """How many changes of the list of each submitted or accepted unit the Board has not answered, those
    that came with its submission included."""
    held = [submission.pk for submission in submissions if submission.is_locked]
    rows = ListChange.objects.unseen().named().filter(submission__in=held)
    return Counter(rows.order_by().values_list("submission_id", flat=True))


def unseen(submission: Submission, up_to: int | None = None) -> QuerySet:
    """What the Board has not answered; `up_to`: the newest that its page showed, None for all."""
    found = ListChange.objects.unseen().filter(submission=submission)
    return found if up_to is None else found.filter(pk__lte=up_to)

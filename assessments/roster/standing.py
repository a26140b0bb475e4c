"""How the state of a unit's year is said, with what changed in its list since the Board holds it."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.rules.models.years import Submission, SubmissionState
from resolution03.lib.figures import number


def changes_in_words(submission: Submission, count: int | None = None) -> str:
    """`3 changes of the list after acceptance`; empty for none."""
    count = submission.changes_waiting if count is None else count
    if not count:
        return ""
    if submission.state == SubmissionState.ACCEPTED:
        words = ngettext(
            "%(n)s change of the list after acceptance", "%(n)s changes of the list after acceptance", count
        )
    else:
        words = ngettext(
            "%(n)s change of the list after submission", "%(n)s changes of the list after submission", count
        )
    return words % {"n": number(count)}


def standing(submission: Submission, state: str) -> str:
    """The words of a state, and what changed since: `accepted, 3 changes of the list after acceptance`."""
    changes = changes_in_words(submission)
    return _("%(state)s, %(changes)s") % {"state": state, "changes": changes} if changes else state


def will_be_asked(submission: Submission) -> str:
    """What is told before an act on which the Board has to say its word again."""
    words = (
        _("The year %(year)s of %(unit)s is accepted: the Board will have to confirm it again.")
        if submission.state == SubmissionState.ACCEPTED
        else _("The year %(year)s of %(unit)s is with the Board: it will have to confirm this change.")
    )
    return words % {"year": submission.year_id, "unit": submission.name}

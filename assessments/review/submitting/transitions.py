"""Which step of a unit's year may follow which."""

from django.utils.translation import gettext_lazy

from assessments.rules.models.years import Submission, SubmissionState

NOT_BEGUN, IN_PROGRESS, SUBMITTED, RETURNED, ACCEPTED = SubmissionState
TRANSITIONS = {
    "submit": ({NOT_BEGUN, IN_PROGRESS, RETURNED}, SUBMITTED),
    "return": (set(SubmissionState), RETURNED),
    "return_changes": ({SUBMITTED, ACCEPTED}, RETURNED),
    "accept": ({SUBMITTED, RETURNED}, ACCEPTED),
}
NOT_NOW = {
    "submit": gettext_lazy("It is with the Board already (%(state)s)."),
    "accept": gettext_lazy("Only what the unit submitted can be accepted; now it is: %(state)s."),
}


def can(submission: Submission, step: str) -> bool:
    """Whether a step of the transition table is open now."""
    return submission.year.is_open and submission.state in TRANSITIONS[step][0]

"""Jobs as pages tell them: one, a list of them, the mark in the frame."""

from dataclasses import dataclass, field
from functools import cached_property

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from accounts.models import User
from orgs.jobs import beside
from orgs.jobs.actions import Queue, asked_of, frame_states, reasons_of
from orgs.jobs.declared import Kind, kinds
from orgs.jobs.models import Job, State, place_of
from resolution03.lib.errors import Refusal

SHOWN = 20
SIGNS = {
    State.WAITING: "wait",
    State.RUNNING: "wait",
    State.DONE: "met",
    State.FAILED: "error",
    State.CANCELLED: "none",
}


@dataclass(frozen=True)
class ToldJob:
    """A job in words, for `user`; what came of it is told to nobody but who asked for it."""

    job: Job
    user: User | AnonymousUser
    queue: Queue = field(default_factory=Queue)

    @cached_property
    def kind(self) -> Kind | None:
        return kinds().get(self.job.kind)

    @property
    def title(self) -> str:
        return str(self.kind.words) if self.kind else self.job.kind

    @property
    def about(self) -> str:
        return self.kind.about(self.job.parameters) if self.kind and self.is_mine else ""

    @cached_property
    def is_mine(self) -> bool:
        return self.job.by_id == self.user.pk and self.job.place == place_of(self.user)

    @property
    def sign(self) -> str:
        return SIGNS[State(self.job.state)]

    @property
    def words(self) -> str:
        """How far it is, and what is to be known of its end."""
        if self.job.state == State.WAITING:
            return waiting_words(self.queue.ahead_of(self.job))
        if self.job.state == State.RUNNING:
            if beside.is_to_stop(self.job.token):
                return _("It is being stopped…")
            return (beside.told(self.job.token) if self.is_mine else "") or _("Being done…")
        return str(self.job.result.get("words", "")) if self.is_mine else ""

    @property
    def may_be_stopped(self) -> bool:
        return not self.job.is_ended and not beside.is_to_stop(self.job.token)

    @cached_property
    def reasons(self) -> list[str]:
        return reasons_of(self.job) if self.is_mine else []

    @property
    def more_reasons(self) -> int:
        """How many are not shown."""
        return max(0, len(self.reasons) - SHOWN)

    @property
    def has_file(self) -> bool:
        return self.job.state == State.DONE and bool(self.job.stored_as)

    @property
    def page(self) -> str:
        """Where it was asked for; empty where that is no longer this user's."""
        try:
            return self.kind.page(asked_of(self.job)) if self.kind and self.is_mine else ""
        except (PermissionDenied, Refusal, LookupError):
            return ""

    @property
    def may_be_asked_again(self) -> bool:
        return self.is_mine and self.kind is not None and self.job.state in (State.FAILED, State.CANCELLED)


def waiting_words(before: int) -> str:
    if not before:
        return _("Begins in a moment…")
    return _("Waits; %(count)d before it") % {"count": before}


def mark(user) -> str:
    """`running`, `ended` or nothing: what the frame says to a user. It costs a statement only while
    they have jobs of which they have not seen the end."""
    if not user.is_authenticated or not beside.is_noted(user.pk):
        return ""
    states = frame_states(user)
    if states & {State.WAITING, State.RUNNING}:
        return "running"
    if not states:
        beside.forget_user(user.pk)
        return ""
    return "ended"

"""A job from being asked for to its end. None of it is an action of the trail: what a job does leaves
there what the same act leaves without a job.

Each step is one statement of its own, so that it is seen at once, whatever the act's transaction does.
"""

import json
import logging
from collections.abc import Mapping
from functools import cached_property
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.db.models import F
from django.http import Http404
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import require, stores_names
from orgs.jobs import beside
from orgs.jobs.declared import Asked, Done, File, Kind, Outcome, kinds
from orgs.jobs.models import UNENDED, Job, JobQuerySet, State, place_of
from orgs.jobs.phases import Tell, silent
from orgs.versions import marked_by
from resolution03.lib.contention import once_more
from resolution03.lib.errors import Refusal
from resolution03.lib.keeping import JOBS, Lost

ATTEMPTS = 3
"""A job that ends its worker so often is not begun again by itself."""
_log = logging.getLogger(__name__)


def ask(user: User, kind: Kind, parameters: Mapping[str, Any], typed: Mapping[str, Any]) -> Job:
    """Put a job at the end of the queue; the one that waits or runs already when the same is asked
    for again."""
    found = Job.objects.of(user).unended().filter(kind=kind.code, parameters=parameters)
    for same in found:
        if _typed(same) == typed:
            return same
    job = Job.objects.create(
        kind=kind.code,
        by=user,
        place=place_of(user),
        parameters=dict(parameters),
        typed_as=JOBS.keep(json.dumps(typed).encode()).stored_as if typed else "",
    )
    beside.note_user(user.pk)
    return job


def take(slot: int) -> Job | None:
    """The next job whose user has none running, for the worker of a slot."""
    busy = Job.objects.filter(state=State.RUNNING).values("by")
    waiting = Job.objects.filter(state=State.WAITING).exclude(by__in=busy)
    for pk in waiting.order_by("pk").values_list("pk", flat=True)[:10]:
        now = timezone.now()
        begins = {"state": State.RUNNING, "slot": slot, "started_at": now, "attempt": F("attempt") + 1}
        try:
            is_ours = Job.objects.filter(pk=pk, state=State.WAITING).update(**begins)
        except IntegrityError:  # Another worker has just begun another job of this user.
            continue
        if is_ours:
            return Job.objects.select_related("by").get(pk=pk)
    return None


def perform(job: Job) -> None:
    """Do a job that was taken, and write down what came of it."""
    kind = kinds().get(job.kind)
    with translation.override(job.by.language or settings.LANGUAGE_CODE):
        try:
            outcome = _run(job, kind)
        except Refusal as refusal:
            _fail(job, refusal.reasons)
        except (PermissionDenied, Http404):
            _fail(job, [_("This may no longer be done from your account, or is no longer there.")])
        except Exception:
            _log.exception("job %s (%s) failed", job.pk, job.kind)
            _fail(
                job, [_("An unexpected fault stopped it; nothing of it is stored. Tell the administrator.")]
            )
        else:
            _succeed(job, outcome)


def recover(slot: int) -> None:
    """What the last worker of a slot left running: it was stopped, it has acted, or it begins again,
    whole. Call it while the slot is held: whatever stands there runs no more."""
    for job in Job.objects.filter(state=State.RUNNING, slot=slot).select_related("by"):
        with translation.override(job.by.language or settings.LANGUAGE_CODE):
            if job.has_acted:
                _end(job, State.DONE, result=_recognized(job))
            elif beside.is_to_stop(job.token):
                _end(job, State.CANCELLED)
            elif job.attempt < ATTEMPTS:
                beside.forget(job.token)
                Job.objects.filter(pk=job.pk).update(state=State.WAITING)
            else:
                _fail(job, [_("It was broken off several times; nothing of it is stored.")])


def cancel(job: Job) -> None:
    """Take a job out of the queue, or let the worker that does it stop: what it wrote is rolled back.

    Nothing is written while it runs: SQLite would let us wait for its end.
    """
    if job.state == State.WAITING and _waiting(job).update(state=State.CANCELLED):
        _end(job, State.CANCELLED)
    elif not job.is_ended:
        beside.ask_to_stop(job.token)


def again(job: Job) -> Job:
    """The same once more, of a job that failed or was cancelled; LookupError where it is not known."""
    return ask(job.by, kinds()[job.kind], job.parameters, _typed(job))


def asked_of(job: Job, tell: Tell = silent) -> Asked:
    """What a job is asked to do, by its user as they stand today. PermissionDenied for an account
    that is closed or moved; Lost where what was typed is gone."""
    user = User.objects.get(pk=job.by_id)
    if not user.is_active or job.place != place_of(user):
        raise PermissionDenied
    return Asked(user, job.parameters, _typed(job), tell)


class Queue:
    """What waits or runs, read once, when somebody asks."""

    @cached_property
    def _unended(self) -> list[tuple[int, str]]:
        return list(Job.objects.unended().values_list("pk", "state"))

    def ahead_of(self, job: Job) -> int:
        """How many are done before a job that waits."""
        others = ((pk, state) for pk, state in self._unended if pk != job.pk)
        return sum(state == State.RUNNING or pk < job.pk for pk, state in others)


def has_waiting() -> bool:
    """Whether anything came while a worker was about to end."""
    return Job.objects.filter(state=State.WAITING).exists()


def unended_places() -> list[tuple[str, int]]:
    """State and slot of whatever waits or runs."""
    return list(Job.objects.unended().values_list("state", "slot"))


def outcome_of(job: Job) -> Outcome:
    """What came of a job that is done; Lost when its file is no longer kept, Refusal when it may name
    persons and names are stored no more."""
    if not job.stored_as:
        return Done(**job.result)
    head, content = JOBS.read(job.stored_as, job.sha256).split(b"\n", 1)
    told = json.loads(head)
    if told.pop("may_name", True) and not stores_names():
        raise Refusal(_("This file was made while names were stored; ask for it anew."))
    return File(content=content, **told)


def was_seen(job: Job) -> None:
    """The user knows that it has ended; the frame need not tell it any more."""
    saw_list(job.by)


def saw_list(user: User) -> None:
    """The user knows how all of their jobs ended, unless one is still under way."""
    if not Job.objects.of(user).unended().exists():
        beside.forget_user(user.pk)


def frame_states(user: User) -> set[str]:
    """The states of the latest jobs of a user."""
    return set(Job.objects.of(user).order_by("-pk").values_list("state", flat=True)[:20])


def forget(jobs: JobQuerySet) -> None:
    """Remove jobs that ended, with what is kept of them."""
    for job in jobs.exclude(state__in=UNENDED):
        Job.objects.filter(pk=job.pk).delete()
        JOBS.drop(job.typed_as)
        JOBS.drop(job.stored_as)


def reasons_of(job: Job) -> list[str]:
    """Why a job failed."""
    if job.state != State.FAILED:
        return []
    try:
        return json.loads(JOBS.read(job.stored_as, job.sha256))
    except Lost:
        return [_("Why it was not done is no longer kept.")]


def _run(job: Job, kind: Kind | None) -> Outcome:
    if kind is None:
        raise Refusal(_("This kind of work is no longer known."))
    asked = asked_of(job, beside.Progress(job.token))
    require(asked.user, kind.permission)

    def run() -> Outcome:
        return kind.run(asked)

    if not kind.is_act:
        return once_more(run)
    with marked_by(Job.objects.filter(pk=job.pk).mark):
        return once_more(run)


def _succeed(job: Job, outcome: Outcome) -> None:
    if isinstance(outcome, File):
        # The name of a file may be the user's own, and name somebody: it is kept with the file.
        told = {"name": outcome.name, "content_type": outcome.content_type, "may_name": stores_names()}
        head = json.dumps(told).encode()
        stored = JOBS.keep([head, b"\n", outcome.content])
        _end(job, State.DONE, **stored._asdict())
    else:
        words = {"words": outcome.words, "address": outcome.address, "is_warning": outcome.is_warning}
        _end(job, State.DONE, result=words)


def _fail(job: Job, reasons: list[str]) -> None:
    stored = JOBS.keep(json.dumps([str(reason) for reason in reasons]).encode())
    _end(job, State.FAILED, **stored._asdict())


def _end(job: Job, state: State, **told) -> None:
    """What was typed is kept while the job may be begun again by hand, and goes once it is done."""
    typed_as = "" if state == State.DONE else job.typed_as
    Job.objects.filter(pk=job.pk).update(state=state, ended_at=timezone.now(), typed_as=typed_as, **told)
    if state == State.DONE:
        JOBS.drop(job.typed_as)
    beside.forget(job.token)


def _recognized(job: Job) -> dict:
    """The act stands; the worker was stopped before it could say so."""
    words = _("It was done; the service was stopped just after. Look at the result here.")
    try:
        address = kinds()[job.kind].page(asked_of(job))
    except (LookupError, PermissionDenied, Lost):
        address = job.get_absolute_url()
    return {"words": words, "address": address, "is_warning": True}


def _waiting(job: Job) -> JobQuerySet:
    return Job.objects.filter(pk=job.pk, state=State.WAITING)


def _typed(job: Job) -> Mapping[str, Any]:
    """Lost when it is no longer kept."""
    return json.loads(JOBS.path_of(job.typed_as).read_bytes()) if job.typed_as else {}

"""A page that asks for a long act: what is small is done at once, the rest is handed over."""

import time
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from accounts.permissions import require, user_of
from orgs.jobs import actions, workers
from orgs.jobs.declared import Asked, File, Kind, Outcome
from orgs.jobs.models import Job, State
from resolution03.lib.attachments import attachment
from resolution03.lib.errors import Refusal

PATIENCE, LOOKS_EVERY = 1.5, 0.1
"""Seconds for which a page waits for a worker before it shows how far it is."""


def answer(
    request: HttpRequest, kind: Kind, parameters: Mapping[str, Any], typed: Mapping[str, Any] | None = None
) -> HttpResponse:
    """The file, or the page that shows what was done; the page of the job where that takes longer.

    Refusal, as the act itself raises it, when it is known already.
    """
    asked = Asked(user_of(request), parameters, typed or {})
    require(asked.user, kind.permission)
    if kind.rows(asked) <= settings.JOBS_SMALL:
        return respond(request, kind.run(asked))
    job = actions.ask(asked.user, kind, parameters, asked.typed)
    workers.ensure()
    return ended(request, _waited_for(job))


def ended(request: HttpRequest, job: Job) -> HttpResponse:
    """What came of a job, or its page while it is not done. Refusal when it failed, Lost when its file
    is no longer kept."""
    if job.state == State.FAILED:
        raise Refusal(*actions.reasons_of(job))
    if job.state != State.DONE:
        return redirect(job)
    actions.was_seen(job)
    return respond(request, actions.outcome_of(job))


def respond(request: HttpRequest, outcome: Outcome) -> HttpResponse:
    """A download, or what was done in words on the page that shows it."""
    if isinstance(outcome, File):
        return attachment(outcome.name, outcome.content, outcome.content_type)
    if outcome.words:
        say = messages.warning if outcome.is_warning else messages.success
        say(request, outcome.words)
    return redirect(outcome.address)


def _waited_for(job: Job) -> Job:
    until = time.monotonic() + PATIENCE
    while not job.is_ended and time.monotonic() < until:
        time.sleep(LOOKS_EVERY)
        job.refresh_from_db()
    return job

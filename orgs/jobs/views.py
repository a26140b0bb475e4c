"""Work that is under way or has ended: found again, stopped, begun again, and what came of it."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.permissions import require, user_of
from orgs.jobs import actions, answering, workers
from orgs.jobs.models import Job, State, sees_all_jobs
from orgs.jobs.told import ToldJob
from resolution03.lib.errors import Refusal
from resolution03.lib.paging import page_of

SORTS = {"at": "id"}


@require_safe
def jobs(request: HttpRequest) -> HttpResponse:
    """One's own jobs, the latest first; everybody's, without what came of them, for who looks after the
    service."""
    workers.ensure()
    user = user_of(request)
    actions.saw_list(user)
    queue = actions.Queue()
    page = page_of(Job.objects.visible_to(user).select_related("by"), request.GET, SORTS, default="-at")
    context = {
        "page": page,
        "rows": [ToldJob(job, user, queue) for job in page.rows],
        "sees_all": sees_all_jobs(user),
        "days": settings.JOBS_DAYS,
    }
    return render(request, "orgs/jobs/list.html", context)


@require_safe
def job(request: HttpRequest, token: UUID) -> HttpResponse:
    """How far a job is; this page may be left and found again."""
    found = _mine_or_404(request, token)
    workers.ensure()
    if found.is_ended:
        actions.was_seen(found)
    context = {"told": ToldJob(found, user_of(request)), "job": found}
    return render(request, "orgs/jobs/job.html", context)


@require_safe
def how_far(request: HttpRequest, token: UUID) -> JsonResponse:
    """How far a job is, in words; where it leads once it is done."""
    found = _mine_or_404(request, token)
    workers.ensure()
    told = {"words": ToldJob(found, user_of(request)).words, "ended": found.is_ended}
    if found.is_ended:
        told["address"] = reverse("orgs:job_result" if _leads_on(found) else "orgs:job", args=[token])
    return JsonResponse(told, headers={"Cache-Control": "no-store"})


@require_safe
def result(request: HttpRequest, token: UUID) -> HttpResponse:
    """The file that was made, or the page that shows what was done; refused to who may no longer ask
    for it."""
    found = _mine_or_404(request, token)
    told = ToldJob(found, user_of(request))
    if told.kind is None:
        raise Http404
    require(request.user, told.kind.permission)
    try:
        return answering.ended(request, found)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect(found)


@require_POST
def cancel(request: HttpRequest, token: UUID) -> HttpResponse:
    """Stop a job, one's own or, for who looks after the service, anybody's."""
    found = get_object_or_404(Job.objects.visible_to(user_of(request)), token=token)
    actions.cancel(found)
    workers.ensure()
    if ToldJob(found, user_of(request)).is_mine:
        return redirect(found)
    return redirect("orgs:jobs")


@require_POST
def again(request: HttpRequest, token: UUID) -> HttpResponse:
    """Begin a job that failed or was stopped once more."""
    found = _mine_or_404(request, token)
    told = ToldJob(found, user_of(request))
    if not told.may_be_asked_again or told.kind is None:
        return redirect(found)
    require(request.user, told.kind.permission)
    try:
        made = actions.again(found)
    except Refusal:
        messages.error(request, _("What was typed is no longer kept; ask for it on its page again."))
        return redirect(found)
    workers.ensure()
    return redirect(made)


def _mine_or_404(request: HttpRequest, token: UUID) -> Job:
    return get_object_or_404(Job.objects.visible_to(user_of(request)).of(request.user), token=token)


def _leads_on(job: Job) -> bool:
    return job.state == State.DONE and "address" in job.result

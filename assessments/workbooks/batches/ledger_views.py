"""The ledger of loads, and taking one back."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from accounts.actors import Actor
from accounts.permissions import Permission, require_permission, user_of
from assessments.registers.preview.shown import asked_of_the_board
from assessments.workbooks.batches.jobs import AGAIN
from assessments.workbooks.batches.ledger import LedgerFilter, ledger_rows
from assessments.workbooks.batches.views import answer_or_say, batch_of
from assessments.workbooks.models import BatchState, Upload
from assessments.workbooks.undoing.actions import asks_again, prospect
from assessments.workbooks.undoing.jobs import UNDO
from orgs.jobs.answering import answer
from resolution03.lib.errors import Refusal
from resolution03.lib.paging import page_of

SORTS = {"at": "id"}


@require_permission(Permission.LOAD)
def ledger(request: HttpRequest) -> HttpResponse:
    """Every batch that was planned, stored or undone, the newest first."""
    rows = Upload.objects.visible_to(request.user)
    filters = LedgerFilter(request.GET, rows, user=request.user)
    firsts = filters.qs.select_related("unit").defer("counts")
    page = page_of(firsts, request.GET, SORTS, default="-at")
    return render(
        request,
        "assessments/workbooks/batches/ledger.html",
        {
            "page": page,
            "filters": filters,
            "batches": ledger_rows(page.rows, rows),
        },
    )


@require_permission(Permission.LOAD)
def take_back(request: HttpRequest, batch: UUID) -> HttpResponse:
    """What undoing a batch would put back, or what rests on it; undone when that is confirmed."""
    found = batch_of(request, batch)
    if found.first.state != BatchState.STORED:
        return redirect("assessments:upload_plan", batch)
    if request.method == "POST":
        return _undo(request, batch)
    context: dict[str, object] = {"batch": found, "first": found.first}
    try:
        by = Actor.of(request.user)
        context["prospect"] = prospect(by=by, uploads=found.uploads)
        asked = asks_again(by=by, uploads=found.uploads)
        context["asks"] = asked_of_the_board(asked, user_of(request))
    except Refusal as refusal:
        context["refusal"] = str(refusal)
    return render(request, "assessments/workbooks/undoing/undo.html", context)


def _undo(request: HttpRequest, batch: UUID) -> HttpResponse:
    try:
        return answer(request, UNDO, {"batch": str(batch)})
    except Refusal as refusal:
        messages.error(request, refusal.reasons[0])
        return redirect("assessments:upload_undo", batch)


@require_POST
@require_permission(Permission.LOAD)
def again(request: HttpRequest, batch: UUID) -> HttpResponse:
    """Plan the files of an undone batch once more, as a new batch."""
    batch_of(request, batch)
    return answer_or_say(request, batch, AGAIN, {})

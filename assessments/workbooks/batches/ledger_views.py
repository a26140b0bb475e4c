"""The ledger of loads, and taking one back."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.actors import Actor
from accounts.permissions import Permission, require_permission
from assessments.workbooks.batches import actions as uploads
from assessments.workbooks.batches.ledger import LedgerFilter, ledger_rows
from assessments.workbooks.batches.told import Batch
from assessments.workbooks.batches.views import batch_of, watched
from assessments.workbooks.models import BatchState, Upload
from assessments.workbooks.undoing.actions import prospect, undo
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
    found, by = batch_of(request, batch), Actor.of(request.user)
    if found.first.state != BatchState.STORED:
        return redirect("assessments:upload_plan", batch)
    if request.method == "POST":
        return _undo(request, found, by)
    context = {"batch": found, "first": found.first, "token": uuid4().hex}
    try:
        context["prospect"] = prospect(by=by, uploads=found.uploads)
    except Refusal as refusal:
        context["refusal"] = str(refusal)
    return render(request, "assessments/workbooks/undoing/undo.html", context)


def _undo(request: HttpRequest, found: Batch, by: Actor) -> HttpResponse:
    try:
        with watched(request) as tell:
            is_new = undo(by=by, uploads=found.uploads, tell=tell)
    except Refusal as refusal:
        messages.error(request, refusal.reasons[0])
        return redirect("assessments:upload_undo", found.first.batch)
    done, before = _("Undone: all is as it was before the load."), _("This load was undone before.")
    messages.success(request, done if is_new else before)
    return redirect("assessments:upload_plan", found.first.batch)


@require_POST
@require_permission(Permission.LOAD)
def again(request: HttpRequest, batch: UUID) -> HttpResponse:
    """Plan the files of an undone batch once more, as a new batch."""
    found = batch_of(request, batch)
    try:
        made = uploads.again(by=Actor.of(request.user), uploads=found.uploads)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("assessments:upload_plan", batch)
    return redirect("assessments:upload_plan", made)

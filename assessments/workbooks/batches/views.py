"""Workbooks: chosen, planned, confirmed."""

from contextlib import AbstractContextManager
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.actors import Actor
from accounts.permissions import Permission, require, require_permission, user_of
from assessments.workbooks.batches import actions as uploads
from assessments.workbooks.batches.actions import PlanChanged
from assessments.workbooks.batches.forms import UploadForm
from assessments.workbooks.batches.kept import has_file
from assessments.workbooks.batches.listed import RowFilter
from assessments.workbooks.batches.progress import Tell, progress, told
from assessments.workbooks.batches.told import Batch
from assessments.workbooks.batches.workbook import planned_workbook
from assessments.workbooks.layouts.doubles import cases_of
from assessments.workbooks.marked.offers import offers
from assessments.workbooks.models import Upload
from orgs.scoping import posted_organization
from resolution03.lib.attachments import attachment
from resolution03.lib.errors import Refusal
from resolution03.lib.paging import page_of

LEDGER = 10
SORTS = {"row": "id"}


@require_permission(Permission.LOAD)
def choose(request: HttpRequest) -> HttpResponse:
    """Choose workbooks; below, those of before."""
    organization = posted_organization(request.user)
    if organization is None:
        raise Http404
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if form.is_valid():
        unit = organization if organization.parent_id else None
        try:
            with watched(request) as tell:
                batch = uploads.keep(
                    by=Actor.of(request.user), unit=unit, files=form.cleaned_data["files"], tell=tell
                )
        except Refusal as refusal:
            form.add_error("files", str(refusal))
        else:
            return redirect(_first_step(batch_of(request, batch)))
    rows = Upload.objects.visible_to(request.user).exclude(batch=None).defer("counts")[:LEDGER]
    context = {"form": form, "rows": rows, "token": uuid4().hex}
    return render(request, "assessments/workbooks/batches/choose.html", context)


@require_permission(Permission.LOAD)
def plan(request: HttpRequest, batch: UUID) -> HttpResponse:
    """What the workbooks would change, row by row, and all that is wrong with them."""
    found = batch_of(request, batch)
    filters = RowFilter(request.GET, found.rows, batch=found)
    page = page_of(filters.qs, request.GET, SORTS, count=filters.count)
    return render(
        request,
        "assessments/workbooks/batches/plan.html",
        {
            "batch": found,
            "first": found.first,
            "filters": filters,
            "page": page,
            "planned": found.told(page.rows),
            "faults": found.fault_page(request.GET.get("faults", ""), request.GET.get("look", "")),
            "marked": offers(found),
            "cases": cases_of(found.sheets, request.user),
            "has_file": all(has_file(row) for row in found.uploads),
            "token": uuid4().hex,
        },
    )


@require_permission(Permission.LOAD)
def rows(request: HttpRequest, batch: UUID) -> HttpResponse:
    """The planned rows that the page's filter finds, as a workbook."""
    found = batch_of(request, batch)
    filters = RowFilter(request.GET, found.rows, batch=found)
    content = planned_workbook(found.told(filters.qs.order_by("pk")))
    return attachment("ke-hoach-nap.xlsx", content)


@require_POST
@require_permission(Permission.LOAD)
def apply(request: HttpRequest, batch: UUID) -> HttpResponse:
    """Store what the shown plan says; a second confirmation changes nothing."""
    found = batch_of(request, batch)
    try:
        with watched(request) as tell:
            is_new = uploads.apply(
                by=Actor.of(request.user),
                uploads=found.uploads,
                plan_hash=request.POST.get("plan", ""),
                tell=tell,
            )
    except PlanChanged as changed:
        messages.warning(request, str(changed))
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        stored = _("Stored: the workbook is in the system.")
        before = _("This batch was stored before; nothing was stored a second time.")
        messages.success(request, stored if is_new else before)
    return redirect("assessments:upload_plan", batch)


@require_safe
@require_permission(Permission.LOAD)
def how_far(request: HttpRequest, token: str) -> JsonResponse:
    """How far the work is that the user waits for, in words; empty when nothing is known."""
    return JsonResponse({"words": told(token, user_of(request).pk)}, headers={"Cache-Control": "no-store"})


def watched(request: HttpRequest) -> AbstractContextManager[Tell]:
    """Work of which the page that sent the form is told."""
    return progress(request.POST.get("token", ""), user_of(request).pk)


def batch_of(request: HttpRequest, batch: UUID) -> Batch:
    """The batch, if the user may see it: 404 for another unit's, 403 for one about persons."""
    found = Upload.objects.visible_to(request.user).filter(batch=batch).select_related("unit", "prepared")
    files = list(found.order_by("pk"))
    if not files:
        raise Http404
    told = Batch(files, request.user)
    if told.is_of_persons:
        require(request.user, Permission.VIEW_PERSONS)
    return told


def _first_step(batch: Batch) -> str:
    """The plan; where the only sheet with content is not known, the page that asks about it."""
    sheets = [sheet for sheet in batch.sheets if sheet["note"] or sheet["error_count"]]
    note = sheets[0]["note"] if len(sheets) == 1 else {}
    is_known = note.get("is_incomplete") or note.get("is_outdated")
    if is_known or (note.get("unknown") and not sheets[0]["kind"]):
        place = [batch.first.batch, sheets[0]["upload"].pk, note["index"]]
        return reverse("assessments:upload_layout_sheet", args=place)
    return reverse("assessments:upload_plan", args=[batch.first.batch])

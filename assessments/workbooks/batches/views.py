"""Workbooks: chosen, planned, confirmed."""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from accounts.actors import Actor
from accounts.permissions import Permission, may, require_permission, user_of
from assessments.workbooks.batches import actions as uploads
from assessments.workbooks.batches import jobs
from assessments.workbooks.batches.forms import UploadForm
from assessments.workbooks.batches.found import find_batch
from assessments.workbooks.batches.kept import has_file
from assessments.workbooks.batches.listed import RowFilter
from assessments.workbooks.batches.told import Batch
from assessments.workbooks.layouts.doubles import cases_of
from assessments.workbooks.marked.offers import offers
from assessments.workbooks.models import Upload
from assessments.workbooks.reorganizing.actions import keep
from orgs.jobs.answering import answer
from orgs.jobs.declared import Kind
from orgs.scoping import posted_organization
from resolution03.lib.errors import Refusal
from resolution03.lib.paging import page_of

LEDGER = 10
SORTS = {"row": "id"}


@require_permission(Permission.LOAD)
def choose(request: HttpRequest) -> HttpResponse:
    """Choose workbooks; below, those of before."""
    if posted_organization(request.user) is None:
        raise Http404
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if form.is_valid():
        try:
            return planned(request, form.cleaned_data["files"])
        except Refusal as refusal:
            form.add_error("files", str(refusal))
    rows = Upload.objects.visible_to(request.user).exclude(batch=None).defer("counts")[:LEDGER]
    may_reorganize = may(user_of(request), Permission.REORGANIZE)
    context = {"form": form, "rows": rows, "may_reorganize": may_reorganize}
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
        },
    )


@require_permission(Permission.LOAD)
def rows(request: HttpRequest, batch: UUID) -> HttpResponse:
    """The planned rows that the page's filter finds, as a workbook."""
    batch_of(request, batch)
    return answer(request, jobs.ROWS, {"batch": str(batch)}, {"query": request.GET.urlencode()})


@require_POST
@require_permission(Permission.LOAD)
def apply(request: HttpRequest, batch: UUID) -> HttpResponse:
    """Store what the shown plan says; a second confirmation changes nothing. One that reorganizes asks for
    the number of bodies, typed once more."""
    found = batch_of(request, batch)
    if found.reorganization and (refused := found.reorganization.refuse(request.POST.get("bodies", ""))):
        messages.error(request, refused)
        return redirect("assessments:upload_plan", batch)
    if found.reorganization and request.POST.get("when") == "later" and found.reorganization.is_ahead:
        return redirect_kept(request, found, found.reorganization.first_day)
    return answer_or_say(request, batch, jobs.APPLY, {"plan": request.POST.get("plan", "")[:64]})


def answer_or_say(
    request: HttpRequest, batch: UUID, kind: Kind, parameters: dict, typed: dict | None = None
) -> HttpResponse:
    """What came of a long act on a batch; a refusal is said on the page of its plan."""
    try:
        return answer(request, kind, {"batch": str(batch), **parameters}, typed)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("assessments:upload_plan", batch)


def redirect_kept(request: HttpRequest, found: Batch, until: date | None) -> HttpResponse:
    """Let the plan wait for its day, None: no longer; back to its page."""
    try:
        keep(by=Actor.of(request.user), uploads=found.uploads, until=until)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("assessments:upload_plan", found.first.batch)


def batch_of(request: HttpRequest, batch: UUID) -> Batch:
    """The batch, if the user may see it: 404 for another unit's, 403 for one about persons."""
    return find_batch(request.user, batch)


def planned(request: HttpRequest, sent: list[UploadedFile]) -> HttpResponse:
    """The files are kept at once; their plan may take longer. Refusal when one is no workbook."""
    files = uploads.keep_files(sent)
    size = sum(file.size or 0 for file in sent)
    return answer(request, jobs.PLAN, {"bytes": size}, {"files": [list(file) for file in files]})

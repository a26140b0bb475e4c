"""Workbooks: chosen, planned, confirmed."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from accounts.actors import Actor
from accounts.permissions import Permission, may, require, require_permission
from assessments.actions import uploads
from assessments.actions.uploads import PlanChanged
from assessments.forms.uploads import UploadForm
from assessments.loading.files import OF_PERSONS
from assessments.models import Upload
from members.imports import VILLAGE_HEADS
from orgs.scoping import posted_organization
from resolution03.lib.errors import Refusal

LEDGER = 20
NAME = VILLAGE_HEADS.heading("full_name")
KINDS = {
    "organizations": gettext_lazy("Organizations"),
    "villages": gettext_lazy("Villages"),
    "village_heads": gettext_lazy("Village heads"),
    "members": gettext_lazy("Members"),
    "organization_ratings": gettext_lazy("Ratings of organizations"),
    "member_ratings": gettext_lazy("Ratings of members"),
    "reported_totals": gettext_lazy("Reported totals"),
}


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
            batch = uploads.keep(
                by=Actor.of(request.user), unit=unit, files=form.cleaned_data["files"]
            )
        except Refusal as refusal:
            form.add_error("files", str(refusal))
        else:
            return redirect("assessments:upload_plan", batch)
    rows = Upload.objects.visible_to(request.user).exclude(batch=None)[:LEDGER]
    return render(request, "assessments/upload/choose.html", {"form": form, "rows": rows})


@require_permission(Permission.LOAD)
def plan(request: HttpRequest, batch) -> HttpResponse:
    """What the workbooks would change, and all that is wrong with them."""
    rows = _batch(request, batch)
    shown = rows[0].counts
    sheets = [_sheet(sheet) for sheet in shown["sheets"]]
    if OF_PERSONS & {sheet["kind"] for sheet in sheets}:
        require(request.user, Permission.VIEW_PERSONS)
    sees = may(request.user, Permission.VIEW_PERSONS)
    totals = {name: sum(s[name] for s in sheets) for name in _TOTALS}
    return render(request, "assessments/upload/plan.html", {
        "rows": rows,
        "first": rows[0],
        "sheets": sheets,
        "totals": totals,
        "changes": totals["created"] + totals["updated"],
        "correct": totals["created"] + totals["updated"] + totals["unchanged"],
        "faults": [
            (kind, sheet, fault)
            for kind, name in (("error", "errors"), ("changed", "warnings"))
            for sheet in sheets for fault in sheet[name] if sees or fault["column"] != NAME
        ],
        "updated": _listed(sheets, "updated_rows", sees),
        "created": _listed(sheets, "created_rows", sees),
        "apply_url": reverse("assessments:upload_apply", args=[batch]),
    })


@require_POST
@require_permission(Permission.LOAD)
def apply(request: HttpRequest, batch) -> HttpResponse:
    """Store what the shown plan says; a second confirmation changes nothing."""
    rows = _batch(request, batch)
    try:
        uploads.apply(
            by=Actor.of(request.user), uploads=rows, plan_hash=request.POST.get("plan", "")
        )
    except PlanChanged as changed:
        messages.warning(request, str(changed))
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Stored: the workbook is in the system."))
    return redirect("assessments:upload_plan", batch)


def _batch(request: HttpRequest, batch) -> list[Upload]:
    found = Upload.objects.visible_to(request.user).filter(batch=batch).select_related("unit")
    rows = list(found.order_by("pk"))
    if not rows:
        raise Http404
    return rows


_TOTALS = ("rows", "created", "updated", "unchanged", "skipped", "error_count")


def _sheet(sheet: dict) -> dict:
    counts = {status: sheet["counts"].get(status, 0) for status in ("created", "updated", "unchanged")}
    kind = KINDS.get(sheet["kind"], "–")
    return sheet | counts | {"label": kind, "error_count": len(sheet["errors"])}


def _listed(sheets: list[dict], name: str, sees_persons: bool) -> list[tuple]:
    """Sheet, row number, code, and one line for each changed column."""
    return [
        (sheet["sheet"], row["row"], row["code"], change)
        for sheet in sheets for row in sheet.get(name, ()) for change in row["changes"]
        if sees_persons or change[0] != NAME
    ]

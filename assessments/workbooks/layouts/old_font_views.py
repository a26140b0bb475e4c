"""Single cells of an old font: which of them are converted."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from accounts.actors import Actor
from accounts.permissions import Permission, require_permission
from assessments.workbooks.batches.views import batch_of
from assessments.workbooks.layouts.actions import convert_cells
from resolution03.lib.errors import Refusal


@require_POST
@require_permission(Permission.LOAD)
def convert(request: HttpRequest, batch: UUID, upload: int) -> HttpResponse:
    """Convert the chosen cells of a sheet, or all that the page offered; the others stay as they are."""
    found = batch_of(request, batch)
    sheet = next(
        (
            sheet
            for sheet in found.sheets
            if sheet["upload"].pk == upload and sheet["sheet"] == request.POST.get("sheet")
        ),
        None,
    )
    if sheet is None:
        raise Http404
    sent = set(request.POST.getlist("cell"))
    is_all = request.POST.get("do") == "all"
    cells = {
        one["cell"]: one["font"]
        for one in sheet["note"].get("old_cells", ())
        if is_all or one["cell"] in sent
    }
    try:
        convert_cells(
            by=Actor.of(request.user),
            uploads=found.uploads,
            upload=sheet["upload"],
            sheet=sheet["sheet"],
            cells=cells,
        )
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("assessments:upload_plan", batch)

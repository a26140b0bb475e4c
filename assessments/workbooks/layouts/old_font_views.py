"""Single cells of an old font: which of them are converted."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from accounts.permissions import Permission, require_permission
from assessments.workbooks.batches.views import answer_or_say, batch_of
from assessments.workbooks.layouts.jobs import DECIDE


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
    parameters = {"do": "cells", "upload": upload}
    return answer_or_say(request, batch, DECIDE, parameters, {"sheet": sheet["sheet"], "cells": cells})

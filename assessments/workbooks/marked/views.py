"""An uploaded workbook, downloaded with its errors marked."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from accounts.actors import Actor
from accounts.permissions import Permission, require_permission
from assessments.workbooks.batches.views import batch_of
from assessments.workbooks.marked import offers
from assessments.workbooks.marked.actions import hand_back
from resolution03.lib.attachments import attachment
from resolution03.lib.errors import Refusal


@require_permission(Permission.LOAD)
@require_safe
def marked(request: HttpRequest, batch: UUID, pk: int) -> HttpResponse:
    """One file of a batch, as the page of its plan tells its faults."""
    found = batch_of(request, batch)
    upload = next((row for row in found.uploads if row.pk == pk), None)
    if upload is None:
        raise Http404
    try:
        content = hand_back(upload, offers.marks_of(found, upload), by=Actor.of(request.user))
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("assessments:upload_plan", batch)
    return attachment(offers.file_name(upload), content)

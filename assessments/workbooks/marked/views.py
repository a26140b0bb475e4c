"""An uploaded workbook, downloaded with its errors marked."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from accounts.permissions import Permission, require_permission
from assessments.workbooks.batches.found import find_file
from assessments.workbooks.batches.views import answer_or_say, batch_of
from assessments.workbooks.marked.jobs import MARK


@require_permission(Permission.LOAD)
@require_safe
def marked(request: HttpRequest, batch: UUID, pk: int) -> HttpResponse:
    """One file of a batch, as the page of its plan tells its faults."""
    find_file(batch_of(request, batch), pk)
    return answer_or_say(request, batch, MARK, {"upload": pk})

"""One batch, as a user may see it."""

from uuid import UUID

from django.http import Http404

from accounts.permissions import Permission, require
from assessments.workbooks.batches.told import Batch
from assessments.workbooks.models import Upload


def find_batch(user, batch: UUID | str) -> Batch:
    """404 for another unit's, 403 for one about persons."""
    found = Upload.objects.visible_to(user).filter(batch=batch).select_related("unit", "prepared")
    files = list(found.order_by("pk"))
    if not files:
        raise Http404
    told = Batch(files, user)
    if told.is_of_persons:
        require(user, Permission.VIEW_PERSONS)
    return told


def find_file(batch: Batch, pk: int) -> Upload:
    """One file of it; 404 for another's."""
    found = next((row for row in batch.uploads if row.pk == pk), None)
    if found is None:
        raise Http404
    return found

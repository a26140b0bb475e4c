"""What has been kept for long enough (DESIGN, "What is left out"): what is due, and how much of it."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from assessments.loading import kept, progress
from assessments.models import BatchRows, PlannedRow, PreparedWorkbook, Upload
from members.models import Member, VillageHead
from orgs.audit import EXPORTS
from orgs.models import AuditEntry

STRAY = timedelta(days=1)
"""After so long a file of which nobody knows is of no work under way."""
LATE = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Due:
    """How many of each thing have been kept for long enough."""

    uploads: int
    files: int
    stray_files: int
    exports: int
    members: int
    heads: int


def due() -> Due:
    """What pruning would remove now."""
    return Due(
        uploads=due_uploads().count(),
        files=sum(kept.has_file(row) for row in due_uploads()),
        stray_files=len(list(stray_files())),
        exports=due_exports().count(),
        members=due_members().count(),
        heads=due_heads().count(),
    )


def due_uploads() -> QuerySet[Upload]:
    """Uploads, confirmed or not, of which more is kept than the ledger's row."""
    limit = timezone.now() - timedelta(days=settings.UPLOAD_DAYS)
    planned = PlannedRow.objects.filter(upload=OuterRef("pk"))
    written = BatchRows.objects.filter(batch=OuterRef("batch"))
    more = ~Q(stored_as="") | Q(Exists(planned)) | Q(Exists(written))
    return Upload.objects.filter(more, at__lt=limit).defer("counts")


def is_overdue() -> bool:
    """Whether a file lies there that pruning should have removed a while ago."""
    limit = timezone.now() - timedelta(days=settings.UPLOAD_DAYS) - LATE
    return Upload.objects.filter(at__lt=limit).exclude(stored_as="").exists()


def stray_files() -> Iterator[Path]:
    """Files of which the ledger knows nothing, and what work that died left of its progress."""
    known = set(Upload.objects.exclude(stored_as="").values_list("stored_as", flat=True))
    found = [path for path in kept.folder().iterdir() if path.name not in known]
    oldest = timezone.now().timestamp() - STRAY.total_seconds()
    for path in (*found, *progress.folder().iterdir()):
        if _changed_at(path) < oldest:
            yield path


def due_exports() -> QuerySet[AuditEntry]:
    """Entries about reports and prepared workbooks that left long ago; the reports themselves
    stand in their ledger."""
    return AuditEntry.objects.filter(action__in=EXPORTS, at__lt=_exports_until())


def due_prepared() -> QuerySet[PreparedWorkbook]:
    """What is remembered of prepared workbooks for as long as the entry that they left."""
    return PreparedWorkbook.objects.filter(at__lt=_exports_until())


def due_members() -> QuerySet[Member]:
    """Those who left long ago and still bear their names."""
    gone = Member.objects.filter(left_on__lte=_long_ago())
    return gone.exclude(full_name="").exclude(full_name=F("code"))


def due_heads() -> QuerySet[VillageHead]:
    """Past heads who still bear their names; `code` is what replaces it."""
    past = VillageHead.objects.filter(ends_on__lte=_long_ago())
    coded = past.annotate(code=Coalesce("member__code", "village__code"))
    return coded.exclude(full_name="").exclude(full_name=F("code"))


def _exports_until() -> datetime:
    return timezone.now() - timedelta(days=365 * settings.EXPORT_LOG_YEARS)


def _long_ago() -> date:
    today = timezone.localdate()
    return today.replace(year=today.year - settings.NAMES_YEARS, day=min(today.day, 28))


def _changed_at(path: Path) -> float:
    try:
        return os.stat(path).st_mtime
    except FileNotFoundError:
        return float("inf")

"""What has been kept for long enough (DESIGN, "What is left out"): what is due, and how much of it."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from assessments.entry.records.models import Record
from assessments.operations import erasable
from assessments.registers.undoing.models import BatchRows
from assessments.reports.issued.models import IssuedReport
from assessments.workbooks.models import PlannedRow, PreparedWorkbook, Upload
from members.models import Member, VillageHead
from orgs.audit import EXPORTS
from orgs.jobs import beside
from orgs.jobs.models import Job, JobQuerySet
from orgs.models import AuditEntry
from resolution03.lib.backups import rooms
from resolution03.lib.keeping import JOBS, RECORDS, UPLOADS

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

WAITING = Q(due_on__isnull=False, applied_at__isnull=True)
"""Plans that wait for their day need their file until then."""
STRAY = timedelta(days=1)
"""After so long a file of which nobody knows is of no work under way."""
LATE = timedelta(days=14)
BEFORE = "before-restore-"
"""How copies of what was here before a restoring are called."""
COPY = "copy-"
"""How backups that were made on a page are called."""
SORRY = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Due:
    """How many of each thing have been kept for long enough."""

    uploads: int = 0
    files: int = 0
    stray_files: int = 0
    exports: int = 0
    lists: int = 0
    members: int = 0
    heads: int = 0
    entries: int = 0
    copies: int = 0
    left_over: int = 0
    jobs: int = 0


def due() -> Due:
    """What pruning would remove now."""
    return Due(
        uploads=due_uploads().count(),
        files=sum(UPLOADS.has(row.stored_as) for row in due_uploads()),
        stray_files=len(list(stray_files())),
        exports=due_exports().count(),
        lists=due_lists().count(),
        members=due_members().count(),
        heads=due_heads().count(),
        entries=len(erasable.entries()),
        copies=len(list(due_copies())),
        jobs=due_jobs().count(),
        left_over=sum(len(rooms.left_over(folder)) for folder in rooms.usual_places(Path(settings.VAR_DIR))),
    )


def due_uploads() -> QuerySet[Upload]:
    """Uploads, confirmed or not, of which more is kept than the ledger's row; sooner than by their
    term those that were stored and tell of persons whose own time is over."""
    limit = timezone.now() - timedelta(days=settings.UPLOAD_DAYS)
    planned = PlannedRow.objects.filter(upload=OuterRef("pk"))
    written = BatchRows.objects.filter(batch=OuterRef("batch"))
    more = ~Q(stored_as="") | Q(Exists(planned)) | Q(Exists(written))
    telling = Q(batch__in=erasable.batches()) | Q(pk__in=erasable.uploads())
    return Upload.objects.filter(more, Q(at__lt=limit) & ~WAITING | telling).defer("counts")


def is_overdue() -> bool:
    """Whether a file lies there that pruning should have removed a while ago."""
    limit = timezone.now() - timedelta(days=settings.UPLOAD_DAYS) - LATE
    return Upload.objects.filter(~WAITING, at__lt=limit).exclude(stored_as="").exists()


def stray_files() -> Iterator[Path]:
    """Files of which no ledger knows anything, and what work that died left of its progress."""
    known = set(Upload.objects.exclude(stored_as="").values_list("stored_as", flat=True))
    found = [path for path in UPLOADS.folder.iterdir() if path.name not in known]
    of_records = set(Record.objects.exclude(stored_as="").values_list("stored_as", flat=True))
    found += [path for path in RECORDS.folder.iterdir() if path.name not in of_records]
    of_jobs = {name for pair in Job.objects.values_list("typed_as", "stored_as") for name in pair}
    found += [path for path in JOBS.folder.iterdir() if path.name not in of_jobs]
    oldest = timezone.now().timestamp() - STRAY.total_seconds()
    for path in (*found, *beside.folder().iterdir()):
        if _changed_at(path) < oldest:
            yield path


def due_exports() -> QuerySet[AuditEntry]:
    """Entries about reports and prepared workbooks that left long ago; the reports themselves
    stand in their ledger."""
    return AuditEntry.objects.filter(action__in=EXPORTS, at__lt=_exports_until())


def due_prepared() -> QuerySet[PreparedWorkbook]:
    """What is remembered of prepared workbooks for as long as the entry that they left."""
    return PreparedWorkbook.objects.filter(at__lt=_exports_until())


def due_lists() -> QuerySet[IssuedReport]:
    """Issued lists of persons whose file is still kept; the ledger's row stays."""
    limit = timezone.now() - timedelta(days=365 * settings.PERSON_LIST_YEARS)
    kept_lists = IssuedReport.objects.filter(is_of_persons=True).exclude(stored_as="")
    return kept_lists.filter(at__lt=limit).defer("figures", "standing")


def due_standings() -> QuerySet[IssuedReport]:
    """Issued reports that still keep the level of each member, long after a list of persons would go."""
    limit = timezone.now() - timedelta(days=365 * settings.PERSON_LIST_YEARS)
    return IssuedReport.objects.filter(at__lt=limit, standing__has_key="members").only("standing")


def due_members() -> QuerySet[Member]:
    """Those who left long ago and still bear their names."""
    return erasable.past_members().exclude(full_name="").exclude(full_name=F("code"))


def due_heads() -> "QuerySet[WithAnnotations[VillageHead, erasable.Coded]]":
    """Past heads who still bear their names; `code` is what replaces it."""
    return erasable.past_heads().exclude(full_name="").exclude(full_name=F("code"))


def due_jobs() -> JobQuerySet:
    """Jobs that ended some days ago; what they did stands where it stands, what they made goes."""
    return Job.objects.filter(ended_at__lt=timezone.now() - timedelta(days=settings.JOBS_DAYS))


def due_copies() -> Iterator[Path]:
    """Copies of what was here before a restoring, kept for as long as one may be sorry, and backups that
    were made on a page."""
    oldest = timezone.now().timestamp() - SORRY.total_seconds()
    folder = Path(settings.VAR_DIR) / rooms.COPIES
    for path in (*folder.glob(f"{BEFORE}*"), *folder.glob(f"{COPY}*.zip")):
        if _changed_at(path) < oldest:
            yield path


def _exports_until() -> datetime:
    return timezone.now() - timedelta(days=365 * settings.EXPORT_LOG_YEARS)


def _changed_at(path: Path) -> float:
    try:
        return os.stat(path).st_mtime
    except FileNotFoundError:
        return float("inf")

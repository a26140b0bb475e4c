"""Uploaded workbooks: kept, planned, and applied once when the plan is confirmed.

A file lies under `var/uploads` by a random name; no address leads to it. The ledger holds who,
when, the file's hash, the plan that was shown and its counts.
"""

import hashlib
import json
import os
import uuid
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actors import Actor
from assessments.loading.files import NamesNotStored, Source
from assessments.loading.plan import Plan
from assessments.loading.run import Options, load
from assessments.models import Upload
from orgs import audit
from orgs.models import Organization
from resolution03.lib.errors import Refusal
from resolution03.lib.workbooks.reading import NotAWorkbook

MOST_FILES = 10
MOST_BYTES = 30 * 1024 * 1024
ROWS_KEPT = 200


class PlanChanged(Refusal):
    """Since the plan was shown, something else changed; `plan` is as it stands now."""

    def __init__(self):
        super().__init__(_("The data changed since the plan was made; look at the new plan."))


def keep(*, by: Actor, unit: Organization | None, files: Iterable[UploadedFile]) -> uuid.UUID:
    """Keep the files and plan what they would change; the id of the batch.

    `unit`: an officer's unit, outside which nothing exists; None for the Board. Refusal, with
    nothing kept, when a file is no workbook.
    """
    batch = uuid.uuid4()
    kept = [(file.name, *_write(file)) for file in files]
    try:
        with transaction.atomic():
            uploads = _ledger(by, unit, kept, batch)
            _show(uploads, _load(uploads, by=by, check=True))
    except (NotAWorkbook, NamesNotStored) as error:
        for _name, stored_as, _hash in kept:
            (folder() / stored_as).unlink()
        raise Refusal(str(error)) from error
    return batch


def apply(*, by: Actor, uploads: list[Upload], plan_hash: str) -> bool:
    """Store what the shown plan says, in one transaction; False when it was stored before.

    The plan is made again: PlanChanged, with the new plan kept, when it differs.
    """
    try:
        with transaction.atomic():
            locked = list(
                Upload.objects.select_for_update().filter(pk__in=[row.pk for row in uploads]).order_by("pk")
            )
            if locked[0].applied_at:
                return False
            _apply(locked, by=by, plan_hash=plan_hash)
    except PlanChanged:
        _show(uploads, _load(uploads, by=by, check=True))
        raise
    return True


def folder() -> Path:
    """Where uploaded files lie."""
    found = Path(settings.VAR_DIR) / "uploads"
    found.mkdir(mode=0o700, parents=True, exist_ok=True)
    return found


def _apply(uploads: list[Upload], *, by: Actor, plan_hash: str) -> None:
    plan = _load(uploads, by=by, check=False)
    if plan.has_errors or _hash_of(plan) != plan_hash:
        raise PlanChanged()
    now = timezone.now()
    Upload.objects.filter(pk__in=[row.pk for row in uploads]).update(applied_at=now)
    changes = [
        audit.Change(row, {}, {"file": row.file_name, "sha256": row.sha256}, row.unit_id, str(row.pk))
        for row in uploads
    ]
    audit.record(changes, by=by, action="upload.apply", batch=uploads[0].batch)


def _write(file: UploadedFile) -> tuple[str, str]:
    """Random name and SHA-256 of a kept file."""
    name = f"{uuid.uuid4().hex}.xlsx"
    digest = hashlib.sha256()
    descriptor = os.open(folder() / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as stream:
        for chunk in file.chunks():
            digest.update(chunk)
            stream.write(chunk)
    return name, digest.hexdigest()


def _ledger(by: Actor, unit, kept: list[tuple[str, str, str]], batch: uuid.UUID) -> list[Upload]:
    return [
        Upload.objects.create(
            by=by.user, by_name=by.name, unit=unit, file_name=name[:255], sha256=digest,
            stored_as=stored_as, batch=batch,
        )
        for name, stored_as, digest in kept
    ]


def _load(uploads: list[Upload], *, by: Actor, check: bool) -> Plan:
    unit = uploads[0].unit
    sources = [Source(folder() / row.stored_as, row.file_name) for row in uploads]
    options = Options(unit.code if unit else None, hides=unit is not None, check=check)
    return load(sources, by=by, options=options)


def _show(uploads: list[Upload], plan: Plan) -> None:
    """Keep the plan with the first file of the batch, for the page that shows it."""
    first = uploads[0]
    first.plan_hash, first.counts = _hash_of(plan), _trimmed(plan)
    first.save(update_fields=["plan_hash", "counts"])


def _hash_of(plan: Plan) -> str:
    document = plan.as_dict()
    document.pop("applied")
    text = json.dumps(document, sort_keys=True, default=str, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _trimmed(plan: Plan) -> dict:
    """The plan as the page shows it: all faults, the first rows of each kind of change."""
    document = plan.as_dict()
    for sheet in document["sheets"]:
        rows = sheet.pop("row_plans")
        for status in ("created", "updated"):
            sheet[f"{status}_rows"] = [row for row in rows if row["status"] == status][:ROWS_KEPT]
    return document | {"counts": dict(plan.counts)}

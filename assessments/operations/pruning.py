"""Removing what has been kept for long enough. The ledger's rows stay: hash, who, when, counts."""

import shutil
from functools import partial
from pathlib import Path

from django.conf import settings
from django.contrib.sessions.models import Session
from django.utils import timezone

from accounts.actors import Actor
from assessments.operations import erasable, retention
from assessments.operations.mentions import TEXTS, Mentions, borne_by_nobody, entries, texts
from assessments.operations.retention import Due
from assessments.registers.undoing.journal import CHUNK
from assessments.registers.undoing.models import BatchRows
from assessments.reports.issued.models import IssuedReport
from assessments.rules.holding import writing_years
from assessments.workbooks.models import PlannedRow, Upload
from members.models import Member, VillageHead
from orgs import audit
from orgs.jobs.actions import forget
from orgs.models import Installation
from orgs.rules import unit_of
from resolution03.lib import bulk
from resolution03.lib.backups import rooms
from resolution03.lib.contention import once_more
from resolution03.lib.keeping import REPORTS, UPLOADS


def prune(*, by: Actor) -> Due:
    """Remove all that is due; what was removed. Files of uploads go last: a run that is killed leaves
    only files of which nobody knows, and the next one removes them; lists of persons go first, for
    nobody looks for reports that no row names."""
    found = retention.due()
    for name in retention.due_lists().values_list("stored_as", flat=True):
        REPORTS.drop(name)
    for name in once_more(partial(erase, by=by)):
        (Path(settings.VAR_DIR) / name).unlink(missing_ok=True)
    forget(retention.due_jobs())
    for path in retention.stray_files():
        path.unlink(missing_ok=True)
    for path in retention.due_copies():
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    for folder in rooms.usual_places(Path(settings.VAR_DIR)):
        rooms.sweep(folder)
    return found


@writing_years()
def erase(*, by: Actor) -> set[str]:
    """Remove from the database all that is due; the kept files, as `folder/name`, that are to go."""
    files = {UPLOADS.place(name) for name in _strip_uploads()}
    files |= {REPORTS.place(name) for name in _strip_lists()}
    BatchRows.objects.filter(batch__in=erasable.batches()).delete()
    audit.drop(retention.due_exports())
    retention.due_prepared().delete()
    Session.objects.filter(expire_date__lt=timezone.now()).delete()
    _clean_texts(by)
    _replace_names(by)
    return files


def _strip_lists() -> list[str]:
    """The ledger keeps each list's row, number and hash, not what names persons."""
    files = list(retention.due_lists().values_list("stored_as", flat=True))
    IssuedReport.objects.filter(stored_as__in=files).update(stored_as="")
    for issued in retention.due_standings():
        left = {key: told for key, told in issued.standing.items() if key != "members"}
        IssuedReport.objects.filter(pk=issued.pk).update(standing=left)
    return files


def _clean_texts(by: Actor) -> None:
    """Take the names out of the trail and of what was written about ratings; the trail says in how
    many of its entries."""
    found = erasable.entries()
    names = erasable.known(found)
    audit.take_names_out((one.pk, one.before, one.after, one.reason) for one in found)
    audit.take_names_out(erasable.entries_of_lines(names))
    for model, fields in erasable.TEXTS.items():
        bulk.update(model, fields, erasable.texts(model, names))
    if mentions := Mentions(borne_by_nobody(erasable.codes_of(found, names))):
        audit.take_names_out(list(entries(mentions)))
        for model, fields in TEXTS.items():
            bulk.update(model, fields, list(texts(model, mentions)))
    if found:
        installation, _made = Installation.objects.get_or_create(pk=1)
        audit.record([audit.Change(installation, {}, {"rows": len(found)})], by=by, action="system.erase")


def _strip_uploads() -> list[str]:
    """Keep of each upload what the ledger tells; the names of the files that are to go."""
    uploads = list(retention.due_uploads().order_by("pk"))
    for start in range(0, len(uploads), CHUNK):
        chunk = uploads[start : start + CHUNK]
        PlannedRow.objects.filter(upload__in=chunk).delete()
        BatchRows.objects.filter(batch__in={row.batch for row in chunk if row.batch}).delete()
    files = [row.stored_as for row in uploads if row.stored_as]
    for row in uploads:
        told = {"totals": row.counts.get("totals", {}), "sheets": []}
        Upload.objects.filter(pk=row.pk).update(stored_as="", choices={}, counts=told)
    return files


def _replace_names(by: Actor) -> None:
    """Persons who left long ago, and past heads, stand under their codes; no figure reads a name."""
    members = list(retention.due_members().order_by("pk").values_list("pk", "code", "cell__path"))
    _rename(Member, members, by=by, action="member.forget")
    heads = retention.due_heads().order_by("pk")
    rows = list(heads.values_list("pk", "code", "village__committee__path"))
    _rename(VillageHead, rows, by=by, action="head.forget")


def _rename(model, rows: list[tuple[int, str, str]], *, by: Actor, action: str) -> None:
    """The trail says that a name went, not which."""
    values = [(pk, erasable.coded(model, code)) for pk, code, _path in rows]
    fields = list(erasable.coded(model, ""))
    bulk.update(model, fields, ((pk, *coded.values()) for pk, coded in values))
    changes = [
        audit.Change(audit.Keyed(pk, model._meta), {}, {"full_name": code}, unit_of(path), code)
        for pk, code, path in rows
    ]
    audit.record(changes, by=by, action=action)

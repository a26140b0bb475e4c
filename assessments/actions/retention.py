"""Removing what has been kept for long enough. The ledger's rows stay: hash, who, when, counts."""

from accounts.actors import Actor
from assessments import retention
from assessments.holding import writing_years
from assessments.loading import kept
from assessments.loading.journal import CHUNK
from assessments.models import BatchRows, PlannedRow, Upload
from assessments.retention import Due
from members.models import Member, VillageHead
from orgs import audit
from orgs.rules import unit_of
from resolution03.lib import bulk


def prune(*, by: Actor) -> Due:
    """Remove all that is due; what was removed. Files go last: a run that is killed leaves only
    files of which nobody knows, and the next one removes them."""
    found = retention.due()
    with writing_years():
        files = _strip_uploads()
        audit.drop(retention.due_exports())
        retention.due_prepared().delete()
        _replace_names(by)
    for name in files:
        kept.remove(name)
    for path in retention.stray_files():
        path.unlink(missing_ok=True)
    return found


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
    keys = [name for name in ("search_key", "sort_key") if hasattr(model, name)]
    values = []
    for pk, code, _path in rows:
        made = model(full_name=code, **({"code": code} if model is Member else {}))
        made.refresh_keys()
        values.append((pk, code, *(getattr(made, name) for name in keys)))
    bulk.update(model, ("full_name", *keys), values)
    changes = [
        audit.Change(audit.Keyed(pk, model._meta), {}, {"full_name": code}, unit_of(path), code)
        for pk, code, path in rows
    ]
    audit.record(changes, by=by, action=action)

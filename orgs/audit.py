"""The audit trail: one append-only row for each changed object, bulk writes included."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from django.db import models
from django.db.models.options import Options

from accounts.actors import Actor
from orgs.models import AuditEntry
from orgs.trail.words import actions
from orgs.versions import acts, require_writing
from resolution03.lib.bulk import update, upsert

EXPORTS = ("report.download", "report.again", "prepared.download")
"""The actions by which workbooks leave: the log of exports."""


@dataclass(frozen=True, slots=True)
class Change:
    """What happened to one object; `before` is empty for a new one, `after` for a removed one."""

    obj: "models.Model | Keyed"
    before: dict = field(default_factory=dict)
    after: dict = field(default_factory=dict)
    unit_id: int | None = None
    code: str = ""


@dataclass(frozen=True, slots=True)
class Keyed:
    """What the trail needs of an object: its key and what it is."""

    pk: int
    _meta: Options


def record(
    changes: Iterable[Change],
    *,
    by: Actor,
    action: str,
    reason: str = "",
    batch: uuid.UUID | None = None,
) -> uuid.UUID:
    """Append the changes of one action, within its `orgs.versions.writing`; RuntimeError elsewhere.

    LookupError for an action that no room declares (settings.TRAIL): nobody could read it.
    """
    require_writing()
    if action not in actions():
        raise LookupError(action)
    batch = batch or by.once or uuid.uuid4()
    constants = (batch, by.user.pk if by.user else None, by.name, action, reason)
    rows = [(*constants, *_row(change)) for change in changes]
    upsert(AuditEntry, FIELDS, rows)
    if rows:
        acts().append((batch, action))
    return batch


def release_units(pks: Iterable[int]) -> None:
    """Leave the entries of units that are about to go to the province's trail; nothing that an entry
    tells is changed. Only undoing the load that made these units may call it."""
    require_writing()
    rows: models.QuerySet[AuditEntry] = models.QuerySet(AuditEntry)
    rows.filter(unit__in=list(pks)).update(unit=None)


def drop(entries: models.QuerySet) -> None:
    """Remove entries whose time of keeping is over. The trail is append-only: only pruning the log of
    exports (assessments/operations/pruning.py) may call this, and only for workbooks that left."""
    require_writing()
    rows: models.QuerySet[AuditEntry] = models.QuerySet(AuditEntry)
    rows.filter(action__in=EXPORTS).filter(pk__in=entries.order_by().values("pk")).delete()


def take_names_out(entries: Iterable[tuple[int, dict, dict, str]]) -> None:
    """Give entries, by key, the same `before`, `after` and `reason` without the names of persons whose
    time of keeping is over. Only erasing names (assessments/operations/pruning.py) may call this."""
    update(AuditEntry, ("before", "after", "reason"), entries)


def state(obj: models.Model, fields: Iterable[str]) -> dict:
    """The stored values of `fields`, as the trail keeps them."""
    return {name: plain(obj.serializable_value(name)) for name in fields}


def plain(value):
    """A value as JSON holds it: dates in ISO form, decimals and ids as text."""
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    return str(value) if isinstance(value, (Decimal, uuid.UUID)) else value


FIELDS = (
    "batch",
    "actor",
    "actor_name",
    "action",
    "reason",
    "object_type",
    "object_id",
    "object_code",
    "unit",
    "before",
    "after",
)


def _row(change: Change) -> tuple:
    obj = change.obj
    return (
        obj._meta.label_lower,
        obj.pk,
        change.code or getattr(obj, "code", ""),
        change.unit_id,
        change.before,
        change.after,
    )

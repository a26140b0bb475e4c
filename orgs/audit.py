"""The audit trail: one append-only row for each changed object, bulk writes included."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from django.db import models

from accounts.actors import Actor
from orgs.models import AuditEntry


@dataclass(frozen=True, slots=True)
class Change:
    """What happened to one object; `before` is empty for a new one, `after` for a removed one."""

    obj: models.Model
    before: dict = field(default_factory=dict)
    after: dict = field(default_factory=dict)
    unit_id: int | None = None
    code: str = ""


def record(
    changes: Iterable[Change],
    *,
    by: Actor,
    action: str,
    reason: str = "",
    batch: uuid.UUID | None = None,
) -> uuid.UUID:
    """Append the changes of one action; call it in the action's own transaction."""
    batch = batch or uuid.uuid4()
    entries = [_entry(change, by, action, reason, batch) for change in changes]
    AuditEntry.objects.bulk_create(entries, batch_size=2000)
    return batch


def state(obj: models.Model, fields: Iterable[str]) -> dict:
    """The stored values of `fields`, as the trail keeps them."""
    return {name: plain(obj.serializable_value(name)) for name in fields}


def plain(value):
    """A value as JSON holds it: dates in ISO form, decimals and ids as text."""
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    return str(value) if isinstance(value, (Decimal, uuid.UUID)) else value


def _entry(change: Change, by: Actor, action: str, reason: str, batch) -> AuditEntry:
    return AuditEntry(
        batch=batch,
        actor=by.user,
        actor_name=by.name,
        action=action,
        object_type=change.obj._meta.label_lower,
        object_id=change.obj.pk,
        object_code=change.code or getattr(change.obj, "code", ""),
        unit_id=change.unit_id,
        before=change.before,
        after=change.after,
        reason=reason,
    )

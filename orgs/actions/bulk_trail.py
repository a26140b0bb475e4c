"""Many changes at once in the trail."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import models

from accounts.actors import Actor
from orgs import audit
from resolution03.lib.dates import with_precisions


@dataclass(frozen=True, slots=True)
class BulkChange:
    """One object's new values, by attribute; organizations are named by their codes.

    `stored` holds all present values of an existing object, None for a new one. `on`: the day
    from which a new place holds; None corrects the latest place from its own start.
    """

    code: str
    values: Mapping[str, Any]
    stored: Mapping[str, Any] | None = None
    on: date | None = None

    @property
    def known(self) -> Mapping[str, Any]:
        """The present values of an object that exists; LookupError for a new one."""
        if self.stored is None:
            raise LookupError(self.code)
        return self.stored

    @property
    def merged(self) -> dict[str, Any]:
        return {**(self.stored or {}), **self.values}


def record(
    model: type[models.Model],
    changes: Iterable[BulkChange],
    *,
    by: Actor,
    action: str,
    pk_of: Callable[[BulkChange], int],
    unit_of: Callable[[BulkChange], int | None],
    references: Mapping[str, Mapping[str, int]],
) -> None:
    """One audit row for each change; references are recorded by their keys, as single actions do."""
    audit.record(
        (
            audit.Change(
                audit.Keyed(pk_of(change), model._meta),
                _plain(change.stored, _told(change), references) if change.stored else {},
                _plain(change.merged, _told(change), references),
                unit_of(change),
                change.code,
            )
            for change in changes
        ),
        by=by,
        action=action,
    )


def _told(change: BulkChange) -> list[str]:
    return with_precisions(change.values, change.merged)


def _plain(values: Mapping, names: Iterable[str], references: Mapping) -> dict:
    found = {}
    for name in names:
        if name in references:
            found[f"{name}_id"] = references[name].get(values.get(name))
        else:
            found[name] = audit.plain(values.get(name))
    return found

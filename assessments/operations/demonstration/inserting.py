"""Rows of the invented registers, many at once, with their dates."""

from collections.abc import Iterable, Sequence
from datetime import date

from resolution03.lib.bulk import upsert
from resolution03.lib.dates import PartialDate, Precision

Stretch = tuple[date | None, date | None, str]
Ids = dict[str | None, int]
"""Primary keys by code; none by None."""


def stretches(starts: Sequence[date | None], decisions: Sequence[str]) -> Iterable[Stretch]:
    """First day, first day no longer held, decision: contiguous, the last one open."""
    return zip(starts, [*starts[1:], None], decisions, strict=True)


def ids_of(model) -> Ids:
    return dict(model.objects.order_by().values_list("code", "pk"))


def dated(name: str, value: PartialDate | None) -> dict:
    if value is None:
        return {f"{name}_on": None, f"{name}_precision": Precision.DAY.value}
    return {f"{name}_on": value.day, f"{name}_precision": value.precision.value}


def insert(objects: list) -> None:
    """Store objects of one model, with the keys by which they are found."""
    model = type(objects[0])
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    for obj in objects:
        obj.refresh_keys()
    names, columns = [field.name for field in fields], [field.attname for field in fields]
    upsert(model, names, ([getattr(obj, column) for column in columns] for obj in objects))

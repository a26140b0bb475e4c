"""Which rows of the registers an act writes, each as it was before.

Every action tells of a row before it changes or removes it (`touch`), and of one that it made
(`touch_new`). Who carries an act out asks with `touching`: the roster follows just these rows, and by them
the act can be taken back. Of the bulk writers of a load its journal tells.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db.models import Model

Image = Mapping[str, Any]
"""The values of all columns of a row, by attribute."""


class Touched:
    """The rows written, table by table: what each was before; None where there was none."""

    def __init__(self) -> None:
        self.before: dict[type[Model], dict[int, Image | None]] = {}

    def __bool__(self) -> bool:
        return any(self.before.values())

    def note(self, row: Model, image: Image | None) -> None:
        """Of a row that is written more than once the first state counts."""
        self.before.setdefault(type(row), {}).setdefault(row.pk, image)

    def keys(self, model: type[Model]) -> set[int]:
        return set(self.before.get(model, ()))

    def values(self, model: type[Model], attribute: str) -> set[int]:
        """What an attribute of the rows of `model` was before and is now, None left out; one statement."""
        rows = self.before.get(model, {})
        if not rows:
            return set()
        now = model._base_manager.filter(pk__in=rows).order_by().values_list(attribute, flat=True)
        found = {*now, *(image.get(attribute) for image in rows.values() if image)}
        return {value for value in found if value is not None}


_touched: ContextVar[Touched | None] = ContextVar("touched", default=None)


@contextmanager
def touching() -> Iterator[Touched]:
    """All rows that the actions inside write. Within another `touching` it is the same."""
    outer = _touched.get()
    if outer is not None:
        yield outer
        return
    touched = Touched()
    token = _touched.set(touched)
    try:
        yield touched
    finally:
        _touched.reset(token)


def touch(row: Model) -> None:
    """Before a row is changed or removed: the object must hold what the database does."""
    found = _touched.get()
    if found is not None:
        found.note(row, image(row))


def touch_new(row: Model) -> None:
    """After a row was made."""
    found = _touched.get()
    if found is not None:
        found.note(row, None)


def image(row: Model) -> Image:
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}

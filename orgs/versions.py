"""The transaction of every writing action, and the number by which one can tell that it was done.

The number is raised last, so that it is seen together with what was written and in the order in
which transactions end (ADR 22). Read it before the data: what is read afterwards is at least as new.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from uuid import UUID

from django.db import connection, transaction

from orgs.models import DataVersion

_is_open: ContextVar[bool] = ContextVar("is_writing", default=False)
_acts: ContextVar[list[tuple[UUID, str]]] = ContextVar("acts")
_marking: ContextVar[Callable[[], object] | None] = ContextVar("marking", default=None)


@contextmanager
def writing() -> Iterator[None]:
    """`@writing()` or `with writing():` around an action: its transaction, whose end raises the data
    version. Inside another action it is a savepoint of that one's transaction; inside a bare
    `transaction.atomic` it is refused, for the version would not be the last that is written."""
    if _is_open.get():
        with transaction.atomic():
            yield
        return
    token, acts_token = _is_open.set(True), _acts.set([])
    try:
        with transaction.atomic(durable=True):
            yield
            _mark()
            _raise()
    finally:
        _is_open.reset(token)
        _acts.reset(acts_token)


def acts() -> list[tuple[UUID, str]]:
    """The batch and the action of what this transaction has put into the trail so far."""
    require_writing()
    return _acts.get()


@contextmanager
def marked_by(mark: Callable[[], object]) -> Iterator[None]:
    """Every action within leaves `mark` in its own transaction: it stands if, and only if, they do."""
    token = _marking.set(mark)
    try:
        yield
    finally:
        _marking.reset(token)


def require_writing() -> None:
    """RuntimeError outside of an action: what leaves a trace raises the data version."""
    if not _is_open.get():
        raise RuntimeError("An action writes within orgs.versions.writing.")


def data_version() -> int:
    """A number that no earlier and no later state of the data has."""
    return DataVersion.objects.values_list("number", flat=True).first() or 0


def _mark() -> None:
    mark = _marking.get()
    if mark and not transaction.get_rollback():
        mark()


def _raise() -> None:
    """Nothing may be waited for once the counter's row is held: deferred constraints, which lock the
    rows that they look for, are checked before. The clock's microseconds let no number come twice
    after an older copy was put back."""
    if transaction.get_rollback():
        return
    now = time.time_ns() // 1000
    with connection.cursor() as cursor:
        cursor.execute(_CHECK[connection.vendor] + _RAISE, [now, now])
        is_there = cursor.rowcount
    if not is_there:
        DataVersion.objects.create(pk=1, number=now)


# The last statement of every save: written out, and one round trip.
_CHECK = {"postgresql": "SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED; ", "sqlite": ""}
_RAISE = (
    f"UPDATE {DataVersion._meta.db_table} "  # noqa: S608
    "SET number = CASE WHEN number < %s THEN %s ELSE number + 1 END WHERE id = 1"
)

"""Places for workers: as many as may work at once (JOBS_AT_ONCE), each held by one process alone.

A killed process gives its place back. On PostgreSQL the lock is the connection's on which the worker
writes, so that it is free only when nothing of the last worker can be committed any more.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection

from resolution03.lib.locks import take

_CLASS = 3_2026
"""The first half of the advisory locks' key; the second is the slot."""


def all_slots() -> range:
    return range(1, settings.JOBS_AT_ONCE + 1)


def is_held(slot: int) -> bool:
    """Whether a worker is there."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(_HELD, [_CLASS, slot])
            return bool(cursor.fetchone())
    with _file(slot).open("ab") as lock:
        return not take(lock)


@contextmanager
def held(slot: int) -> Iterator[bool]:
    """Whether the slot could be had; it is ours within."""
    if connection.vendor == "postgresql":
        yield (is_ours := _advise("pg_try_advisory_lock", slot))
        if is_ours:
            _advise("pg_advisory_unlock", slot)
        return
    with _file(slot).open("ab") as lock:
        yield take(lock)


def _advise(function: str, slot: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}(%s, %s)", [_CLASS, slot])
        return bool(cursor.fetchone()[0])


def _file(slot: int) -> Path:
    """Beside the database, for whoever works on it."""
    path = Path(f"{connection.settings_dict['NAME']}.worker-{slot}")
    path.touch(mode=0o600)
    return path


_HELD = """
SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND classid = %s AND objid = %s AND granted
AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
"""

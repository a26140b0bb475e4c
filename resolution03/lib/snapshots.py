"""Reading many tables as they stood at one moment."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction


@contextmanager
def one_snapshot() -> Iterator[None]:
    """What is read within is of one moment, whatever others store meanwhile; nobody waits for it,
    and nothing can be written. Inside a transaction that is under way it is read as that one sees."""
    if connection.in_atomic_block:
        yield
        return
    with _reading_only_on_sqlite(), transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


@contextmanager
def _reading_only_on_sqlite() -> Iterator[None]:
    """There a transaction begins as one that writes (settings), and would wait for who writes."""
    connection.ensure_connection()
    before = getattr(connection, "transaction_mode", None)
    if before:
        connection.transaction_mode = "DEFERRED"  # type: ignore[attr-defined]  # SQLite's alone has it
    try:
        yield
    finally:
        if before:
            connection.transaction_mode = before  # type: ignore[attr-defined]

"""What fails only because others write at the same moment, and is mended by doing it again."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from django.db import DatabaseError, OperationalError, connection
from psycopg2.errors import UniqueViolation
from psycopg2.extensions import TransactionRollbackError

Result = TypeVar("Result")
_log = logging.getLogger(__name__)
_IMPATIENT = 50
_SQLITE = {5, 6}
"""SQLITE_BUSY, SQLITE_LOCKED; the upper bits of a code tell the occasion."""


def is_contention(error: BaseException) -> bool:
    """Whether a deadlock, a serialization failure or a locked SQLite stopped it; all is rolled back."""
    if not isinstance(error, OperationalError):
        return False
    cause = error.__cause__
    is_locked = getattr(cause, "sqlite_errorcode", 0) & 0xFF in _SQLITE
    return is_locked or isinstance(cause, TransactionRollbackError)


def is_mended_by_another_try(error: BaseException) -> bool:
    """Contention, or a key that somebody else took between looking and writing: who looks again finds
    it taken, and says so."""
    return is_contention(error) or isinstance(error.__cause__, UniqueViolation)


def once_more(work: Callable[[], Result]) -> Result:
    """What `work` gives; done again, once and whole, where others stopped it the first time."""
    try:
        return work()
    except DatabaseError as error:
        if not is_mended_by_another_try(error):
            raise
        tell_again(error)
    return work()


@contextmanager
def impatient() -> Iterator[None]:
    """What is written within gives up at once, with OperationalError, where SQLite is written by others."""
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        yield
        return
    with connection.cursor() as cursor:
        (patience,) = cursor.execute("PRAGMA busy_timeout").fetchone()
        cursor.execute(f"PRAGMA busy_timeout = {_IMPATIENT}")
        try:
            yield
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {patience}")


def tell_again(error: BaseException) -> None:
    """Tell the log that something is done a second time; which rows met stands in no log."""
    _log.warning("done again: %s", type(error.__cause__).__name__)

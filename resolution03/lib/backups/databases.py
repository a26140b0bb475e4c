"""The database as one file and back, on both kinds of database.

Putting back is one step for everybody else: what was there stands until a copy that is verified,
migrated and finished by the caller replaces it, wholly or not at all.
"""

import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path

from django.db import Error, connection
from django.utils.translation import gettext as _

from resolution03.lib.backups import hindrances, postgresql
from resolution03.lib.errors import NotPossible, Refusal

Rows = dict[str, int]
"""How many rows each table holds."""
Step = Callable[[], AbstractContextManager]
_PATIENCE = 120
"""Seconds for which a writer of SQLite is waited for."""


def dump(target: Path) -> Rows:
    """Write a consistent copy of the running database; nobody who writes meanwhile waits. The rows
    of the copy."""
    if not _is_sqlite():
        return postgresql.dump(target, _tables())
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(target)])
    return _rows_of(target, _tables())


def check(copy: Path, rows: Rows | None) -> None:
    """Refusal unless the copy is whole in itself and, where they are known, holds these rows."""
    if not _is_sqlite():
        postgresql.check(copy)
    elif not _is_sound(copy, rows):
        raise Refusal(_("the copy of the database in it is damaged"))


def put_back(
    copy: Path, rows: Rows | None, finish: Callable[[], None], at_last: Callable[[], None], step: Step
) -> None:
    """Replace all that the database holds by the copy as `finish` leaves it, which works on the
    default connection; until then everybody else sees what was there. `at_last` comes immediately
    before the replacing. `step` is the transaction of whoever writes; PostgreSQL needs just one."""
    if not _is_sqlite():
        with step():
            postgresql.put_back(copy, rows, finish, at_last)
        postgresql.refresh_statistics()
        return
    with _instead(copy):
        finish()
        compact()
    at_last()
    _replace(copy)


def compact() -> None:
    """Leave nothing in SQLite's file of what was removed; a dump of PostgreSQL holds rows alone.
    Inside a transaction it does nothing."""
    if _is_sqlite() and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def keep_damaged(place: Path) -> None:
    """Lay the files of a database that cannot be copied, as they are, into a new folder."""
    connection.close()
    place.mkdir(mode=0o700)
    for path in _files():
        shutil.copy2(path, place)


def is_empty() -> bool:
    """Whether no table of the project holds a row."""
    with connection.cursor() as cursor:
        for table in _tables():
            cursor.execute(f"SELECT 1 FROM {connection.ops.quote_name(table)} LIMIT 1")  # noqa: S608
            if cursor.fetchone():
                return False
    return True


def _is_sqlite() -> bool:
    return connection.vendor == "sqlite"


def _tables() -> list[str]:
    return sorted(connection.introspection.django_table_names(only_existing=True, include_views=False))


def _rows_of(copy: Path, tables: list[str]) -> Rows:
    with _opened(copy) as found:
        return {
            table: found.execute(f'SELECT COUNT(*) FROM "{table}"').fetchone()[0]  # noqa: S608
            for table in tables
        }


def _is_sound(copy: Path, rows: Rows | None) -> bool:
    try:
        with _opened(copy) as found:
            if found.execute("PRAGMA integrity_check").fetchone()[0] != "ok":
                return False
            if found.execute("PRAGMA foreign_key_check").fetchone():
                return False
        return rows is None or _rows_of(copy, list(rows)) == rows
    except sqlite3.DatabaseError:
        return False


@contextmanager
def _opened(copy: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(f"{copy.resolve().as_uri()}?mode=ro", uri=True)) as found:
        yield found


@contextmanager
def _instead(copy: Path) -> Iterator[None]:
    """Let the default connection lead to the copy."""
    place = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = str(copy)
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = place


def _file() -> Path:
    return Path(str(connection.settings_dict["NAME"]))


def _files() -> list[Path]:
    return [path for end in ("", "-wal", "-shm") if (path := Path(f"{_file()}{end}")).exists()]


def _replace(copy: Path) -> None:
    """In a transaction of SQLite's own; a file that is damaged or no database at all goes before."""
    try:
        _write_pages(copy)
    except (sqlite3.DatabaseError, Error) as error:
        if not hindrances.is_damage(error):
            raise
        connection.close()
        for path in _files():
            path.unlink()
        _write_pages(copy)


def _write_pages(copy: Path) -> None:
    """Wait for who writes now, then write the whole copy."""
    started = time.monotonic()

    def wait(status: int, _remaining: int, _total: int) -> None:
        if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED) and _is_over(started):
            raise NotPossible(_("others are at work in the database; try again when it is calm"))

    connection.ensure_connection()
    with closing(sqlite3.connect(copy)) as source:
        source.backup(connection.connection, progress=wait)
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _is_over(started: float) -> bool:
    return time.monotonic() - started > _PATIENCE

"""A database of PostgreSQL written and put back through its own tools.

`pg_restore` only turns the copy into statements; they run on our own connection, in one transaction
with whatever the caller adds. A process that is killed leaves nobody behind who goes on.
"""

import re
import shutil
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO

from django.db import DatabaseError, OperationalError, connection, transaction
from django.utils.translation import gettext as _
from psycopg2 import errors

from resolution03.lib.backups.client_tools import running
from resolution03.lib.errors import Refusal
from resolution03.lib.snapshots import one_snapshot

_COPY = re.compile(rb"COPY .+ FROM stdin;\n")
_SETTING = re.compile(rb"(?:SET \w+ = .*|SELECT pg_catalog\.set_config\(.*\));\n|\\(?:un)?restrict .*\n")
"""What belongs to the session in which `pg_restore` would have run, not to ours."""
_END_OF_COPY = b"\\.\n"
_ATTEMPTS = 3
_WAIT = "60s"
_RELATIONS = """
    SELECT c.relkind, quote_ident(n.nspname) || '.' || quote_ident(c.relname)
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = current_schema() AND c.relkind IN ('r', 'p', 'v', 'm', 'S')
      AND pg_has_role(c.relowner, 'USAGE')
      AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')
    ORDER BY 2
"""
_DROPPED_AS = {"r": "TABLE", "p": "TABLE", "v": "VIEW", "m": "MATERIALIZED VIEW", "S": "SEQUENCE"}


def dump(target: Path, tables: Sequence[str]) -> dict[str, int]:
    """Write a copy of our schema; the rows of each table in the very snapshot that was copied."""
    with one_snapshot(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_export_snapshot(), current_schema()")
        snapshot, schema = cursor.fetchone()
        options = ["--format=custom", "--no-owner", "--no-privileges", f"--schema={schema}"]
        with running("pg_dump", *_database(), f"--snapshot={snapshot}", *options) as written:
            with target.open("wb") as copy:
                shutil.copyfileobj(written, copy, 1 << 20)
        return _rows(tables)


def check(copy: Path) -> None:
    """Refusal unless all of the copy can be read."""
    with running("pg_restore", "--file=-", str(copy)) as script:
        while script.read(1 << 20):
            pass


def put_back(
    copy: Path,
    rows: dict[str, int] | None,
    finish: Callable[[], None],
    at_last: Callable[[], None],
) -> None:
    """Replace our schema's tables within the caller's transaction. Refusal unless the copy holds
    `rows`."""
    _clear()
    with running("pg_restore", *_parts(), "--file=-", str(copy)) as script:
        _run(script)
    if rows is not None and _rows(list(rows)) != rows:
        raise Refusal(_("the copy of the database in it is damaged"))
    with connection.cursor() as cursor:
        # No check may wait for the end: tables with checks under way cannot be migrated.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    finish()
    at_last()


def refresh_statistics() -> None:
    """Tables that were just filled are planned for by their sizes; it matters to speed alone."""
    with suppress(DatabaseError), connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _parts() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_schema()")
        schema = cursor.fetchone()[0]
    return ["--no-owner", "--no-privileges", f"--schema={schema}"]


def _rows(tables: Sequence[str]) -> dict[str, int]:
    with connection.cursor() as cursor:
        return {table: _count(cursor, connection.ops.quote_name(table)) for table in tables}


def _count(cursor, table: str) -> int:
    cursor.execute(f"SELECT COUNT(*) FROM {table}")  # noqa: S608
    return cursor.fetchone()[0]


def _clear() -> None:
    """Remove every table that is ours, those of a later version too; waits for who is at work."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('lock_timeout', %s, true)", [_WAIT])
        cursor.execute(_RELATIONS)
        found = cursor.fetchall()
        _lock(cursor, [name for kind, name in found if kind in "rp"])
        for kind, name in found:
            cursor.execute(f"DROP {_DROPPED_AS[kind]} IF EXISTS {name} CASCADE")
        cursor.execute("SELECT set_config('lock_timeout', '0', true)")


def _lock(cursor, tables: list[str]) -> None:
    """All at once or none: who is at work meanwhile may hold one and wait for another."""
    for attempt in range(_ATTEMPTS if tables else 0):
        try:
            with transaction.atomic():
                cursor.execute(f"LOCK TABLE {', '.join(tables)} IN ACCESS EXCLUSIVE MODE")
                return
        except OperationalError as error:
            if attempt + 1 == _ATTEMPTS or not isinstance(error.__cause__, errors.DeadlockDetected):
                raise


def _run(script: IO[bytes]) -> None:
    """Run the statements of a script of `pg_restore`, rows included, on our connection."""
    with connection.connection.cursor() as cursor:
        pending: list[bytes] = []
        for line in script:
            if _COPY.fullmatch(line):
                _execute(cursor, pending)
                cursor.copy_expert(line.decode(), _Rows(script))
            elif not _SETTING.fullmatch(line):
                pending.append(line)
        _execute(cursor, pending)


def _execute(cursor, pending: list[bytes]) -> None:
    if any(line.strip() and not line.startswith(b"--") for line in pending):
        cursor.execute(b"".join(pending))
    pending.clear()


class _Rows:
    """The rows of one table in a script, as a file that ends with them."""

    def __init__(self, script: IO[bytes]):
        self._script = script
        self._is_over = False

    def read(self, size: int = -1) -> bytes:
        lines, length = [], 0
        while not self._is_over and (size < 0 or length < size):
            line = self._script.readline()
            if line in (_END_OF_COPY, b""):
                self._is_over = True
            else:
                lines.append(line)
                length += len(line)
        return b"".join(lines)


def _database() -> list[str]:
    config = connection.settings_dict
    where = {"host": config["HOST"], "port": config["PORT"], "username": config["USER"]}
    options = [f"--{name}={value}" for name, value in where.items() if value]
    return [*options, f"--dbname={config['NAME']}", "--no-password"]

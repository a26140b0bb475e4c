"""The database as one file and back: SQLite by its own online copy, PostgreSQL by its own tools."""

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

from django.db import connection
from django.utils.translation import gettext as _

from resolution03.lib.errors import NotPossible, Refusal


def dump(target: Path) -> None:
    """Write a consistent copy of the running database; nobody who writes meanwhile waits long."""
    _DUMPS[connection.vendor](target)


def check(copy: Path) -> None:
    """Refusal unless the copy is whole in itself."""
    _CHECKS[connection.vendor](copy)


def put_back(copy: Path) -> None:
    """Replace all that the database holds, wholly or not at all."""
    _PUTS[connection.vendor](copy)


def rows_by_table() -> dict[str, int]:
    """How many rows each table of the project holds."""
    names = connection.introspection.django_table_names(only_existing=True, include_views=False)
    with connection.cursor() as cursor:
        return {name: _count(cursor, name) for name in sorted(names)}


def _count(cursor, table: str) -> int:
    cursor.execute(f"SELECT COUNT(*) FROM {connection.ops.quote_name(table)}")  # noqa: S608
    return cursor.fetchone()[0]


def _dump_sqlite(target: Path) -> None:
    connection.ensure_connection()
    with closing(sqlite3.connect(target)) as copy:
        connection.connection.backup(copy)


def _check_sqlite(copy: Path) -> None:
    try:
        with closing(sqlite3.connect(f"file:{copy}?mode=ro", uri=True)) as opened:
            sound = opened.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
            orphans = opened.execute("PRAGMA foreign_key_check").fetchone()
    except sqlite3.DatabaseError:
        sound, orphans = False, None
    if not sound or orphans:
        raise Refusal(_("the copy of the database in it is damaged"))


def _put_sqlite(copy: Path) -> None:
    connection.ensure_connection()
    with closing(sqlite3.connect(copy)) as opened:
        opened.backup(connection.connection)


def _dump_postgresql(target: Path) -> None:
    _run("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={target}")


def _check_postgresql(copy: Path) -> None:
    _run("pg_restore", f"--file={os.devnull}", str(copy), names_database=False)


def _put_postgresql(copy: Path) -> None:
    connection.close()
    _run(
        "pg_restore", "--clean", "--if-exists", "--no-owner", "--no-privileges",
        "--single-transaction", "--exit-on-error", str(copy),
    )


def _run(tool: str, *arguments: str, names_database: bool = True) -> None:
    """Run a tool of PostgreSQL on the configured database; the password goes by the environment."""
    found = shutil.which(tool)
    if found is None:
        raise NotPossible(_("%(tool)s is missing: install the client tools of PostgreSQL.") % {"tool": tool})
    config = connection.settings_dict
    where = {"host": config["HOST"], "port": config["PORT"], "username": config["USER"]}
    options = [f"--{name}={value}" for name, value in where.items() if value]
    database = [*options, f"--dbname={config['NAME']}"] if names_database else []
    environment = os.environ | {"PGPASSWORD": config["PASSWORD"] or "", "LC_ALL": "C"}
    done = subprocess.run(  # noqa: S603
        [found, *database, *arguments], capture_output=True, text=True, check=False, env=environment
    )
    if done.returncode:
        words = done.stderr.strip().splitlines() or ["?"]
        raise Refusal(_("%(tool)s: %(words)s") % {"tool": tool, "words": words[-1]})


_DUMPS = {"sqlite": _dump_sqlite, "postgresql": _dump_postgresql}
_CHECKS = {"sqlite": _check_sqlite, "postgresql": _check_postgresql}
_PUTS = {"sqlite": _put_sqlite, "postgresql": _put_postgresql}

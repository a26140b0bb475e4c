"""One migrated database, made once for a state of the migrations and copied to each worker.

SQLite: a file under `var/`; PostgreSQL: a database beside the tests' own, with its key as comment.
"""

import hashlib
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core.management import call_command
from django.db import connection

ROOT = Path(__file__).resolve().parent.parent
_IMPORTED = re.compile(r"^from (assessments|members|orgs|accounts) import (\w+)", re.MULTILINE)


def migrations() -> list[Path]:
    return sorted(ROOT.glob("*/migrations/*.py"))


def key() -> str:
    """Changes with every migration, and with what of the house migrations import."""
    texts = [path.read_text("utf-8") for path in migrations()]
    imported = {ROOT / room / f"{name}.py" for text in texts for room, name in _IMPORTED.findall(text)}
    digest = hashlib.sha256()
    for path in [*migrations(), *sorted(imported)]:
        digest.update(path.relative_to(ROOT).as_posix().encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def make_template() -> None:
    """Migrate the template, unless it stands already."""
    _kind().make()


def use_copy() -> None:
    """Let this process work in a copy of the template."""
    make_template()
    name = connection.creation._get_test_db_name()
    _kind().copy(name)
    _use(name)


def fresh_file(path: Path) -> Path:
    """A migrated file of SQLite at `path`."""
    make_template()
    _InFile.copy(str(path))
    return path


def drop_copy() -> None:
    own = connection.settings_dict["NAME"]
    connection.close()
    _kind().drop(own)


@contextmanager
def another(suffix: str, file: Path | None = None) -> Iterator[None]:
    """The default connection in another database meanwhile: the SQLite file, or an empty one."""
    own = connection.settings_dict["NAME"]
    name = str(file) if file else f"{own}_{suffix}"
    if file is None:
        _kind().create(name)
    _use(name)
    try:
        yield
    finally:
        drop_copy()
        _use(own)


def _kind():
    return _OnPostgres if connection.vendor == "postgresql" else _InFile


def _use(name: str) -> None:
    connection.close()
    connection.settings_dict["NAME"] = name


def _migrate(name: str) -> None:
    before = connection.settings_dict["NAME"]
    _use(name)
    call_command("migrate", verbosity=0, interactive=False)
    _use(before)


class _InFile:
    """SQLite: the key stands in the file's name."""

    @staticmethod
    def _template() -> Path:
        return Path(connection.settings_dict["TEST"]["NAME"]).with_name(f"test-template-{key()}.sqlite3")

    @classmethod
    def make(cls) -> None:
        template = cls._template()
        if template.exists():
            return
        for older in template.parent.glob("test-template-*"):
            older.unlink(missing_ok=True)
        half = template.with_suffix(f".{os.getpid()}")
        _migrate(str(half))
        half.replace(template)

    @classmethod
    def copy(cls, name: str) -> None:
        cls.drop(name)
        shutil.copyfile(cls._template(), name)

    @staticmethod
    def drop(name: str) -> None:
        for ending in ("", "-wal", "-shm", "-journal"):
            Path(name + ending).unlink(missing_ok=True)


class _OnPostgres:
    """PostgreSQL: the key stands in the comment of the template."""

    @staticmethod
    def _template() -> str:
        return connection.settings_dict["NAME"].removeprefix("test_")[:40] + "_test_template"

    @classmethod
    def make(cls) -> None:
        name = cls._template()
        with connection.creation._nodb_cursor() as cursor:
            cursor.execute(
                "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s",
                [name],
            )
            if cursor.fetchone() == (key(),):
                return
        cls.create(name)
        _migrate(name)
        with connection.creation._nodb_cursor() as cursor:
            cursor.execute(f"COMMENT ON DATABASE {_quoted(name)} IS '{key()}'")

    @classmethod
    def copy(cls, name: str) -> None:
        cls.drop(name)
        with connection.creation._nodb_cursor() as cursor:
            cursor.execute(f"CREATE DATABASE {_quoted(name)} TEMPLATE {_quoted(cls._template())}")

    @classmethod
    def create(cls, name: str) -> None:
        cls.drop(name)
        with connection.creation._nodb_cursor() as cursor:
            cursor.execute(f"CREATE DATABASE {_quoted(name)}")

    @staticmethod
    def drop(name: str) -> None:
        with connection.creation._nodb_cursor() as cursor:
            cursor.execute(f"DROP DATABASE IF EXISTS {_quoted(name)} WITH (FORCE)")


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)

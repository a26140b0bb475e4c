"""The database of version 1, unpacked into whichever kind of database the tests run on."""

import lzma
import sqlite3
from pathlib import Path

from django.core.management.color import no_style
from django.db import connection, connections, transaction
from django.db.migrations.executor import MigrationExecutor

HERE = Path(__file__).resolve().parent


def unpack(to: Path) -> Path:
    """The file as version 1 left it."""
    to.write_bytes(lzma.decompress((HERE / "v1.sqlite3.xz").read_bytes()))
    return to


def fill(file: Path) -> None:
    """Bring the empty database of the default connection to the state of the file, rows included."""
    executor = MigrationExecutor(connection)
    last = _last_migrations(file)
    executor.migrate(last)
    apps = executor.loader.project_state(last).apps
    connections.settings["version1"] = connections.configure_settings(
        {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": str(file)}}
    )["default"]
    try:
        _copy([model for model in apps.get_models(include_auto_created=True) if model._meta.managed])
    finally:
        connections["version1"].close()
        del connections["version1"], connections.settings["version1"]


def _last_migrations(file: Path) -> list[tuple[str, str]]:
    with sqlite3.connect(file) as source:
        rows = source.execute("SELECT app, MAX(name) FROM django_migrations GROUP BY app")
        return list(rows)


def _copy(models) -> None:
    """Constraints are deferred to the end of the transaction: tables follow in any order."""
    with transaction.atomic(), connection.cursor() as cursor:
        for model in models:
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(model._meta.db_table)}")
        for model in models:
            rows = model._base_manager.using("version1").all()
            model._base_manager.using("default").bulk_create(rows, batch_size=500)
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)

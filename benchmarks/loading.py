"""The time to load the sample province, beside the floor: the same rows through executemany."""

import tempfile
from pathlib import Path

from django.apps import apps
from django.core.management import call_command
from django.db import connection

from accounts.actors import Actor
from assessments.workbooks.loading.files import Source
from assessments.workbooks.loading.run import load
from benchmarks.measure import in_turn, table

FILES = ("organizations", "villages", "heads", "members")
ROOMS = ("orgs", "members", "assessments")


def province(runs: int, samples: Path) -> str:
    """Load into a fresh SQLite file, then write the same rows into another one, in turn."""
    sources = [Source(samples / f"{name}.xlsx", f"{name}.xlsx") for name in FILES]
    with tempfile.TemporaryDirectory() as folder:
        fresh(folder, "rows")
        load(sources, by=Actor(name="benchmark"))
        rows = stored_rows()
        sides = {
            "load of the registers": lambda: (
                fresh(folder, "load"),
                load(sources, by=Actor(name="benchmark")),
            ),
            "the same rows by executemany": lambda: (fresh(folder, "floor"), write_rows(rows)),
            "an empty migrated database": lambda: fresh(folder, "empty"),
        }
        measured = in_turn(sides, runs, warm_up=False)
        connection.close()
    count = sum(len(values) for _, values in rows.values())
    return table(
        "Loading the sample province",
        measured,
        to="the same rows by executemany",
        lines=(f"{count} rows, the audit trail included; each side makes its database first.",),
    )


def fresh(folder: str, name: str) -> None:
    path = Path(folder) / f"{name}.sqlite3"
    connection.close()
    for old in Path(folder).glob(f"{name}.sqlite3*"):
        old.unlink()
    connection.settings_dict["NAME"] = str(path)
    call_command("migrate", verbosity=0)


def stored_rows() -> dict[str, tuple[list[str], list[tuple]]]:
    """Table → columns and rows, parents first."""
    tables = {}
    with connection.cursor() as cursor:
        for room in ROOMS:
            for model in apps.get_app_config(room).get_models():
                cursor.execute(f"SELECT * FROM {model._meta.db_table} ORDER BY {model._meta.pk.column}")  # noqa: S608
                columns = [column[0] for column in cursor.description]
                tables[model._meta.db_table] = columns, [tuple(map(_plain, row)) for row in cursor]
    return {name: found for name, found in tables.items() if found[1]}


def _plain(value):
    return value if value is None or isinstance(value, (int, str)) else str(value)


def write_rows(tables: dict[str, tuple[list[str], list[tuple]]]) -> None:
    connection.ensure_connection()
    raw = connection.connection
    raw.execute("BEGIN")
    for name, (columns, rows) in tables.items():
        marks = ", ".join("?" * len(columns))
        quoted = ", ".join(f'"{column}"' for column in columns)
        raw.executemany(f"INSERT INTO {name} ({quoted}) VALUES ({marks})", rows)  # noqa: S608
    raw.execute("COMMIT")

"""A province with ten times the members, in a scratch SQLite file: only B1 asks for it."""

import tempfile
from collections.abc import Callable
from pathlib import Path

from django.db import connection

TIMES = 10
# Each table, and the columns that must differ from copy to copy.
_TABLES = {
    "members_member": {"id": "id + {copy} * {step}", "code": "code || '-' || {copy}"},
    "assessments_memberline": {
        "id": "id + {copy} * {step}",
        "member_id": "member_id + {copy} * {members}",
    },
    "assessments_movement": {
        "id": "id + {copy} * {step}",
        "member_id": "member_id + {copy} * {members}",
    },
}
_TALLIES = "UPDATE assessments_tally SET count = count * %s WHERE subject IN ('member', 'admission')"


def in_tenfold(measure: Callable[[int], str], runs: int) -> str:
    """What `measure` prints of the demonstration, its members, their lines and tallies tenfold."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "tenfold.sqlite3"
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(path)])
        connection.close()
        connection.settings_dict["NAME"] = str(path)
        with connection.cursor() as cursor:
            _multiply(cursor)
        printed = measure(runs)
        connection.close()
    return f"{printed}\n\nTen times the members of the demonstration."


def _multiply(cursor) -> None:
    cursor.execute("PRAGMA foreign_keys = OFF")
    cursor.execute("SELECT MAX(id) FROM members_member")
    members = cursor.fetchone()[0]
    for table, changed in _TABLES.items():
        cursor.execute(f"SELECT MAX(id) FROM {table}")  # noqa: S608
        step = cursor.fetchone()[0]
        cursor.execute(f"PRAGMA table_info({table})")
        columns = [row[1] for row in cursor.fetchall()]
        for copy in range(1, TIMES):
            values = [changed.get(name, f'"{name}"') for name in columns]
            picked = ", ".join(values).format(copy=copy, step=step, members=members)
            cursor.execute(
                f"INSERT INTO {table} SELECT {picked} FROM {table} WHERE id <= {step}"  # noqa: S608
            )
    cursor.execute(_TALLIES, [TIMES])

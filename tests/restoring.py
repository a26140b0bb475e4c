"""Brings the database back to what the migrations left, after a test that a live server shares.

Django's own way empties every table, so that the rows which migrations wrote must be written again
by the code that made them; here they are kept as they stood and only put back.
"""

from django.db import connection, transaction

# No test writes here.
_LEFT_ALONE = {"django_content_type", "auth_permission"}


class Migrated:
    """The rows of a database that was just migrated."""

    def __init__(self):
        names = connection.introspection.django_table_names(only_existing=True, include_views=False)
        self._tables = {name: _read(name) for name in names if name not in _LEFT_ALONE}

    def restore(self) -> None:
        """Constraints are deferred to the end of a transaction: tables follow in any order."""
        with transaction.atomic(), connection.cursor() as cursor:
            for name in self._tables:
                cursor.execute(f"DELETE FROM {_quoted(name)}")
            for name, (columns, rows) in self._tables.items():
                marks = ", ".join(["%s"] * len(columns))
                named = ", ".join(map(_quoted, columns))
                sql = f"INSERT INTO {_quoted(name)} ({named}) VALUES ({marks})"
                cursor.executemany(sql, rows)


def _read(table: str) -> tuple[list[str], list[tuple]]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {_quoted(table)}")
        return [column[0] for column in cursor.description], cursor.fetchall()


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)

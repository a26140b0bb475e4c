"""Many rows in one statement: inserts and upserts that bypass model instances.

Django's `bulk_create` builds an object for each row and splits SQLite's into batches of 999
values; this writes tuples through `executemany` (SQLite) or `execute_values` (PostgreSQL).
The database's constraints hold as ever; nothing else of the model's `save` runs.
"""

import json
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache, partial

from django.db import connection, models
from django.utils import timezone
from psycopg2.extras import execute_batch, execute_values

MANY = 1000
_PREPARED = (models.DateField, models.UUIDField, models.JSONField, models.DecimalField)


def column(model: type[models.Model], name: str) -> models.Field:
    """The field `name`, which stands in the model's own table; TypeError else."""
    field = model._meta.get_field(name)
    if not isinstance(field, models.Field):
        raise TypeError(name)
    return field


def _quoted(field: models.Field) -> str:
    return connection.ops.quote_name(field.get_attname_column()[1] or "")


def upsert(
    model: type[models.Model],
    fields: Sequence[str],
    rows: Iterable[Sequence],
    *,
    unique: Sequence[str] = (),
    update: Sequence[str] = (),
) -> None:
    """Write `rows` (values of `fields`, in that order) into `model`'s table.

    Fields not named get their default, `auto_now_add` ones the present moment. With `unique`,
    a row that stands already has its `update` fields set instead.
    """
    given = [column(model, name) for name in fields]
    rest = [f for f in model._meta.concrete_fields if not f.primary_key and f not in given]
    constants = tuple(_prepare(field, _default(field)) for field in rest)
    written = [(*row, *constants) for row in _prepared(given, rows)]
    sql = _statement(model, [*given, *rest], unique, update)
    _execute(sql, written, len(given) + len(rest))
    if len(written) >= MANY:
        _refresh_statistics(model)


def _statement(model, fields, unique, update) -> str:
    quote = connection.ops.quote_name
    columns = ", ".join(_quoted(field) for field in fields)
    sql = f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES {{values}}"  # noqa: S608
    if not unique:
        return sql
    target = ", ".join(_quoted(column(model, name)) for name in unique)
    changes = ", ".join(
        f"{changed} = EXCLUDED.{changed}" for changed in (_quoted(column(model, name)) for name in update)
    )
    return f"{sql} ON CONFLICT ({target}) DO UPDATE SET {changes}"


def _execute(sql: str, rows: list[tuple], width: int) -> None:
    if not rows:
        return
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with connection.wrap_database_errors:
                execute_values(cursor.cursor, sql.format(values="%s"), rows, page_size=1000)
        else:
            marks = ", ".join(["%s"] * width)
            cursor.executemany(sql.format(values=f"({marks})"), rows)


def _refresh_statistics(model: type[models.Model]) -> None:
    """PostgreSQL plans by statistics that it gathers later by itself: too late for the reads of
    the same transaction, which then join thousands of rows as if there were one."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"ANALYZE {connection.ops.quote_name(model._meta.db_table)}")


def _prepared(fields, rows: Iterable[Sequence]) -> Iterable[Sequence]:
    """Only dates, UUIDs, JSON and decimals need the field's own preparation."""
    slow = [(i, _preparing(f)) for i, f in enumerate(fields) if isinstance(f, _PREPARED)]
    if not slow:
        yield from rows
        return
    for row in rows:
        prepared = list(row)
        for i, prepare in slow:
            prepared[i] = prepare(prepared[i])
        yield prepared


def _preparing(field: models.Field) -> Callable:
    """Prepares values of one field; the same few days and decimals come again and again."""
    if isinstance(field, models.JSONField):
        return json.dumps
    return lru_cache(maxsize=50_000)(partial(_prepare, field))


def _prepare(field: models.Field, value):
    return field.get_db_prep_save(value, connection)


def _default(field: models.Field):
    return timezone.now() if getattr(field, "auto_now_add", False) else field.get_default()


def insert(objects: Sequence[models.Model]) -> None:
    """Insert new objects of one model; they do not learn their primary keys."""
    if not objects:
        return
    model = type(objects[0])
    fields = [
        field
        for field in model._meta.concrete_fields
        if not field.primary_key and not getattr(field, "auto_now_add", False)
    ]
    names = [field.attname for field in fields]
    rows = ([getattr(made, name) for name in names] for made in objects)
    upsert(model, [field.name for field in fields], rows)


def add(model: type[models.Model], keys: Sequence[str], added: str, rows: Iterable[Sequence]) -> int:
    """Add to a column of the rows found by `keys`, and say how many were found: each of `rows` is
    the values of `keys`, then the whole number that is added. One statement."""
    given = [tuple(row) for row in rows]
    if not given:
        return 0
    quote = connection.ops.quote_name
    table = quote(model._meta.db_table)
    target = _quoted(column(model, added))
    columns = [_quoted(column(model, name)) for name in keys]
    found = " AND ".join(f"{table}.{name} = given.column{n}" for n, name in enumerate(columns, 1))
    values = ", ".join([f"({', '.join(['%s'] * (len(keys) + 1))})"] * len(given))
    sql = (  # Both databases call the columns of VALUES column1, column2 and so on.
        f"UPDATE {table} SET {target} = {target} + given.column{len(keys) + 1} "  # noqa: S608
        f"FROM (VALUES {values}) AS given WHERE {found}"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [value for row in given for value in row])
        return cursor.rowcount


def update(model: type[models.Model], fields: Sequence[str], rows: Iterable[Sequence]) -> None:
    """Give rows new values: each of `rows` is the primary key and the values of `fields`."""
    given = [column(model, name) for name in fields]
    pairs = [(pk, values) for pk, *values in rows]
    prepared = _prepared(given, (values for _pk, values in pairs))
    values = [(*new, pk) for (pk, _values), new in zip(pairs, prepared, strict=True)]
    if not values:
        return
    quote = connection.ops.quote_name
    settings = ", ".join(f"{_quoted(field)} = %s" for field in given)
    key = _quoted(model._meta.pk)
    sql = f"UPDATE {quote(model._meta.db_table)} SET {settings} WHERE {key} = %s"  # noqa: S608
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with connection.wrap_database_errors:
                execute_batch(cursor.cursor, sql, values, page_size=500)
        else:
            cursor.executemany(sql, values)

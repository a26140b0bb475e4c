"""What a load wrote, table by table, so that it can be taken back.

A created row is kept as its key and a digest of what the batch left in it, a changed row as its
values before and after (None after: it is gone). What follows by itself (lines of the roster,
tallies, paths) is not kept.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from uuid import UUID
from zlib import crc32

from django.db import connection
from django.db.models import Max, Model, QuerySet

from assessments.registers.undoing.models import BatchRows
from assessments.registers.undoing.tables import Table
from assessments.rules.models.years import RatingYear
from orgs import audit
from orgs.touched import Touched

CHUNK = 5_000
Tables = Mapping[type[Model], Table]
"""In the order in which their rows refer to each other."""


class Journal:
    """The rows that one load is about to write, and afterwards has written; of any of `tables`. Kept under
    the key of a batch, if it has one."""

    def __init__(self, batch: UUID | None, tables: Tables):
        self.batch = batch
        self.tables = tables
        self._before: dict[type[Model], dict[int, tuple]] = {}
        self._marks: dict[type[Model], int] = {}
        self._owners: dict[type[Model], set[tuple]] = {}

    def expect(self, model: type[Model], *, rows: Collection[int] = (), owners: Iterable = ()) -> None:
        """Before writing: `rows` may change, and new ones may come that belong to `owners`."""
        last = 0 if model is RatingYear else model._base_manager.aggregate(last=Max("pk"))["last"]
        mark = self._marks.setdefault(model, last or 0)
        known = self._before.setdefault(model, {})
        new = [pk for pk in rows if pk <= mark and pk not in known]
        known |= images(self.tables[model], new)
        given = {key if type(key) is tuple else (key,) for key in owners}
        self._owners.setdefault(model, set()).update(given)

    def touched(self) -> Touched:
        """The rows of the registers that were written so far, and those that might have been."""
        found = Touched()
        created: dict[type[Model], dict[int, int]] = {}
        for model, before in self._before.items():
            table = self.tables[model]
            if table.year:
                continue
            created[model] = self._created(table, created)
            images_before = {
                pk: dict(zip(table.columns, values, strict=True)) for pk, values in before.items()
            }
            found.before[model] = {**images_before, **dict.fromkeys(created[model])}
        return found

    def close(self) -> None:
        """After writing: keep what was created and what was changed; without a batch nothing."""
        if self.batch is None:
            return
        created: dict[type[Model], dict[int, int]] = {}
        for model, table in self.tables.items():
            if model not in self._before:
                continue
            before = self._before[model]
            created[model] = self._created(table, created)
            after = dict(images(table, before))
            changed = {
                pk: [plain(values), plain(after[pk]) if pk in after else None]
                for pk, values in before.items()
                if values != after.get(pk)
            }
            if created[model] or changed:
                BatchRows.objects.create(
                    batch=self.batch,
                    model=table.label,
                    columns=list(table.columns),
                    created=list(created[model].items()),
                    changed=changed,
                )

    def _created(self, table: Table, created: dict) -> dict[int, int]:
        owners = self._owners[table.model]
        if table.of:
            owners = {(pk,) for pk in (*created.get(table.of, ()), *self._before.get(table.of, ()))}
        if not owners:
            return {}
        rows = table.model._base_manager.filter(pk__gt=self._marks[table.model], **table.only)
        width = len(table.owner)
        return {
            pk: digest(values[width:])
            for pk, *values in plain_rows(rows, (*table.owner, *table.columns))
            if tuple(values[:width]) in owners
        }


def plain_rows(rows: QuerySet, names: Sequence[str]) -> Iterator[tuple]:
    """Key and values as the database hands them out: tens of thousands of dates that are only
    digested need not become Python's first."""
    sql, parameters = rows.order_by().values_list("pk", *names).query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        yield from cursor.fetchall()


def digests(table: Table, keys: Collection[int]) -> Iterator[tuple[int, int]]:
    """Key and digest, of the rows that are still there."""
    for rows in _in_chunks(table, keys):
        for pk, *values in plain_rows(rows, table.columns):
            yield pk, digest(values)


def _in_chunks(table: Table, keys: Collection[int]) -> Iterator[QuerySet]:
    found = list(keys)
    for start in range(0, len(found), CHUNK):
        yield table.model._base_manager.filter(pk__in=found[start : start + CHUNK])


def images(table: Table, keys: Collection[int]) -> Iterator[tuple[int, tuple]]:
    """Key and values of the columns that are kept, of the rows that are still there."""
    for rows in _in_chunks(table, keys):
        for pk, *values in rows.order_by().values_list("pk", *table.columns):
            yield pk, tuple(values)


def digest(values: Iterable) -> int:
    return crc32(repr(tuple(values)).encode())


def plain(values: Iterable) -> list:
    """Values as JSON holds them."""
    return [audit.plain(value) for value in values]

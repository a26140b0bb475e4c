"""What an act wrote is kept, row by row, so that it can be taken back: as it was told while it was done
(`orgs.touched`), or, of tables as short as those of the rules, by comparing them before and after."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from uuid import UUID

from assessments.registers.undoing.journal import Tables, digests, images, plain
from assessments.registers.undoing.models import BatchRows
from assessments.registers.undoing.tables import Table
from orgs.touched import Image, Touched

Before = Mapping[int, tuple | None]
"""By key, the values of a table's columns; None where there was no row."""


def keep_touched(touched: Touched, *, batch: UUID, tables: Tables) -> bool:
    """Keep what is other than it was; False where nothing is. LookupError where a row of a table was written
    of which nothing is declared."""
    kept = False
    for model, rows in touched.before.items():
        table = tables[model]
        kept |= _keep(table, {pk: _values(table, image) for pk, image in rows.items()}, batch)
    return kept


@contextmanager
def keeping_all(tables: Tables, *, batch: UUID) -> Iterator[None]:
    """Keep what the block changes in `tables`, which are read whole."""
    before = {model: _everything(table) for model, table in tables.items()}
    yield
    for model, table in tables.items():
        new = dict.fromkeys(_everything(table).keys() - before[model].keys())
        _keep(table, {**before[model], **new}, batch)


def _everything(table: Table) -> dict[int, tuple]:
    rows = table.model._base_manager.order_by().values_list("pk", *table.columns)
    return {pk: tuple(values) for pk, *values in rows}


def _values(table: Table, image: Image | None) -> tuple | None:
    return None if image is None else tuple(image[name] for name in table.columns)


def _keep(table: Table, before: Before, batch: UUID) -> bool:
    now = dict(images(table, before))
    created = [pk for pk, values in before.items() if values is None and pk in now]
    changed = {
        pk: [plain(values), plain(now[pk]) if pk in now else None]
        for pk, values in before.items()
        if values is not None and values != now.get(pk)
    }
    if created or changed:
        BatchRows.objects.create(
            batch=batch,
            model=table.label,
            columns=list(table.columns),
            created=list(digests(table, created)),
            changed=changed,
        )
    return bool(created or changed)

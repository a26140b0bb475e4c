"""What an act or a load wrote, as it was kept, beside what stands there now."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace
from typing import Any, Self
from uuid import UUID

from django.db.models import Model

from assessments.registers.undoing.journal import Tables, digests, images, plain
from assessments.registers.undoing.models import BatchRows
from assessments.registers.undoing.tables import Table
from assessments.rules.models.years import RatingYear
from orgs.touched import Touched, image
from resolution03.lib.bulk import column

Values = list
"""Values of a table's columns, as JSON holds them."""


@dataclass(frozen=True)
class WrittenTable:
    """`created`: digests by key; `changed`: values before and after by key, None for a removed row."""

    table: Table
    created: dict[int, int] = field(default_factory=dict)
    changed: dict[int, tuple[Values, Values | None]] = field(default_factory=dict)

    @property
    def is_readable(self) -> bool:
        there = {field.attname for field in self.table.model._meta.concrete_fields}
        return there.issuperset(self.table.columns)

    @property
    def removed(self) -> dict[int, Values]:
        """Rows that the batch took away, with what stood in them."""
        return {pk: before for pk, (before, after) in self.changed.items() if after is None}

    def of_removed(self, attribute: str) -> dict[int, Any]:
        """An attribute of the rows that the batch took away, through what they refer to."""
        first, _more, rest = attribute.partition("__")
        known = column(self.table.model, first)
        place = self.table.columns.index(known.attname)
        values = {pk: row[place] for pk, row in self.removed.items()}
        if not rest or known.related_model is None:
            return values
        found = known.related_model._base_manager.filter(pk__in=set(values.values()))
        there = dict(found.values_list("pk", rest))
        return {pk: there.get(value) for pk, value in values.items()}

    def differing(self) -> Iterator[int]:
        """Keys of rows that are no longer as the batch left them, or gone."""
        created = dict(digests(self.table, self.created))
        yield from (pk for pk, left in self.created.items() if created.get(pk) != left)
        now = dict(images(self.table, self.changed))
        for pk, (_before, after) in self.changed.items():
            if after != (plain(now[pk]) if pk in now else None):
                yield pk


@dataclass(frozen=True)
class Written:
    """All tables of one batch, in the order in which their rows refer to each other."""

    batch: UUID
    tables: dict[type[Model], WrittenTable]

    @classmethod
    def of(cls, batch: UUID, tables: Tables) -> Self:
        """What is kept of a batch that wrote into `tables`."""
        rows = {row.model: row for row in BatchRows.objects.filter(batch=batch)}
        found = {}
        for model, table in tables.items():
            row = rows.get(table.label)
            if row and row.columns:
                table = replace(table, columns=tuple(row.columns))
            created = {int(pk): left for pk, left in row.created} if row else {}
            changed = {int(pk): tuple(pair) for pk, pair in row.changed.items()} if row else {}
            found[model] = WrittenTable(table, created, changed)
        return cls(batch, found)

    def created(self, model: type[Model]) -> Collection[int]:
        return self.tables[model].created.keys() if model in self.tables else ()

    def changed(self, model: type[Model]) -> Collection[int]:
        return self.tables[model].changed.keys() if model in self.tables else ()

    def gone(self, model: type[Model]) -> Collection[int]:
        """The rows that the batch took away."""
        return self.tables[model].removed.keys() if model in self.tables else ()

    def holds(self, model: type[Model], pk: int) -> bool:
        """Whether the batch wrote the row."""
        found = self.tables.get(model)
        return found is not None and (pk in found.created or pk in found.changed)

    @property
    def registers(self) -> list[type[Model]]:
        """The models of the registers."""
        return [model for model, written in self.tables.items() if written.table.is_register]

    @property
    def is_kept(self) -> bool:
        return any(table.created or table.changed for table in self.tables.values())

    @property
    def is_readable(self) -> bool:
        """Whether every column that was kept is still one."""
        return all(table.is_readable for table in self.tables.values())

    def counts(self) -> list[tuple[str, int, int]]:
        """(what, created, changed) of each table of which rows are put back, in words."""
        return [
            (table.table.words, len(table.created), len(table.changed))
            for model, table in self.tables.items()
            if model is not RatingYear and (table.created or table.changed)
        ]


def touched_by(written: Written) -> Touched:
    """The rows that are about to be put back, each as it stands, for the rosters to follow."""
    touched = Touched()
    for model, found in written.tables.items():
        for row in model._base_manager.filter(pk__in=[*found.created, *found.changed]):
            touched.note(row, image(row))
        for pk in found.removed:
            touched.before.setdefault(model, {}).setdefault(pk, None)
    return touched

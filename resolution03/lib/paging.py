"""Pages of a long list that each cost the same, the last one too.

Rows are found by the key of the row before them (an index range), never by counting rows to skip;
counting stops at COUNTED. A list sorts by one never-null column, then by primary key.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db.models import QuerySet

PAGE_SIZE = 50
COUNTED = 10_000
FEW = 500


@dataclass(frozen=True)
class KeysetPage:
    """The rows of one page and the addresses of its neighbours (None: there is none)."""

    rows: list
    count: int
    is_more: bool
    first: str | None
    previous: str | None
    next: str | None
    last: str | None
    sort: str
    is_first: bool = field(default=False)


def page_of(
    queryset: QuerySet,
    asked: Mapping[str, str],
    sorts: Mapping[str, str],
    size: int = PAGE_SIZE,
    default: str = "",
    columns: Sequence[str] = (),
    count: int | None = None,
    is_large: bool = False,
) -> KeysetPage:
    """One page of `queryset` as the address asks: `sort`, and `after` or `before` a row, or `last`.

    `sorts` is the white-list: name in the address → column; a leading `-` in the address turns the
    order. What is not understood gives the first page by `default`, or by the first of `sorts`.
    With `columns` (`pk` and the sorted ones among them) rows are dicts of these, not objects. A
    `count` is not counted again. In a table that `is_large` FEW rows are found first and then put
    in order; more of them are met soon on the way through the list.
    """
    sort = asked.get("sort", "")
    if sort.removeprefix("-") not in sorts:
        sort = default or next(iter(sorts))
    found = queryset.order_by().values("pk")
    if count is None:
        count = found[: COUNTED + 1].count()
    if is_large and count <= FEW:
        queryset = queryset.filter(pk__in=found)
    if columns:
        queryset = queryset.values(*columns)
    walk = _Walk(queryset, sorts[sort.removeprefix("-")], sort.startswith("-"))
    cursor = walk.parse(asked.get("after") or asked.get("before") or "")
    backward = "last" in asked or bool(cursor and asked.get("before"))
    rows = walk.rows(cursor, backward, size + 1) if count else []
    more, rows = len(rows) > size, rows[:size]
    if backward:
        rows.reverse()
    has_previous = more if backward else cursor is not None
    has_next = ("last" not in asked) if backward else more
    return KeysetPage(
        rows=rows,
        count=min(count, COUNTED),
        is_more=count > COUNTED,
        first="" if has_previous else None,
        previous=walk.key(rows[0]) if rows and has_previous else None,
        next=walk.key(rows[-1]) if rows and has_next else None,
        last="1" if has_next else None,
        sort=sort,
        is_first=not has_previous,
    )


@dataclass(frozen=True)
class _Walk:
    """A way through the rows by one column."""

    queryset: QuerySet
    column: str
    descending: bool

    def rows(self, cursor: tuple | None, backward: bool, limit: int) -> list:
        descending = self.descending != backward
        rows = self.queryset if cursor is None else self._beyond(cursor, descending)
        sign = "-" if descending else ""
        return list(rows.order_by(f"{sign}{self.column}", f"{sign}pk")[:limit])

    def _beyond(self, cursor: tuple, descending: bool) -> QuerySet:
        """A range of the column's index, less the few rows of the same key already shown."""
        value, pk = cursor
        way = "lte" if descending else "gte"
        shown = "gte" if descending else "lte"
        return self.queryset.filter(**{f"{self.column}__{way}": value}).exclude(
            **{self.column: value, f"pk__{shown}": pk}
        )

    def key(self, row) -> str:
        if isinstance(row, dict):
            return f"{row[self.column]}|{row['pk']}"
        value = row
        for part in self.column.split("__"):
            value = getattr(value, part)
        return f"{value}|{row.pk}"

    def parse(self, key: str) -> tuple | None:
        value, _, pk = key.rpartition("|")
        try:
            return self._field().to_python(value), int(pk)
        except (ValueError, ValidationError):
            return None

    def _field(self):
        annotation = self.queryset.query.annotations.get(self.column)
        if annotation is not None:
            return annotation.output_field
        model, field = self.queryset.model, None
        for part in self.column.split("__"):
            field = model._meta.get_field(part)
            model = field.related_model
        return field

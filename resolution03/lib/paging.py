"""Pages of a list, of two kinds that `templates/_pager.html` shows alike: `rows`, `words`, `links`.

`page_of`, for tables that grow: each page costs the same, the last one too. Rows are found by the key
of the row before them (an index range), never by counting rows to skip; counting stops at COUNTED. A
list sorts by one never-null column, then by primary key.

`numbered`, for lists that are read whole or bounded: Django's own pages, by their number.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from resolution03.lib import figures

PAGE_SIZE = 50
COUNTED = 10_000
FEW = 500


@dataclass(frozen=True, slots=True)
class Link:
    """A way to another page; `asked`: what changes in the address, None goes out of it."""

    label: str
    asked: Mapping[str, str | int | None]
    rel: str = ""


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

    @property
    def words(self) -> str:
        if self.is_more:
            return _("%(shown)s rows here, more than %(count)s in all") % _numbers(self)
        return _("%(shown)s of %(count)s") % _numbers(self)

    @property
    def links(self) -> list[Link]:
        found = []
        if self.first is not None:
            found.append(_by_key(_("First page")))
        if self.previous:
            found.append(_by_key(_("Previous page"), "prev", before=self.previous))
        if self.next:
            found.append(_by_key(_("Next page"), "next", after=self.next))
        if self.last:
            found.append(_by_key(_("Last page"), last=self.last))
        return found


def _by_key(label: str, rel: str = "", **asked: str) -> Link:
    return Link(label, {"after": None, "before": None, "last": None, **asked}, rel)


def _numbers(page: "KeysetPage | NumberedPage") -> dict[str, object]:
    return {"shown": len(page.rows), "count": figures.number(page.count)}


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


class NumberedPage(Page):
    """A page of Django's that knows its words and the ways to the others."""

    paginator: "_Numbered"

    @property
    def rows(self) -> Sequence:
        return self[:]

    @property
    def count(self) -> int:  # type: ignore[override]  # of the rows of all pages, not of one value
        return self.paginator.count

    @property
    def words(self) -> str:
        if self.paginator.has_ends:
            return _("%(shown)s of %(count)s") % _numbers(self)
        bounds = {"first": self.start_index(), "last": self.end_index(), "count": self.count}
        shown = {name: figures.number(number) for name, number in bounds.items()}
        return _("%(first)s–%(last)s of %(count)s") % shown

    @property
    def links(self) -> list[Link]:
        found, name = [], self.paginator.name
        if self.has_previous():
            found.append(Link(_("Previous page"), {name: self.previous_page_number()}, "prev"))
        if self.has_next():
            found.append(Link(_("Next page"), {name: self.next_page_number()}, "next"))
            if self.paginator.has_ends:
                found.append(Link(_("Last page"), {name: self.paginator.num_pages}))
        return found


class _Numbered(Paginator):
    def __init__(self, *arguments, name: str, has_ends: bool):
        super().__init__(*arguments)
        self.name, self.has_ends = name, has_ends

    def _get_page(self, *arguments) -> NumberedPage:
        return NumberedPage(*arguments)

    def get_page(self, number) -> NumberedPage:
        page = super().get_page(number)
        if not isinstance(page, NumberedPage):
            raise TypeError(number)
        return page


def numbered(
    rows: QuerySet | Sequence,
    number: str | int | None,
    size: int,
    *,
    count: int | None = None,
    name: str = "page",
    has_ends: bool = False,
) -> NumberedPage:
    """The page of `rows` that bears `number`, or the nearest one; `name`: its name in the address.

    A `count` is not counted again. With ends there is a way to the last page, and the words tell how
    many are shown, not which.
    """
    pages = _Numbered(rows, size, name=name, has_ends=has_ends)
    if count is not None:
        pages.count = count
    return pages.get_page(number)

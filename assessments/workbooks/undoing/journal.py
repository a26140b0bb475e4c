"""What a load wrote, table by table, so that it can be taken back.

A created row is kept as its key and a digest of what the batch left in it, a changed row as its
values before and after (None after: it is gone). What follows by itself (lines of the roster,
tallies, paths) is not kept.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID
from zlib import crc32

from django.db import connection
from django.db.models import Max, Model, QuerySet

from assessments.entry.counts.models import Activity, ActivityCount
from assessments.roster.models.lines import MemberLine, OrganizationLine
from assessments.roster.models.tallies import Tally
from assessments.rules.models.years import RatingYear
from assessments.workbooks.models import BatchRows
from members.actions.bulk import HEAD_FIELDS, MEMBER_FIELDS
from members.models import Member, Membership, VillageHead
from orgs import audit
from orgs.actions.bulk import ORGANIZATION_FIELDS
from orgs.actions.bulk_villages import VILLAGE_FIELDS
from orgs.models import Coverage, FormerName, Organization, Placement, Village

CHUNK = 5_000
_STRETCH = ("starts_on", "ends_on", "decision")
_RATING = ("self_rated_id", "decided_id", "reason", "accepted", "version")
_COUNT = ("year_id", "grassroots_id", "unit_id", "activity_id", "count", "version")
_TALLY = ("year_id", "organization_id", "subject", "key", "unit_id", "count")


@dataclass(frozen=True, slots=True)
class Table:
    """A table that loads write. `columns`: what is kept of a row; `owner`: by which attributes a
    new row is known as the load's; `of`: the table whose rows own it; `only`: which rows count."""

    model: type[Model]
    columns: tuple[str, ...]
    owner: tuple[str, ...]
    of: type[Model] | None = None
    only: Mapping = field(default_factory=dict)

    @property
    def label(self) -> str:
        return self.model._meta.label_lower

    @property
    def words(self) -> str:
        """What its rows are called."""
        named = Activity if self.model is ActivityCount else self.model
        return str(named._meta.verbose_name)


TABLES = {
    table.model: table
    for table in (
        Table(Organization, ("code", *ORGANIZATION_FIELDS, "parent_id"), ("code",)),
        Table(Placement, ("organization_id", "parent_id", *_STRETCH), ("organization_id",), Organization),
        Table(
            FormerName, ("organization_id", "name", "until", "decision"), ("organization_id",), Organization
        ),
        Table(Village, ("code", *VILLAGE_FIELDS, "committee_id", "cell_id"), ("code",)),
        Table(Coverage, ("village_id", "committee_id", "cell_id", *_STRETCH), ("village_id",), Village),
        Table(Member, ("code", *MEMBER_FIELDS, "cell_id"), ("code",)),
        Table(Membership, ("member_id", "cell_id", *_STRETCH), ("member_id",), Member),
        Table(VillageHead, ("village_id", *HEAD_FIELDS, "starts_on", "member_id"), ("village__code",)),
        Table(OrganizationLine, _RATING, ()),
        Table(MemberLine, _RATING, ()),
        Table(Tally, _TALLY, _TALLY[:3], only={"is_reported": True}),
        Table(ActivityCount, _COUNT, _COUNT[:2]),
        Table(RatingYear, (), ("year",)),
    )
}
"""In the order in which their rows refer to each other."""


class Journal:
    """The rows that one load is about to write, and afterwards has written."""

    def __init__(self, batch: UUID):
        self.batch = batch
        self._before: dict[type[Model], dict[int, tuple]] = {}
        self._marks: dict[type[Model], int] = {}
        self._owners: dict[type[Model], set[tuple]] = {}

    def expect(self, model: type[Model], *, rows: Collection[int] = (), owners: Iterable = ()) -> None:
        """Before writing: `rows` may change, and new ones may come that belong to `owners`."""
        self._before[model] = dict(images(TABLES[model], rows))
        self._owners[model] = {key if type(key) is tuple else (key,) for key in owners}
        last = 0 if model is RatingYear else model._base_manager.aggregate(last=Max("pk"))["last"]
        self._marks[model] = last or 0

    def close(self) -> None:
        """After writing: keep what was created and what was changed."""
        created: dict[type[Model], dict[int, int]] = {}
        for model, table in TABLES.items():
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

"""Puts back what a batch wrote: created rows go, changed rows get their earlier values.

The caller has found that nothing rests on the batch, and holds the locks.
"""

from collections.abc import Collection, Iterable

from django.db.models import F, Model, ProtectedError, Q
from django.utils import timezone

from accounts.actors import Actor
from assessments.registers.undoing.journal import CHUNK
from assessments.registers.undoing.tables import Table
from assessments.registers.undoing.written import Values, Written, WrittenTable
from assessments.roster.models.lines import RATED_LINES, RatedLine
from assessments.roster.models.revisions import RatingRevision
from assessments.roster.models.tallies import Tally
from assessments.rules.models.years import RatingYear, YearState
from orgs import audit
from orgs.actions.bulk import refresh_places
from orgs.models import Organization
from resolution03.lib import bulk

_KEPT = (
    "version",
    "self_rated",
    "proposed",
    "decided",
    "reason",
    "deciding_body",
    "decision_number",
    "decided_on",
)


def put_back(written: Written, *, by: Actor, why: str) -> None:
    """Write the earlier state of all tables; the caller lets rosters and tallies follow."""
    for lines in RATED_LINES:
        if lines not in written.tables:
            continue
        _put_back_ratings(lines, written.tables[lines], by=by, why=why)
    for model, table in reversed(written.tables.items()):
        if model not in RATED_LINES and model is not RatingYear:
            _delete(model, table.created)
    for model, table in written.tables.items():
        if model not in RATED_LINES:
            _restore(
                table.table,
                {pk: before for pk, (before, after) in table.changed.items() if after is not None},
            )
    for table in written.tables.values():
        _insert(table)
    if written.changed(Organization) or written.created(Organization):
        refresh_places()


def release(written: Written) -> None:
    """Let go of what still points at organizations that are gone: the trail's unit, tallies of
    nothing, the province of open years. And of years made for totals alone."""
    gone = written.created(Organization)
    for start in range(0, len(gone), CHUNK):
        chunk = list(gone)[start : start + CHUNK]
        audit.release_units(chunk)
        Tally.objects.filter(Q(organization__in=chunk) | Q(unit__in=chunk), is_reported=False).delete()
        RatingYear.objects.filter(province__in=chunk, state=YearState.OPEN).update(
            province=None, province_name=""
        )
    for year in RatingYear.objects.filter(pk__in=written.created(RatingYear), state=YearState.REPORTED):
        if not Tally.objects.filter(year=year, is_reported=True).exists():
            _remove_year(year)


def _remove_year(year: RatingYear) -> None:
    """A year that something else rests on stays, empty."""
    try:
        year.delete()
    except ProtectedError:
        pass


def _put_back_ratings(model: type[RatedLine], table: WrittenTable, *, by: Actor, why: str) -> None:
    """Versions go on counting, so that a page opened before sees that the line changed."""
    who = by.user and by.user.pk
    keys = list(table.changed)
    for start in range(0, len(keys), CHUNK):
        chunk = keys[start : start + CHUNK]
        _keep_revisions(model, chunk, who, why)
        names = [name.removesuffix("_id") for name in table.table.columns[:-1]]
        now = timezone.now()
        rows = [(pk, *table.changed[pk][0][:-1], now, who) for pk in chunk]
        bulk.update(model, [*names, "updated_at", "updated_by"], rows)
        model._base_manager.filter(pk__in=chunk).update(version=F("version") + 1)


def _keep_revisions(model: type[RatedLine], keys: Collection[int], who, why: str) -> None:
    kept = (*_KEPT, *model.also)
    attributes = [bulk.column(model, name).attname for name in kept]
    rows = model._base_manager.filter(pk__in=keys).order_by().values_list("pk", *attributes)
    names = (model.link, *kept, "replaced_by", "why")
    bulk.upsert(RatingRevision, names, ((*row, who, why) for row in rows))


def _delete(model: type[Model], keys: Iterable[int]) -> None:
    """Nothing points at them any more but lines of open years, which follow."""
    found = list(keys)
    for start in range(0, len(found), CHUNK):
        rows = model._base_manager.filter(pk__in=found[start : start + CHUNK])
        rows._raw_delete(rows.db)


def _restore(table: Table, rows: dict[int, Values]) -> None:
    for some in _in_turn(table, rows):
        _write(table, some)


def _write(table: Table, rows: list[tuple[int, Values]]) -> None:
    model = table.model
    fields = [bulk.column(model, name) for name in table.columns]
    derived = [name for name in ("search_key", "sort_key") if _has(model, name)]
    values = [
        (pk, *(field.to_python(value) for field, value in zip(fields, row, strict=True))) for pk, row in rows
    ]
    if derived:
        values = [(*row, *_keys(model, fields, row[1:], derived)) for row in values]
    bulk.update(model, [*(field.name for field in fields), *derived], values)


def _insert(found: WrittenTable) -> None:
    """Rows that the batch took away stand again under their keys."""
    if not found.removed:
        return
    model, now = found.table.model, timezone.now()
    names = [model._meta.get_field(name).name for name in found.table.columns]
    stamps = [one.name for one in model._meta.concrete_fields if getattr(one, "auto_now", False)]
    rows = ((pk, *row, *(now for _stamp in stamps)) for pk, row in found.removed.items())
    bulk.upsert(model, ("id", *names, *stamps), rows)


def _in_turn(table: Table, rows: dict[int, Values]) -> list[list[tuple[int, Values]]]:
    """Of one thing only one row may be without an end, or in use: those that become it come last."""
    for name, is_last in (("ends_on", lambda value: value is None), ("in_use", bool)):
        if name in table.columns:
            place = table.columns.index(name)
            last = {pk for pk, row in rows.items() if is_last(row[place])}
            parts = ([one for one in rows.items() if (one[0] in last) == later] for later in (False, True))
            return [part for part in parts if part]
    return [list(rows.items())] if rows else []


def _keys(model: type[Model], fields, values: Iterable, derived: list[str]) -> list[str]:
    made = model(**{field.attname: value for field, value in zip(fields, values, strict=True)})
    made.refresh_keys()  # type: ignore[attr-defined]  # who has keys that are derived makes them
    return [getattr(made, name) for name in derived]


def _has(model: type[Model], name: str) -> bool:
    return any(field.name == name for field in model._meta.concrete_fields)

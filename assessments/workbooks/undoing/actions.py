"""Taking back what a stored batch wrote: everything, or, when something rests on it, nothing."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from django.db import IntegrityError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.actors import Actor
from assessments.roster import tallies
from assessments.roster.following import follow_registers
from assessments.rules.holding import writing_years
from assessments.rules.models.years import RatingYear
from assessments.workbooks.batches.actions import lock
from assessments.workbooks.batches.progress import Phase, Tell, silent
from assessments.workbooks.models import BatchRows, Upload
from assessments.workbooks.undoing.dependents import Dependent, dependents
from assessments.workbooks.undoing.journal import CHUNK
from assessments.workbooks.undoing.restoring import put_back, release
from assessments.workbooks.undoing.written import Written, WrittenTable
from orgs import audit
from orgs.models import Organization
from orgs.rules import unit_of
from resolution03.lib.dates import with_precisions
from resolution03.lib.errors import Refusal

NAMED = 20


class HasDependents(Refusal):
    """Something rests on the batch; each thing is named, at most NAMED of them."""

    def __init__(self, found: Collection[Dependent]):
        more = len(found) - NAMED
        told = [str(one) for one in list(found)[:NAMED]]
        if more > 0:
            told.append(ngettext("… and %(count)d more.", "… and %(count)d more.", more) % {"count": more})
        super().__init__(_("The load cannot be undone, because something rests on it:"), *told)


@dataclass(frozen=True)
class Prospect:
    """What undoing would put back, and what stands in its way."""

    written: Written
    dependents: list[Dependent]

    @property
    def named(self) -> list[Dependent]:
        return self.dependents[:NAMED]

    @property
    def more(self) -> int:
        return max(0, len(self.dependents) - NAMED)


def prospect(*, by: Actor, uploads: Collection[Upload]) -> Prospect:
    """What undoing a stored batch would do now; Refusal when its record is no longer kept."""
    first = list(uploads)[0]
    written = Written.of(first.of_batch)
    if not written.is_kept and _wrote(uploads):
        raise Refusal(_("What this load wrote is no longer kept; it can no longer be undone."))
    if first.applied_at is None:
        raise LookupError(first.pk)
    return Prospect(written, dependents(written, by=by, stored_at=first.applied_at))


def undo(*, by: Actor, uploads: Collection[Upload], tell: Tell = silent) -> bool:
    """Put back all that a stored batch wrote, in one transaction; False when that was done before.

    HasDependents, with nothing changed, when something rests on it.
    """
    try:
        with writing_years():
            locked = lock(uploads)
            if locked[0].undone_at:
                return False
            if not locked[0].applied_at:
                raise Refusal(_("This batch is not stored; there is nothing to undo."))
            _undo(locked, by=by, tell=tell)
    except IntegrityError as error:
        raise Refusal(_("Rows elsewhere still refer to what this load created.")) from error
    return True


def _wrote(uploads: Collection[Upload]) -> bool:
    totals = [upload.counts.get("totals", {}) for upload in uploads]
    return any(counts.get("created") or counts.get("updated") for counts in totals)


def _undo(uploads: list[Upload], *, by: Actor, tell: Tell) -> None:
    tell(Phase.UNDO, 0, 0)
    batch = uploads[0].of_batch
    _hold(Written.of(batch))
    found = prospect(by=by, uploads=uploads)
    if found.dependents:
        raise HasDependents(found.dependents)
    why = _("the load of %(at)s was undone") % {"at": f"{timezone.localtime(uploads[0].applied_at):%d/%m/%Y}"}
    changes = list(_trail(found.written, uploads))
    years = _counted_years(found.written)
    put_back(found.written, by=by, why=why)
    tell(Phase.FOLLOW, 0, 0)
    follow_registers(by=by)
    tallies.recount(*RatingYear.objects.filter(pk__in=years))
    release(found.written)
    audit.record(changes, by=by, action="upload.undo", batch=batch, reason=why)
    Upload.objects.filter(batch=batch).update(undone_at=timezone.now(), undone_by_name=by.name)
    BatchRows.objects.filter(batch=batch).delete()


def _hold(written: Written) -> None:
    """Lock the rows of the registers by their keys, table by table."""
    for model in written.registers:
        keys = sorted({*written.created(model), *written.changed(model)})
        for start in range(0, len(keys), CHUNK):
            rows = model._base_manager.select_for_update(of=("self",), no_key=True)
            list(rows.filter(pk__in=keys[start : start + CHUNK]).order_by("pk").values_list("pk"))


def _counted_years(written: Written) -> set[int]:
    """The years of which totals are put back; their coverings are counted again."""
    years: set[int] = set()
    for model, found in written.tables.items():
        keys = [*found.created, *found.changed] if found.table.is_counted else []
        for start in range(0, len(keys), CHUNK):
            rows = model._base_manager.filter(pk__in=keys[start : start + CHUNK]).order_by()
            years |= set(rows.values_list(found.table.year, flat=True).distinct())
    return years


def _trail(written: Written, uploads: Collection[Upload]) -> Iterator[audit.Change]:
    """An entry for each object: its values back to what they were; of a created one only its code."""
    gone = set(written.created(Organization))
    for row in uploads:
        unit = None if row.unit_id in gone else row.unit_id
        yield audit.Change(row, {"file": row.file_name}, {}, unit, str(row.pk))
    for model, found in written.tables.items():
        for pk, code, path in _places(found):
            unit = unit_of(path)
            before, after = _states(found, pk, code)
            keyed = audit.Keyed(pk, model._meta)
            yield audit.Change(keyed, before, after, None if unit in gone else unit, code)
    for found in written.tables.values():
        yield from _of_removed(found)


def _of_removed(found: WrittenTable) -> Iterator[audit.Change]:
    """Rows that stand again; what they refer to is not gone."""
    if not found.removed:
        return
    model, units = found.table.model, found.of_removed(found.table.unit)
    codes = found.of_removed(found.table.code)
    for pk, values in found.removed.items():
        told = {
            name: value
            for name, value in zip(found.table.columns, values, strict=True)
            if name not in found.table.sole and name not in ("unit_id", "version")
        }
        yield audit.Change(audit.Keyed(pk, model._meta), {}, told, units[pk], codes[pk] or "")


def _places(found: WrittenTable) -> Iterator[tuple[int, str, str]]:
    """(key, code, path) of the rows that are told, as they stand."""
    keys = [*found.created, *found.changed] if found.table.path else []
    for start in range(0, len(keys), CHUNK):
        rows = found.table.model._base_manager.filter(pk__in=keys[start : start + CHUNK]).order_by()
        yield from rows.values_list("pk", found.table.code, found.table.path)


def _states(table, pk: int, code: str) -> tuple[dict, dict]:
    if pk in table.created:
        return {"code": code}, {}
    before, after = table.changed[pk]
    after = after or [None] * len(before)
    names = [
        name
        for name, old, new in zip(table.table.columns, before, after, strict=True)
        if old != new and name != "version"
    ]
    columns = table.table.columns
    places = {name: columns.index(name) for name in with_precisions(names, columns)}
    return (
        {name: after[place] for name, place in places.items()},
        {name: before[place] for name, place in places.items()},
    )

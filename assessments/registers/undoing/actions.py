"""Taking back what an act or a stored batch wrote: everything, or, when something rests on it, nothing."""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Value
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.actors import Actor
from assessments.registers.undoing.dependents import Dependent, dependents
from assessments.registers.undoing.journal import CHUNK
from assessments.registers.undoing.models import BatchRows
from assessments.registers.undoing.restoring import put_back, release
from assessments.registers.undoing.written import Written, WrittenTable
from assessments.roster import tallies
from assessments.rules.models.years import RatingYear
from orgs import audit
from orgs.models import Organization
from orgs.rules import unit_of
from resolution03.lib.dates import with_precisions
from resolution03.lib.errors import Refusal

NAMED = 20


class HasDependents(Refusal):
    """Something rests on it; each thing is named, at most NAMED of them."""

    def __init__(self, found: Collection[Dependent]):
        more = len(found) - NAMED
        told = [str(one) for one in list(found)[:NAMED]]
        if more > 0:
            told.append(ngettext("… and %(count)d more.", "… and %(count)d more.", more) % {"count": more})
        super().__init__(_("It cannot be undone, because something rests on it:"), *told)


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


def take_back(
    written: Written,
    *,
    by: Actor,
    since: datetime,
    why: str,
    action: str,
    beside: Iterable[audit.Change] = (),
    follow: Callable[[], object],
) -> None:
    """Put back all that was written, within `writing_years`; `follow` brings rosters and figures of open
    years after it.

    The trail tells it as `action`, with `beside` first. HasDependents, with nothing changed, when
    something rests on what was written since `since`.
    """
    hold(written)
    if found := dependents(written, by=by, stored_at=since):
        raise HasDependents(found)
    changes = [*beside, *_trail(written)]
    years = _counted_years(written)
    put_back(written, by=by, why=why)
    audit.record(changes, by=by, action=action, batch=written.batch, reason=why)
    follow()
    tallies.recount(*RatingYear.objects.filter(pk__in=years))
    release(written)
    BatchRows.objects.filter(batch=written.batch).delete()


def hold(written: Written) -> None:
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


def _trail(written: Written) -> Iterator[audit.Change]:
    """An entry for each object: its values back to what they were; of a created one only its code."""
    gone = set(written.created(Organization))
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
    if not found.removed or not (found.table.unit or found.table.is_of_all):
        return
    model = found.table.model
    units = found.of_removed(found.table.unit) if found.table.unit else dict.fromkeys(found.removed)
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
    keys = [*found.created, *found.changed] if found.table.is_told else []
    for start in range(0, len(keys), CHUNK):
        rows = found.table.model._base_manager.filter(pk__in=keys[start : start + CHUNK]).order_by()
        path = F(found.table.path) if found.table.path else Value("")
        yield from rows.values_list("pk", found.table.code, path)


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

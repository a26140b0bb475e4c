"""How villages go into another one, and how one is split: by one decision, on one day."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.utils.translation import gettext as _

from accounts.actors import Actor
from orgs.actions.villages import found, locked, require_life, write
from orgs.dated import decided
from orgs.models import Organization, Village
from orgs.versions import writing
from resolution03.lib.dates import PartialDate
from resolution03.lib.errors import Refusal


def day_before(on: date) -> date:
    """The last day of what is another from `on` on."""
    return on - timedelta(days=1)


def lock(villages: Iterable[Village]) -> None:
    """Hold the rows of several villages until the transaction ends, always in the same order."""
    keys = [village.pk for village in villages]
    list(Village.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk"))


@writing()
def merge(
    *,
    by: Actor,
    sources: Iterable[Village],
    into: Village,
    on: date,
    decision: str = "",
    decided_on: date | None = None,
) -> list[Village]:
    """Let villages go whole into another one, which stands on `on`; their last day is the one before.
    Nothing of their history passes to it (INTERFACE, reading 10). Returns them, ended."""
    found = list(dict.fromkeys(sources))
    lock([*found, into])
    into = locked(into)
    require_life(into, on, field="into")
    known = {"ending_decision": decision, "ending_decided_on": decided_on}
    return [_merged(locked(village), into, by, on, **known) for village in found]


def _merged(village: Village, into: Village, by: Actor, on: date, **known) -> Village:
    _require_source(village, into, on)
    reason = decided(*known.values())
    write(village, by, "merge", reason, ends_on=PartialDate(day_before(on)), merged_into=into, **known)
    return village


def _require_source(village: Village, into: Village, on: date) -> None:
    """It stands on the day before, is another than where it goes, and nothing goes into it later."""
    names = {"name": village, "into": into, "day": f"{on:%d/%m/%Y}"}
    if village == into:
        raise Refusal(_("%(name)s cannot go into itself.") % names, field="into")
    if village.merged_into_id not in (None, into.pk):
        words = _("%(name)s goes into %(into)s already.")
        raise Refusal(words % (names | {"into": village.merged_into}), field="sources")
    if later := village.merged.filter(ends_on__gte=day_before(on)).first():
        words = _("%(other)s goes into %(name)s on that day or later.")
        raise Refusal(words % (names | {"other": later}), field="sources")
    require_life(village, day_before(on))


@writing()
def split(
    *,
    by: Actor,
    village: Village,
    code: str,
    name: str,
    on: date,
    kind: str = "",
    committee: Organization | None = None,
    cell: Organization | None = None,
    decision: str = "",
    decided_on: date | None = None,
) -> Village:
    """Found a village of a part of another one, which stands on the day before and goes on. It begins
    without a history. `committee`: empty, that of the whole."""
    village = locked(village)
    require_life(village, day_before(on))
    return found(
        by=by,
        code=code,
        name=name,
        kind=kind or village.kind,
        committee=committee or village.committee,
        cell=cell,
        starts_on=PartialDate(on),
        split_from=village,
        decision=decision,
        decided_on=decided_on,
    )

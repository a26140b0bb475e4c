"""How villages come, change their committee and cell, and go."""

from datetime import date

from django.db.models import Max
from django.utils.translation import gettext as _

from accounts.actors import Actor
from orgs import rules
from orgs.actions import stretches
from orgs.actions.writing import require_new_code, store, will_be
from orgs.dated import decided
from orgs.models import Organization, Village
from orgs.standing import COVERED, VILLAGES, require_bodies
from orgs.versions import writing
from resolution03.lib.dates import PartialDate
from resolution03.lib.errors import Refusal


@writing()
def found(
    *,
    by: Actor,
    code: str,
    name: str,
    committee: Organization,
    cell: Organization | None = None,
    kind: str = "",
    starts_on: PartialDate | None = None,
    split_from: Village | None = None,
    decision: str = "",
    decided_on: date | None = None,
) -> Village:
    """Enter a village of a commune committee, covered by `cell` from its beginning. `split_from`: of what it
    was a part until then."""
    require_new_code(Village.objects, code)
    _require_holders(committee, cell)
    position = Village.objects.aggregate(last=Max("position"))["last"] or 0
    village = Village(position=position + 1)
    write(
        village,
        by,
        "found",
        decided(decision, decided_on),
        code=code,
        name=name,
        kind=kind,
        committee=committee,
        cell=cell,
        **({"starts_on": starts_on} if starts_on else {}),
        **({"split_from": split_from} if split_from else {}),
    )
    stretches.make(
        village.coverages, committee=committee, cell=cell, decision=decision, decided_on=decided_on
    )
    require_bodies(HOLDERS, village, by=by)
    return village


@writing()
def cover(
    *,
    by: Actor,
    village: Village,
    committee: Organization,
    cell: Organization | None,
    on: date,
    decision: str = "",
    decided_on: date | None = None,
) -> Village:
    """Let a village belong to `committee` and be covered by `cell` (None: by none) from `on` on."""
    village = locked(village)
    _require_holders(committee, cell)
    require_life(village, on)
    if (committee, cell) == (village.committee, village.cell):
        raise Refusal(_("The village belongs there already."), field="committee")
    stretches.begin(
        village.coverages, on=on, decision=decision, decided_on=decided_on, committee=committee, cell=cell
    )
    require_bodies(HOLDERS, village, by=by, committee=committee, cell=cell)
    write(village, by, "cover", decided(decision, decided_on), committee=committee, cell=cell)
    return village


@writing()
def correct(*, by: Actor, village: Village, reason: str = "", **values) -> Village:
    """Correct what was entered wrongly; committee and cell from the latest change's own day."""
    village = locked(village)
    before = {name: getattr(village, name) for name in LIFE}
    if values.get("code", village.code) != village.code:
        require_new_code(Village.objects.exclude(pk=village.pk), values["code"])
    holders = {name: values[name] for name in ("committee", "cell") if name in values}
    if holders:
        _require_holders(holders.get("committee", village.committee), holders.get("cell"))
        stretches.correct(village.coverages, **holders)
    if not rules.in_order(*(will_be(village, name, values) for name in ("starts_on", "ends_on"))):
        raise Refusal(_("It would end before it begins."), field="ends_on")
    if not will_be(village, "ends_on", values):
        values |= {"ending_decision": "", "ending_decided_on": None, "merged_into": None}
    write(village, by, "correct", reason, **values)
    if changed := [name for name in LIFE if getattr(village, name) != before[name]]:
        require_bodies(HOLDERS, village, by=by, field=changed[0])
    elif holders:
        require_bodies(HOLDERS, village, by=by, **holders)
    return village


@writing()
def end(
    *, by: Actor, village: Village, on: date, decision: str = "", decided_on: date | None = None
) -> Village:
    """End a village; `on` is its last day (merged, split or dissolved)."""
    village = locked(village)
    require_life(village, on)
    write(
        village,
        by,
        "end",
        decided(decision, decided_on),
        ends_on=PartialDate(on),
        ending_decision=decision,
        ending_decided_on=decided_on,
    )
    return village


LIFE = ("starts_on", "ends_on")
HOLDERS = (VILLAGES, COVERED)


def locked(village: Village) -> Village:
    """Hold the village's row until the transaction ends."""
    Village.objects.select_for_update(no_key=True).get(pk=village.pk)
    return Village.objects.select_related("committee", "cell").get(pk=village.pk)


def write(village: Village, by: Actor, action: str, reason: str, **values) -> bool:
    committee = values.get("committee") or village.committee
    return store(
        village,
        by=by,
        action=f"village.{action}",
        unit_id=rules.unit_of(committee.path),
        reason=reason,
        **values,
    )


def _require_holders(committee: Organization, cell: Organization | None) -> None:
    """A village belongs to an organization that is no cell, and only a cell covers it."""
    if committee.is_cell:
        raise Refusal(_("%(name)s is a cell.") % {"name": committee}, field="committee")
    if cell and not cell.is_cell:
        raise Refusal(_("%(name)s is not a cell.") % {"name": cell}, field="cell")


def require_life(village: Village, on: date, field: str = "on") -> None:
    """A village counts on its last day, too."""
    if village.counts_on(on):
        return
    raise Refusal(
        _("%(name)s does not exist on %(day)s.") % {"name": village, "day": f"{on:%d/%m/%Y}"},
        field=field,
    )

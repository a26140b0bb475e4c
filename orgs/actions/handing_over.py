"""What stands in an organization and passes to another one."""

from collections.abc import Callable, Iterable
from datetime import date

from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from accounts.actors import Actor
from orgs import audit, rules
from orgs.actions import stretches
from orgs.actions.placing import place, write
from orgs.actions.villages import write as write_village
from orgs.dated import decided
from orgs.models import Organization, Village
from orgs.standing import CHILDREN, Holding
from resolution03.lib.errors import Refusal


def hand_over(
    holding: Holding,
    rows: QuerySet,
    source: Organization,
    target: Organization,
    *,
    by: Actor,
    on: date,
    decision: str = "",
    decided_on: date | None = None,
) -> None:
    """Let what stands in `source` by the rows stand in `target` from `on` on, also where that is over by now
    or begins only later. Of children the branch goes along; villages keep what else they stand in."""
    tell = _move if holding is CHILDREN else _cover
    pass_on(holding, rows, source, target, tell, by=by, on=on, decision=decision, decided_on=decided_on)


def pass_on(
    holding: Holding,
    rows: QuerySet,
    source: Organization,
    target: Organization,
    tell: Callable,
    *,
    by: Actor,
    on: date,
    decision: str,
    decided_on: date | None,
) -> None:
    """As `hand_over`; `tell` writes a thing whose latest stretch this is, and gives the trail's word and unit
    of one where it is not."""
    known: dict = {"decision": decision, "decided_on": decided_on, holding.body: target}
    reason = decided(decision, decided_on)
    for row in stretches.hand_over(holding, rows, on=on, **known):
        thing, is_latest = getattr(row, holding.thing), row.ends_on is None
        action, unit_id = tell(thing, holding, target, by, reason, is_latest)
        if not is_latest:
            key = f"{holding.body}_id"
            change = audit.Change(thing, {key: source.pk}, {key: target.pk}, unit_id)
            audit.record([change], by=by, action=action, reason=reason)


def require_chosen(holding: Holding, things: Iterable[Model], source: Organization, on: date) -> QuerySet:
    """The rows by which the chosen things stand in `source` on `on` or later; refuses a thing of another
    one, and one that is not there any more."""
    rows = holding.since(on, **{holding.body: source, f"{holding.thing}__in": things})
    found = set(rows.values_list(holding.thing, flat=True))
    for thing in things:
        if getattr(thing, f"{holding.body}_id") != source.pk:
            raise Refusal(_("Only parts of the organization itself can be split off."))
        if thing.pk not in found:
            raise Refusal(
                _("%(name)s does not exist on %(day)s.") % {"name": thing, "day": f"{on:%d/%m/%Y}"},
                field="on",
            )
    return rows


def _move(child: Organization, holding, target, by: Actor, reason: str, is_latest: bool):
    if rules.closes_loop(child.pk, rules.chain_of(target.path)):
        words = _("%(name)s stands under this organization itself.") % {"name": target}
        raise Refusal(words, field="target")
    if is_latest:
        write(child, by, "move", reason=reason, parent=target)
        place(child)
    return "organization.move", child.unit_id


def _cover(village: Village, holding, target, by: Actor, reason: str, is_latest: bool):
    if is_latest:
        write_village(village, by, "cover", reason, **{holding.body: target})
    return "village.cover", rules.unit_of(village.committee.path)

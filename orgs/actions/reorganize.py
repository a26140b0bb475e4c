"""How organizations come, change their place and go, each by a decision.

Every action locks the tree, keeps the rules of `orgs.rules`, and writes audit rows. Pages call
these through `assessments.registers.door.change`, so that open years follow.
"""

from datetime import date

from django.db.models import Max
from django.utils.translation import gettext as _

from accounts.actors import Actor
from orgs import rules
from orgs.actions import former, stretches
from orgs.actions.accounts import hand_over_postings, require_nobody_posted
from orgs.actions.handing_over import hand_over, require_chosen
from orgs.actions.placing import fresh, last_position, lock_tree, locked, place, write
from orgs.actions.required import require_form, require_life, require_partner, require_place
from orgs.actions.writing import require_new_code, will_be
from orgs.dated import decided
from orgs.models import Form, Organization, Village
from orgs.standing import (
    CHILDREN,
    COVERED,
    HOLDINGS,
    OTHER_FORM,
    VILLAGES,
    Holding,
    require_begun,
    require_bodies,
    require_ended,
    require_nothing_since,
)
from orgs.versions import writing
from resolution03.lib.dates import PartialDate
from resolution03.lib.errors import Refusal


@writing()
def found(
    *,
    by: Actor,
    code: str,
    name: str,
    form: str,
    parent: Organization | None,
    level: str = "",
    type_label: str = "",
    established_on: PartialDate | None = None,
    split_from: Organization | None = None,
    decision: str = "",
    decided_on: date | None = None,
) -> Organization:
    """Found an organization under `parent`; without a parent it is the province. `level`: of a child of
    the province, else it follows (INTERFACE, reading 3). `split_from`: of what it was a part until then."""
    lock_tree()
    parent = fresh(parent)
    require_new_code(Organization.objects, code)
    organization = Organization(position=last_position() + 1)
    day = established_on.day if established_on else None
    require_place(organization, parent, day)
    own = rules.own_level(parent.level if parent else None, level)
    write(
        organization,
        by,
        "found",
        reason=decided(decision, decided_on),
        code=code,
        name=name,
        form=form,
        type_label=type_label,
        parent=parent,
        **({"established_on": established_on} if established_on else {}),
        **({"split_from": split_from} if split_from else {}),
        own_level=own,
    )
    stretches.make(
        organization.placements, parent=parent, own_level=own, decision=decision, decided_on=decided_on
    )
    place(organization)
    require_bodies([CHILDREN], organization, by=by)
    return organization


@writing()
def rename(
    *,
    by: Actor,
    organization: Organization,
    name: str,
    on: date,
    decision: str = "",
    decided_on: date | None = None,
) -> Organization:
    """Give a new name from `on` on; the old one stays readable in the history."""
    organization = locked(organization)
    require_life(organization, on)
    last = organization.former_names.aggregate(last=Max("until"))["last"]
    if last and on <= last:
        raise Refusal(
            _("The organization was already renamed on %(day)s.") % {"day": f"{last:%d/%m/%Y}"},
            field="on",
        )
    old = organization.name
    if not write(organization, by, "rename", reason=decided(decision, decided_on), name=name):
        raise Refusal(_("It bears this name already."), field="name")
    stretches.make(organization.former_names, name=old, until=on, decision=decision, decided_on=decided_on)
    return organization


@writing()
def move(
    *,
    by: Actor,
    organization: Organization,
    parent: Organization,
    on: date,
    level: str = "",
    decision: str = "",
    decided_on: date | None = None,
) -> Organization:
    """Put an organization and all below it under another parent from `on` on. `level`: what it is from
    then on as a child of the province; empty: what it was."""
    organization, parent = locked(organization), Organization.objects.get(pk=parent.pk)
    require_life(organization, on)
    require_place(organization, parent, on)
    if parent == organization.parent:
        raise Refusal(_("It stands there already."), field="parent")
    own = rules.own_level(parent.level, level or organization.level)
    known: dict = {"decision": decision, "decided_on": decided_on}
    stretches.begin(organization.placements, on=on, parent=parent, own_level=own, **known)
    require_bodies([CHILDREN], organization, by=by, parent=parent)
    write(organization, by, "move", reason=decided(decision, decided_on), parent=parent, own_level=own)
    place(organization)
    return organization


@writing()
def change_level(
    *,
    by: Actor,
    organization: Organization,
    level: str,
    on: date,
    decision: str = "",
    decided_on: date | None = None,
) -> Organization:
    """Make of a child of the province a grassroots organization from `on` on, or the other way; what
    stands below follows (INTERFACE, reading 3)."""
    organization = locked(organization)
    require_life(organization, on)
    if not organization.is_unit:
        words = _("Its level follows: only what stands directly under the province has one of its own.")
        raise Refusal(words, field="level")
    if level == organization.level:
        raise Refusal(_("It is that already."), field="level")
    known: dict = {"decision": decision, "decided_on": decided_on}
    stretches.begin(organization.placements, on=on, parent=organization.parent, own_level=level, **known)
    write(organization, by, "level", reason=decided(decision, decided_on), own_level=level)
    place(organization)
    return organization


@writing()
def change_form(
    *,
    by: Actor,
    organization: Organization,
    form: str,
    on: date,
    decision: str = "",
    decided_on: date | None = None,
    held: tuple[Holding, ...] = HOLDINGS,
) -> Organization:
    """Give an organization another form from `on` on: a cell becomes a committee, or the other way.
    Nothing of what may be `held` stands in it then or later that only the old form can hold."""
    organization = locked(organization)
    require_life(organization, on)
    if form == organization.form:
        raise Refusal(_("It has this form already."), field="form")
    if Form.CELL in (form, organization.form):
        of_old = [one for one in held if (one.body == "cell") == organization.is_cell]
        require_nothing_since(of_old, organization, on, by=by, field="form", words=OTHER_FORM)
    known: dict = {"decision": decision, "decided_on": decided_on}
    former.begin(organization.former_forms, now=organization.form, value=form, on=on, **known)
    write(organization, by, "form", reason=decided(decision, decided_on), form=form)
    return organization


@writing()
def merge(
    *,
    by: Actor,
    source: Organization,
    target: Organization,
    on: date,
    decision: str = "",
    decided_on: date | None = None,
    held: tuple[Holding, ...] = HOLDINGS,
) -> Organization:
    """Let `target` take over what stands in `source` on `on` or later, children, villages and accounts;
    `source` is dissolved. `held`: what else may stand in the two, taken over by the caller.

    Members are transferred by `members.actions.cells.merge`.
    """
    source, target = locked(source), locked(target)
    require_partner(source, target)
    require_life(source, on)
    require_life(target, on, field="target")
    for holding in HOLDINGS:
        rows = holding.since(on, **{holding.body: source})
        hand_over(holding, rows, source, target, by=by, on=on, decision=decision, decided_on=decided_on)
    hand_over_postings(by=by, source=source, target=target)
    require_ended(held, target, by=by, field="target")
    known: dict = {"decision": decision, "decided_on": decided_on, "held": held}
    return dissolve(by=by, organization=source, on=on, into=target, **known)


@writing()
def split(
    *,
    by: Actor,
    organization: Organization,
    code: str,
    name: str,
    on: date,
    decision: str = "",
    decided_on: date | None = None,
    children: tuple[Organization, ...] = (),
    handed: tuple[Village, ...] = (),
) -> Organization:
    """Found a new organization beside `organization`; it gets `children` and `handed` villages."""
    organization = locked(organization)
    require_life(organization, on)
    part = found(
        by=by,
        code=code,
        name=name,
        form=organization.form,
        parent=organization.parent,
        type_label=organization.type_label,
        established_on=PartialDate(on),
        split_from=organization,
        decision=decision,
        decided_on=decided_on,
    )
    chosen = ((CHILDREN, children), (COVERED if organization.is_cell else VILLAGES, handed))
    for holding, things in chosen:
        rows = require_chosen(holding, things, organization, on)
        hand_over(holding, rows, organization, part, by=by, on=on, decision=decision, decided_on=decided_on)
    return part


@writing()
def dissolve(
    *,
    by: Actor,
    organization: Organization,
    on: date,
    into: Organization | None = None,
    decision: str = "",
    decided_on: date | None = None,
    held: tuple[Holding, ...] = HOLDINGS,
) -> Organization:
    """End an organization; `on` is the first day no longer counted. Nothing of what may be `held` stands
    in it then or later, and no account. `into`: where it went whole."""
    organization = locked(organization)
    require_life(organization, on)
    require_nothing_since(held, organization, on, by=by)
    require_nobody_posted(organization, by=by)
    write(
        organization,
        by,
        "dissolve",
        reason=decided(decision, decided_on),
        dissolved_on=PartialDate(on),
        dissolution_decision=decision,
        dissolution_decided_on=decided_on,
        **({"merged_into": into} if into else {}),
    )
    return organization


@writing()
def correct(
    *,
    by: Actor,
    organization: Organization,
    reason: str = "",
    held: tuple[Holding, ...] = HOLDINGS,
    **values,
) -> Organization:
    """Correct what was entered wrongly: code, name, form, type, dates, phone, or the latest place
    from its own start (`parent`, `level`; INTERFACE, reading 8). Nothing of what may be `held` is left
    outside of a life whose days are corrected."""
    organization = locked(organization)
    before = {name: getattr(organization, name) for name in LIFE}
    if values.get("code", organization.code) != organization.code:
        require_new_code(Organization.objects.exclude(pk=organization.pk), values["code"])
    require_form(organization, values.get("form", organization.form))
    if "parent" in values and values["parent"] != organization.parent:
        values["parent"] = fresh(values["parent"])
        require_place(organization, values["parent"], None)
        stretches.correct(organization.placements, parent=values["parent"])
    values["own_level"] = _own_level_corrected(organization, values)
    if not rules.in_order(*(will_be(organization, name, values) for name in LIFE[:2])):
        raise Refusal(_("It would end before it was established."), field="dissolved_on")
    if not will_be(organization, "dissolved_on", values):
        values |= {"dissolution_decision": "", "dissolution_decided_on": None, "merged_into": None}
    write(organization, by, "correct", reason=reason, **values)
    place(organization)
    _require_life_kept(organization, before, held, by)
    return organization


def _own_level_corrected(organization: Organization, values: dict) -> str:
    parent = values.get("parent", organization.parent)
    own = rules.own_level(parent and parent.level, values.pop("level", "") or organization.level)
    if own != organization.own_level:
        stretches.correct(organization.placements, own_level=own)
    return own


LIFE = ("established_on", "dissolved_on", "parent_id")


def _require_life_kept(organization: Organization, before: dict, held, by: Actor) -> None:
    """What a corrected day or place leaves outside is refused at the field; what was so before is not."""
    established, dissolved, parent = (getattr(organization, name) != before[name] for name in LIFE)
    if established:
        require_begun(held, organization, by=by, field="established_on")
        require_bodies([CHILDREN], organization, by=by, field="established_on")
    if dissolved:
        require_ended(held, organization, by=by, field="dissolved_on")
        require_bodies([CHILDREN], organization, by=by, field="dissolved_on")
    if parent:
        require_bodies([CHILDREN], organization, by=by, parent=organization.parent)
    if dissolved and organization.dissolved_on:
        require_nobody_posted(organization, by=by, field="dissolved_on")

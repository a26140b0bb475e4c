"""How organizations come, change their place and go, each by a decision.

Every action locks the tree, keeps the rules of `orgs.rules`, and writes audit rows. Pages call
these through `assessments.registers.door.change`, so that open years follow.
"""

from datetime import date

from django.db.models import Max, Value
from django.db.models.functions import Concat, Substr
from django.utils.translation import gettext as _

from accounts.actors import Actor
from orgs import rules
from orgs.actions import stretches
from orgs.actions.handing_over import hand_over, hand_over_villages, holder_id
from orgs.actions.required import (
    require_form,
    require_life,
    require_nothing_below,
    require_part,
    require_place,
)
from orgs.actions.writing import require_new_code, store, will_be
from orgs.models import Organization, Village
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
    type_label: str = "",
    established_on: PartialDate | None = None,
    decision: str = "",
) -> Organization:
    """Found an organization under `parent`; without a parent it is the province."""
    lock_tree()
    parent = _fresh(parent)
    require_new_code(Organization.objects, code)
    organization = Organization(position=_last_position() + 1)
    day = established_on.day if established_on else None
    require_place(organization, parent, day)
    _write(
        organization,
        by,
        "found",
        reason=decision,
        code=code,
        name=name,
        form=form,
        type_label=type_label,
        parent=parent,
        **({"established_on": established_on} if established_on else {}),
    )
    _place(organization)
    stretches.make(organization.placements, parent=parent, decision=decision)
    return organization


@writing()
def rename(*, by: Actor, organization: Organization, name: str, on: date, decision: str = "") -> Organization:
    """Give a new name from `on` on; the old one stays readable in the history."""
    organization = _locked(organization)
    require_life(organization, on)
    last = organization.former_names.aggregate(last=Max("until"))["last"]
    if last and on <= last:
        raise Refusal(
            _("The organization was already renamed on %(day)s.") % {"day": f"{last:%d/%m/%Y}"},
            field="on",
        )
    old = organization.name
    if _write(organization, by, "rename", reason=decision, name=name):
        stretches.make(organization.former_names, name=old, until=on, decision=decision)
    return organization


@writing()
def move(
    *, by: Actor, organization: Organization, parent: Organization, on: date, decision: str = ""
) -> Organization:
    """Put an organization and all below it under another parent from `on` on."""
    organization, parent = _locked(organization), Organization.objects.get(pk=parent.pk)
    require_life(organization, on)
    require_place(organization, parent, on)
    if parent == organization.parent:
        raise Refusal(_("It stands there already."), field="parent")
    stretches.begin(organization.placements, on=on, decision=decision, parent=parent)
    _write(organization, by, "move", reason=decision, parent=parent)
    _place(organization)
    return organization


@writing()
def merge(
    *, by: Actor, source: Organization, target: Organization, on: date, decision: str = ""
) -> Organization:
    """Let `target` take over what stands under `source` and its villages; `source` is dissolved.

    Members are transferred by `members.actions.cells.merge`.
    """
    source, target = _locked(source), _locked(target)
    if source == target or source.is_cell != target.is_cell:
        raise Refusal(
            _("A cell merges with another cell, a committee with another committee."),
            field="target",
        )
    require_life(target, on, field="target")
    for child in source.children.existing_on(on):
        move(by=by, organization=child, parent=target, on=on, decision=decision)
    hand_over_villages(by, source, target, on, decision)
    return dissolve(by=by, organization=source, on=on, decision=decision)


@writing()
def split(
    *,
    by: Actor,
    organization: Organization,
    code: str,
    name: str,
    on: date,
    decision: str = "",
    children: tuple[Organization, ...] = (),
    handed: tuple[Village, ...] = (),
) -> Organization:
    """Found a new organization beside `organization`; it gets `children` and `handed` villages."""
    organization = _locked(organization)
    require_life(organization, on)
    part = found(
        by=by,
        code=code,
        name=name,
        form=organization.form,
        parent=organization.parent,
        type_label=organization.type_label,
        established_on=PartialDate(on),
        decision=decision,
    )
    for child in children:
        require_part(child.parent_id, organization)
        move(by=by, organization=child, parent=part, on=on, decision=decision)
    for village in handed:
        require_part(holder_id(village, organization), organization)
        hand_over(by, village, organization, part, on, decision)
    return part


@writing()
def dissolve(*, by: Actor, organization: Organization, on: date, decision: str = "") -> Organization:
    """End an organization; `on` is the first day no longer counted. Nothing may hang on it then."""
    organization = _locked(organization)
    require_life(organization, on)
    require_nothing_below(organization, on)
    _write(
        organization,
        by,
        "dissolve",
        reason=decision,
        dissolved_on=PartialDate(on),
        dissolution_decision=decision,
    )
    return organization


@writing()
def correct(*, by: Actor, organization: Organization, reason: str = "", **values) -> Organization:
    """Correct what was entered wrongly: code, name, form, type, dates, phone, or the latest place
    from its own start (`parent`; INTERFACE, reading 8)."""
    organization = _locked(organization)
    if values.get("code", organization.code) != organization.code:
        require_new_code(Organization.objects.exclude(pk=organization.pk), values["code"])
    require_form(organization, values.get("form", organization.form))
    if "parent" in values and values["parent"] != organization.parent:
        values["parent"] = _fresh(values["parent"])
        require_place(organization, values["parent"], None)
        stretches.correct(organization.placements, parent=values["parent"])
    life = (will_be(organization, name, values) for name in ("established_on", "dissolved_on"))
    if not rules.in_order(*life):
        raise Refusal(_("It would end before it was established."), field="dissolved_on")
    _write(organization, by, "correct", reason=reason, **values)
    _place(organization)
    return organization


def lock_tree() -> Organization | None:
    """Hold the province's row until the transaction ends: one change of the tree at a time."""
    return Organization.objects.select_for_update(no_key=True).filter(parent=None).first()


def _locked(organization: Organization) -> Organization:
    """The organization as it stands now that nobody else can change the tree."""
    lock_tree()
    return Organization.objects.select_related("parent").get(pk=organization.pk)


def _fresh(parent: Organization | None) -> Organization | None:
    """A parent as it stands under the lock; the caller's copy may be older."""
    return parent and Organization.objects.get(pk=parent.pk)


def _write(organization: Organization, by: Actor, action: str, reason: str, **values) -> bool:
    """Store and record; the change belongs to the unit in which the organization then stands."""
    parent = values.get("parent") or organization.parent
    above = parent.path if parent else "/"
    unit_id = rules.unit_of(f"{above}{organization.pk}/" if organization.pk else above)
    return store(
        organization,
        by=by,
        action=f"organization.{action}",
        unit_id=unit_id,
        reason=reason,
        **values,
    )


def _place(organization: Organization) -> None:
    """Write the path of the organization and of its whole branch."""
    old = organization.path
    above = organization.parent.path if organization.parent else "/"
    organization.path = f"{above}{organization.pk}/"
    if organization.path == old:
        return
    organization.save(update_fields=["path"])
    if old:
        rest = Substr("path", len(old) + 1)
        Organization.objects.filter(path__startswith=old).update(path=Concat(Value(organization.path), rest))


def _last_position() -> int:
    return Organization.objects.aggregate(last=Max("position"))["last"] or 0

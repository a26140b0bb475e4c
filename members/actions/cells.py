"""How cells with members in them are merged, split, corrected and dissolved."""

from datetime import date

from django.utils.translation import gettext as _

from accounts.actors import Actor
from members.actions.members import hand_over
from members.models import Member
from members.standing import MEMBERS, OF_ORGANIZATIONS
from orgs.actions import reorganize
from orgs.actions.handing_over import require_chosen
from orgs.actions.required import require_partner
from orgs.models import Organization
from orgs.versions import writing
from resolution03.lib.errors import Refusal


@writing()
def merge(
    *,
    by: Actor,
    source: Organization,
    target: Organization,
    on: date,
    decision: str = "",
    decided_on: date | None = None,
) -> Organization:
    """Merge two organizations; who is a member of the merged cell on `on` or later belongs to `target`
    from then on."""
    require_partner(source, target)
    known: dict = {"decision": decision, "decided_on": decided_on}
    hand_over(MEMBERS.since(on, cell=source), source, target, by=by, on=on, **known)
    return reorganize.merge(by=by, source=source, target=target, on=on, held=OF_ORGANIZATIONS, **known)


@writing()
def correct(*, by: Actor, organization: Organization, **values) -> Organization:
    """Correct an organization; a cell in which members are, or were at last, stays one."""
    was_cell = organization.is_cell
    corrected = reorganize.correct(by=by, organization=organization, held=OF_ORGANIZATIONS, **values)
    if was_cell and not corrected.is_cell and corrected.members.exists():
        raise Refusal(_("Members belong to it; a cell with members stays a cell."), field="form")
    return corrected


@writing()
def change_form(*, by: Actor, organization: Organization, **values) -> Organization:
    """Give an organization another form from a day on; a cell with members then or later stays one."""
    return reorganize.change_form(by=by, organization=organization, held=OF_ORGANIZATIONS, **values)


@writing()
def split(
    *,
    by: Actor,
    organization: Organization,
    members: tuple[Member, ...] = (),
    on: date,
    decision: str = "",
    decided_on: date | None = None,
    **values,
) -> Organization:
    """Split an organization; `members` of a split cell belong to the new one from `on` on."""
    known: dict = {"decision": decision, "decided_on": decided_on}
    part = reorganize.split(by=by, organization=organization, on=on, **known, **values)
    rows = require_chosen(MEMBERS, members, organization, on)
    hand_over(rows, organization, part, by=by, on=on, **known)
    return part


@writing()
def dissolve(*, by: Actor, organization: Organization, on: date, **decision) -> Organization:
    """Dissolve an organization in which nothing and nobody is left on `on`, and nobody comes later."""
    return reorganize.dissolve(by=by, organization=organization, on=on, held=OF_ORGANIZATIONS, **decision)

"""How cells with members in them are merged, split, corrected and dissolved."""

from datetime import date

from django.utils.translation import gettext as _

from accounts.actors import Actor
from members.actions.members import hand_over
from members.models import Member
from members.standing import MEMBERS, OF_ORGANIZATIONS
from orgs.actions import handing_over, reorganize
from orgs.actions.handing_over import require_chosen
from orgs.actions.required import require_partner
from orgs.models import Form, Organization
from orgs.standing import COVERED
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
def change_form(
    *,
    by: Actor,
    organization: Organization,
    form: str,
    on: date,
    decision: str = "",
    decided_on: date | None = None,
    code: str = "",
    name: str = "",
) -> Organization:
    """Give an organization another form from `on` on. Of a cell that becomes a committee `code` and `name`
    found a cell below it, which takes over who and what stands in it then or later; without them it must
    be empty."""
    known: dict = {"decision": decision, "decided_on": decided_on}
    part = None
    if organization.is_cell and form != Form.CELL and (code or name):
        part = _with_all(organization, by=by, on=on, code=code, name=name, **known)
    changed = reorganize.change_form(
        by=by, organization=organization, form=form, on=on, held=OF_ORGANIZATIONS, **known
    )
    if part:
        reorganize.correct(by=by, organization=part, parent=changed, held=OF_ORGANIZATIONS)
    return changed


def _with_all(cell: Organization, *, by: Actor, on: date, code: str, name: str, **known) -> Organization:
    """A cell beside `cell`, with all members and villages that it has from `on` on."""
    if not (code and name):
        raise Refusal(_("The new cell needs a code and a name."), field="code" if name else "name")
    part = reorganize.split(by=by, organization=cell, code=code, name=name, on=on, **known)
    hand_over(MEMBERS.since(on, cell=cell), cell, part, by=by, on=on, **known)
    villages = COVERED.since(on, cell=cell)
    handing_over.hand_over(COVERED, villages, cell, part, by=by, on=on, **known)
    return part


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

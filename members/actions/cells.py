"""How cells with members in them are merged, split and dissolved."""

from datetime import date

from django.utils.translation import gettext as _

from accounts.actors import Actor
from members.actions.members import transfer
from members.models import Member
from orgs.actions import reorganize
from orgs.models import Organization
from orgs.versions import writing
from resolution03.lib.errors import Refusal


@writing()
def merge(
    *, by: Actor, source: Organization, target: Organization, on: date, decision: str = ""
) -> Organization:
    """Merge two organizations; members of a merged cell belong to `target` from `on` on."""
    for member in source.members.existing_on(on):
        transfer(by=by, member=member, cell=target, on=on, decision=decision)
    return reorganize.merge(by=by, source=source, target=target, on=on, decision=decision)


@writing()
def correct(*, by: Actor, organization: Organization, **values) -> Organization:
    """Correct an organization; a cell in which members are, or were at last, stays one."""
    was_cell = organization.is_cell
    corrected = reorganize.correct(by=by, organization=organization, **values)
    if was_cell and not corrected.is_cell and corrected.members.exists():
        raise Refusal(_("Members belong to it; a cell with members stays a cell."), field="form")
    return corrected


@writing()
def split(
    *, by: Actor, organization: Organization, members: tuple[Member, ...] = (), on: date, **values
) -> Organization:
    """Split an organization; `members` of a split cell belong to the new one from `on` on."""
    part = reorganize.split(by=by, organization=organization, on=on, **values)
    for member in members:
        if member.cell_id != organization.pk:
            raise Refusal(_("Only members of the cell itself can be split off."), field="members")
        transfer(by=by, member=member, cell=part, on=on, decision=values.get("decision", ""))
    return part


@writing()
def dissolve(*, by: Actor, organization: Organization, on: date, decision: str = "") -> Organization:
    """Dissolve an organization in which nobody is left on `on`."""
    left = organization.members.existing_on(on).count()
    if left:
        raise Refusal(
            _("It still has %(count)d members on that day. Transfer them first, or merge.") % {"count": left},
            field="on",
        )
    return reorganize.dissolve(by=by, organization=organization, on=on, decision=decision)

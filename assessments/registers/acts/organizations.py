"""The acts on the register of organizations, in the order of their buttons."""

from functools import partial

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Permission
from assessments.registers import units
from assessments.registers.acts.act import Act, Begin, Button, Words
from assessments.registers.forms import organizations as forms
from assessments.registers.records import ORGANIZATIONS
from members.actions import cells
from orgs.actions import reorganize
from orgs.models import Organization
from orgs.scoping import posted_organization


def _is_not_own(user, organization: Organization | None) -> bool:
    """Nobody but the Board reorganizes the organization at which they stand themselves."""
    own = posted_organization(user)
    return organization is None or own.parent_id is None or own != organization


def _exists(organization: Organization) -> bool:
    return not organization.dissolved_on


def _is_below(organization: Organization) -> bool:
    return _exists(organization) and organization.parent_id is not None


def _is_standing_unit(organization: Organization) -> bool:
    return _exists(organization) and organization.is_unit


def _counts_from_then_on(form: forms.Found) -> list[str]:
    """A founding may be decided ahead, as every reorganization."""
    day = form.day("established_on")
    words = gettext("this day is still to come; it counts from then on")
    return form.says("established_on", words) if day and day > timezone.localdate() else []


_act = partial(Act, register=ORGANIZATIONS, on=ORGANIZATIONS)
_reorganize = partial(_act, needs=Permission.REORGANIZE, allowed=_is_not_own)
_in_menu = partial(Button, menu=_("Rename, move, merge, split…"))

ACTS = (
    _act(
        code="correct",
        needs=Permission.EDIT_REGISTERS,
        form=forms.CorrectOrganization,
        action=units.correct,
        words=Words(_("Correct: %s"), _("Save the correction"), _("The correction is saved.")),
        button=Button(_("Correct"), "pencil"),
        trail=_("corrected"),
        at_once=True,
    ),
    _reorganize(
        code="rename",
        form=forms.Rename,
        action=reorganize.rename,
        words=Words(_("Rename: %s"), _("Rename"), _("The new name is recorded.")),
        button=_in_menu(_("Rename by a decision"), offered=_exists),
        trail=_("renamed"),
    ),
    _reorganize(
        code="move",
        form=forms.Move,
        action=reorganize.move,
        words=Words(_("Move: %s"), _("Move"), _("The move is recorded.")),
        button=_in_menu(_("Move under another organization"), offered=_is_below),
        trail=_("moved"),
    ),
    _reorganize(
        code="level",
        form=forms.ChangeLevel,
        action=reorganize.change_level,
        words=Words(_("Change the level: %s"), _("Change the level"), _("The new level is recorded.")),
        button=_in_menu(_("Change the level: grassroots organization or above"), offered=_is_standing_unit),
        trail=_("level changed"),
    ),
    _reorganize(
        code="form",
        form=forms.ChangeForm,
        action=cells.change_form,
        words=Words(_("Change the form: %s"), _("Change the form"), _("The new form is recorded.")),
        button=_in_menu(_("Change the form: cell, committee"), offered=_is_below),
        trail=_("form changed"),
        also=("organization.found", "organization.correct", "member.transfer", "village.cover"),
    ),
    _reorganize(
        code="merge",
        form=forms.Merge,
        action=units.merge,
        argument="source",
        words=Words(_("Merge: %s"), _("Merge"), _("The organizations are merged.")),
        button=_in_menu(_("Merge into another organization"), offered=_is_below),
        trail=(
            "organization.move",
            "village.cover",
            "member.transfer",
            "organization.dissolve",
            "account.change",
            "submission.join",
        ),
    ),
    _reorganize(
        code="split",
        form=forms.Split,
        action=cells.split,
        words=Words(_("Split: %s"), _("Split"), _("The new organization is founded.")),
        button=_in_menu(_("Split off a new organization"), offered=_is_below),
        trail=("organization.found", "organization.move", "village.cover", "member.transfer"),
    ),
    _reorganize(
        code="dissolve",
        form=forms.Dissolve,
        action=units.dissolve,
        words=Words(_("Dissolve: %s"), _("Dissolve"), _("The dissolution is recorded.")),
        button=_in_menu(_("Dissolve"), offered=_is_below),
        trail=_("dissolved"),
    ),
    _reorganize(
        code="found",
        on=None,
        form=forms.Found,
        action=reorganize.found,
        words=Words(_("Found an organization"), _("Found"), _("The organization is founded.")),
        button=Button(_("Found an organization"), "plus-lg"),
        begin=Begin(
            back=lambda place: place.get_absolute_url() if place else reverse("registers:organization_list"),
            parameter="under",
            field="parent",
            button=_in_menu(
                _("Found an organization below"), offered=lambda place: _exists(place) and not place.is_cell
            ),
        ),
        effect=_counts_from_then_on,
        trail=_("founded"),
    ),
)

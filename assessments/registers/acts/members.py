"""The acts on the register of members. Who may not see persons gets 403, whatever the member."""

from functools import partial

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Permission
from assessments.registers.acts.act import Act, Begin, Button, Words
from assessments.registers.forms import members as forms
from assessments.registers.records import MEMBERS
from members.actions import members
from members.models import LeavingReason, Member


def _is_present(member: Member) -> bool:
    return not member.left_on


def _may_return(member: Member) -> bool:
    """Who is gone and alive."""
    is_gone = member.left_on is not None and member.left_on <= timezone.localdate()
    return is_gone and member.leaving_reason != LeavingReason.DIED


def _is_probationary(member: Member) -> bool:
    return _is_present(member) and not member.official_on


_act = partial(Act, register=MEMBERS, on=MEMBERS, needs=Permission.EDIT_PERSONS)

ACTS = (
    _act(
        code="enrol",
        on=None,
        form=forms.Enrol,
        action=members.enrol,
        words=Words(_("Enter a member"), _("Enter the member"), _("The member is entered.")),
        button=Button(_("Enter a member"), "plus-lg"),
        begin=Begin(
            back=lambda cell: reverse("registers:member_list") + (f"?cell={cell.pk}" if cell else ""),
            parameter="cell",
            field="cell",
            fits=lambda place: place.is_cell,
        ),
        trail=_("enrolled"),
    ),
    _act(
        code="correct",
        form=forms.CorrectMember,
        action=members.correct,
        words=Words(_("Correct: %s"), _("Save the correction"), _("The correction is saved.")),
        button=Button(_("Correct"), "pencil"),
        trail=_("corrected"),
        at_once=True,
    ),
    _act(
        code="transfer",
        form=forms.Transfer,
        action=members.transfer,
        words=Words(_("Transfer: %s"), _("Transfer"), _("The transfer is recorded.")),
        button=Button(_("Transfer"), "arrow-left-right", offered=_is_present),
        trail=_("transferred"),
    ),
    _act(
        code="recognize",
        form=forms.Recognize,
        action=members.recognize,
        words=Words(_("Recognize: %s"), _("Recognize as official"), _("The member is an official one.")),
        button=Button(_("Recognize as official"), "check-lg", offered=_is_probationary),
        trail=_("recognized as official"),
    ),
    _act(
        code="exempt",
        form=forms.Exempt,
        action=members.exempt,
        words=Words(_("Exemption: %s"), _("Save"), _("The exemption is recorded.")),
        button=Button(_("Exemption"), offered=_is_present),
        trail=_("exemption changed"),
    ),
    _act(
        code="leave",
        form=forms.Leave,
        action=members.leave,
        words=Words(_("Leaving: %s"), _("Record the leaving"), _("The leaving is recorded.")),
        button=Button(_("Record a leaving"), offered=_is_present),
        trail=_("left"),
    ),
    _act(
        code="return",
        form=forms.Return,
        action=members.come_back,
        words=Words(_("Return: %s"), _("Record the return"), _("The return is recorded.")),
        button=Button(_("Record a return"), "person-plus", offered=_may_return),
        trail=_("came back"),
    ),
)

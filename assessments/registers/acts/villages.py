"""The acts on the register of villages."""

from functools import partial

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Permission
from assessments.registers.acts.act import Act, Begin, Button, Words
from assessments.registers.forms import villages as forms
from assessments.registers.records import VILLAGES
from members.actions import villages as with_heads
from orgs.actions import villages
from orgs.models import Village


def _exists(village: Village) -> bool:
    return not village.ends_on


_act = partial(Act, register=VILLAGES, on=VILLAGES, needs=Permission.EDIT_REGISTERS)

ACTS = (
    _act(
        code="found",
        on=None,
        form=forms.FoundVillage,
        action=villages.found,
        words=Words(_("Enter a village"), _("Enter the village"), _("The village is entered.")),
        button=Button(_("Enter a village"), "plus-lg"),
        begin=Begin(back=lambda place: reverse("registers:village_list")),
        trail=_("entered"),
    ),
    _act(
        code="correct",
        form=forms.CorrectVillage,
        action=with_heads.correct,
        words=Words(_("Correct: %s"), _("Save the correction"), _("The correction is saved.")),
        button=Button(_("Correct"), "pencil"),
        trail=_("corrected"),
        at_once=True,
    ),
    _act(
        code="cover",
        form=forms.Cover,
        action=villages.cover,
        words=Words(_("Committee and cell: %s"), _("Record the change"), _("The change is recorded.")),
        button=Button(_("Committee or cell"), "arrow-left-right", offered=_exists),
        trail=_("committee or cell changed"),
    ),
    _act(
        code="end",
        form=forms.EndVillage,
        action=with_heads.end,
        words=Words(_("End: %s"), _("End the village"), _("The end is recorded.")),
        button=Button(_("End the village"), offered=_exists),
        trail=_("ended"),
        also=("head.end",),
    ),
)

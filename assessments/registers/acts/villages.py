"""The acts on the register of villages."""

from functools import partial

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Permission
from assessments.registers.acts.act import Act, Begin, Button, Words
from assessments.registers.forms import villages as forms
from assessments.registers.forms.villages_merged import MergeVillages, SplitVillage
from assessments.registers.preview import villages_merged
from assessments.registers.records import VILLAGES
from members.actions import villages as with_heads
from orgs.actions import villages
from orgs.models import Organization, Village


def _exists(village: Village) -> bool:
    return not village.ends_on


def _has_villages(committee: Organization) -> bool:
    return not committee.dissolved_on and committee.villages.filter(ends_on=None).exists()


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
        code="merge",
        on=None,
        needs=Permission.REORGANIZE,
        form=MergeVillages,
        action=with_heads.merge,
        words=Words(_("Merge villages"), _("Merge the villages"), _("The villages are merged.")),
        button=Button(_("Merge villages"), "arrow-left-right"),
        begin=Begin(
            back=lambda place: place.get_absolute_url() if place else reverse("registers:village_list"),
            parameter="committee",
            field="committee",
            fits=lambda place: not place.is_cell,
            way=lambda: [(_("Villages"), reverse("registers:village_list"))],
            button=Button(_("Merge villages"), offered=_has_villages),
        ),
        detail=villages_merged.before,
        trail=_("merged"),
        also=(
            "village.found",
            "village.cover",
            "head.appoint",
            "head.end",
            "organization.found",
            "organization.dissolve",
            "member.transfer",
            "account.change",
        ),
    ),
    _act(
        code="split",
        needs=Permission.REORGANIZE,
        form=SplitVillage,
        action=with_heads.split,
        words=Words(_("Split: %s"), _("Split the village"), _("The new village is entered.")),
        button=Button(_("Split the village"), offered=_exists),
        trail=("village.found", "head.appoint"),
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

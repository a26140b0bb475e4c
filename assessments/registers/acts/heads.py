"""The acts on the register of village heads; their buttons stand on the page of the village."""

from functools import partial

from django.utils.translation import gettext_lazy as _

from accounts.permissions import Permission
from assessments.registers.acts.act import Act, Button, Words
from assessments.registers.forms import heads as forms
from assessments.registers.records import HEADS, VILLAGES
from members.actions import heads

_act = partial(Act, register=HEADS, on=HEADS, needs=Permission.EDIT_PERSONS)

ACTS = (
    _act(
        code="appoint",
        on=VILLAGES,
        address="villages/<int:pk>/head/",
        form=forms.AppointHead,
        action=heads.appoint,
        words=Words(_("Head of %s"), _("Put in post"), _("The head is in post."), page=_("Head")),
        button=Button(_("Put a head in post"), offered=lambda village: not village.ends_on),
        trail=_("head appointed"),
    ),
    _act(
        code="correct",
        form=forms.CorrectHead,
        action=heads.correct,
        words=Words(_("Correct the term: %s"), _("Save the correction"), _("The correction is saved.")),
        button=Button(_("Correct")),
        trail=_("corrected"),
        at_once=True,
    ),
    _act(
        code="end",
        form=forms.EndTerm,
        action=heads.end_term,
        words=Words(_("End the term: %s"), _("End the term"), _("The term is ended.")),
        button=Button(_("End the term"), offered=lambda head: not head.ends_on),
        trail=_("term ended"),
    ),
)

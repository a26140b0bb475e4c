"""Forms of the acts on villages."""

from crispy_forms.layout import Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.registers.forms import fields
from assessments.registers.register_form import RegisterForm
from orgs.fields import DayField, PartialDateField, ThingField
from orgs.models import VillageKind


class FoundVillage(RegisterForm):
    things = {"committee": fields.committees, "cell": fields.cells}
    layout = Layout(
        "name", fields.row("code", "kind"), "committee", "cell", "starts_on",
        fields.row("decision", "decided_on"),
    )  # fmt: skip

    name = forms.CharField(label=_("Name of the village"), max_length=255)
    code = fields.code()
    kind = forms.ChoiceField(label=_("Kind"), choices=[("", "—"), *VillageKind.choices], required=False)
    committee = ThingField(label=_("Commune committee"))
    cell = ThingField(label=_("Cell"), required=False)
    starts_on = PartialDateField(label=_("Exists from"), required=False, earliest=None)
    decision = fields.decision()
    decided_on = fields.decided_on()


class CorrectVillage(FoundVillage):
    layout = Layout(
        "name", fields.row("code", "kind"), "committee", "cell", fields.row("starts_on", "ends_on"),
        fields.row("ending_decision", "ending_decided_on"), "reason",
    )  # fmt: skip
    code = fields.code(help_text="")
    decision = None  # type: ignore[assignment]  # so Django leaves a field out
    decided_on = None  # type: ignore[assignment]
    ends_on = PartialDateField(label=_("Last day"), required=False, is_last_day=True, may_lie_ahead=True)
    ending_decision = fields.decision(_("Ended by decision"))
    ending_decided_on = fields.decided_on()
    reason = fields.reason()


class Cover(RegisterForm):
    things = {"committee": fields.committees, "cell": fields.cells}
    committee = ThingField(label=_("Commune committee"))
    cell = ThingField(label=_("Cell"), required=False, help_text=_("Empty: from that day on no cell."))
    on = DayField(label=_("From"))
    decision = fields.decision()
    decided_on = fields.decided_on()


class EndVillage(RegisterForm):
    on = DayField(
        label=_("Last day"), may_lie_ahead=True, help_text=_("The last day on which the village counts.")
    )
    decision = fields.decision()
    decided_on = fields.decided_on()

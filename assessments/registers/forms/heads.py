"""Forms of the acts on village heads."""

from crispy_forms.layout import Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.registers.forms import fields
from assessments.registers.register_form import RegisterForm
from members import doubts
from orgs.fields import DayField, PartialDateField, ThingField
from resolution03.lib.workbooks.names import other_name


class AppointHead(RegisterForm):
    things = {"member": fields.members}
    layout = Layout(
        "full_name", fields.row("is_member", "is_secretary"), "member", fields.row("starts_on", "ends_on")
    )

    full_name = forms.CharField(label=_("Full name"), max_length=120)
    is_member = forms.BooleanField(label=_("Party member"), required=False)
    is_secretary = forms.BooleanField(label=_("Secretary of the cell"), required=False)
    member = ThingField(
        label=_("Entry in the register of members"),
        required=False,
        help_text=_("Code or name. With it, the member's own dates decide."),
    )
    starts_on = PartialDateField(label=_("From"))
    ends_on = PartialDateField(
        label=_("Last day"),
        required=False,
        is_last_day=True,
        may_lie_ahead=True,
        help_text=_("Empty: still in post."),
    )

    def doubts(self) -> list[str]:
        found, values = super().doubts(), self.cleaned_data
        member = values.get("member")
        start = self.day("starts_on")
        changed = {"member", "is_member", "full_name", "starts_on"} & set(self.changed_data)
        if member and start and changed:
            is_member = member.is_present_on(start)
            found += self.says("is_member", doubts.mark(values["is_member"], is_member))
            found += self.says("full_name", other_name(values["full_name"], [member.full_name]))
        return found


class CorrectHead(AppointHead):
    layout = Layout(*AppointHead.layout.fields, "reason")
    reason = fields.reason()


class EndTerm(RegisterForm):
    on = DayField(label=_("Last day"), may_lie_ahead=True, help_text=_("A successor may start on that day."))

"""Forms of the acts on members."""

from datetime import date

from crispy_forms.layout import Layout
from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assessments.registers.forms import fields
from assessments.registers.register_form import DecidedForm, RegisterForm
from members import doubts, rules
from members.models import LeavingReason, Sex
from members.rules import is_death_ahead, needs_decision
from orgs.fields import DayField, PartialDateField, ThingField
from resolution03.lib.dates import birth


class Enrol(RegisterForm):
    things = {"cell": fields.cells}
    layout = Layout(
        fields.row("full_name", "code"), fields.row("born_on", "sex"), "cell",
        fields.row("admitted_on", "official_on"), "admitted_outside", "arrived_on", "is_exempt",
    )  # fmt: skip

    full_name = forms.CharField(label=_("Full name"), max_length=120)
    code = fields.code()
    born_on = PartialDateField(label=_("Date of birth"), required=False, earliest=None)
    sex = forms.ChoiceField(label=_("Sex"), choices=[("", "—"), *Sex.choices], required=False)
    cell = ThingField(label=_("Cell"))
    admitted_on = PartialDateField(label=_("Admission"))
    official_on = PartialDateField(label=_("Official member since"), required=False)
    admitted_outside = forms.BooleanField(label=_("Admitted outside the province"), required=False)
    arrived_on = PartialDateField(
        label=_("Arrival"),
        required=False,
        help_text=_("For who came from outside: the first day in the roster."),
    )
    is_exempt = forms.BooleanField(label=_("Exempt from party work and meetings"), required=False)

    def clean(self):
        if self.cleaned_data.get("born_on"):
            born = birth(self.cleaned_data["born_on"], self.day("admitted_on"))
            self.cleaned_data["born_on"] = born
        return super().clean()

    def doubts(self) -> list[str]:
        found, changed = super().doubts(), set(self.changed_data)
        born, admitted, official = (self.day(name) for name in ("born_on", "admitted_on", "official_on"))
        if {"born_on", "admitted_on"} & changed:
            found += self.says("admitted_on", doubts.age(born, admitted))
        if {"admitted_on", "official_on"} & changed:
            found += self.says("official_on", doubts.early_official(admitted, official))
        if {"admitted_on", "cell"} & changed:
            founded = self.cleaned_data["cell"].established_on
            found += self.says("admitted_on", doubts.before_cell(admitted, founded))
        return found


class CorrectMember(Enrol):
    layout = Layout(
        fields.row("full_name", "code"), fields.row("born_on", "sex"), "cell",
        fields.row("admitted_on", "official_on"), "admitted_outside", "arrived_on",
        fields.row("left_on", "leaving_reason"), fields.row("leaving_decision", "leaving_decided_on"),
        "is_exempt", "reason",
    )  # fmt: skip
    decided_by = ("leaving_decision", "leaving_decided_on")
    code = fields.code(help_text="")
    is_exempt = forms.BooleanField(
        label=_("Exempt from party work and meetings"),
        required=False,
        help_text=_("Only where it was wrong from its start; from a day on: “Exemption”."),
    )
    left_on = PartialDateField(label=_("Left"), required=False, may_lie_ahead=True)
    leaving_reason = forms.ChoiceField(
        label=_("Reason for leaving"), choices=[("", "—"), *LeavingReason.choices], required=False
    )
    leaving_decision = fields.decision(_("Left by decision"))
    leaving_decided_on = fields.decided_on()
    reason = fields.reason()

    def asks_decision(self) -> bool:
        reason = self.cleaned_data.get("leaving_reason", "")
        is_leaving = self.cleaned_data.get("left_on") and "leaving_reason" in self.changed_data
        return bool(is_leaving) and needs_decision(reason)

    def clean(self):
        found = super().clean()
        if {"left_on", "leaving_reason"} & set(self.changed_data):
            _refuse_death_ahead(self, "left_on", self.day("left_on"))
        return found


class Exempt(RegisterForm):
    is_exempt = forms.BooleanField(label=_("Exempt from party work and meetings"), required=False)
    on = DayField(
        label=_("From"),
        required=False,
        help_text=_("The first day on which it is so; empty: today. A year is rated as on its 31 December."),
    )
    reason = fields.reason()

    def initial_of(self, subject) -> dict:
        return super().initial_of(subject) | {"on": timezone.localdate()}


class Return(RegisterForm):
    things = {"cell": fields.cells}
    cell = ThingField(label=_("Comes back to the cell"))
    on = DayField(label=_("From"), help_text=_("The first day on which the member counts again."))
    decision = fields.decision()
    decided_on = fields.decided_on()

    def initial_of(self, subject) -> dict:
        known = fields.cells(self.user).filter(pk=subject.cell_id) if subject else None
        return {"cell": known.first()} if known else {}

    def asks_decision(self) -> bool:
        return rules.needs_readmission(self.subject.leaving_reason)

    def doubts(self) -> list[str]:
        left, reason = self.subject.left_on, self.subject.leaving_reason
        words = doubts.early_readmission(left, reason, self.cleaned_data.get("on"))
        return super().doubts() + self.says("on", words)


class Transfer(RegisterForm):
    things = {"cell": fields.cells}
    cell = ThingField(label=_("Moves to the cell"))
    on = DayField(label=_("From"))
    decision = fields.decision()
    decided_on = fields.decided_on()

    def initial_of(self, subject) -> dict:
        return {}


class Leave(RegisterForm):
    on = DayField(
        label=_("From"),
        may_lie_ahead=True,
        help_text=_("The first day on which the member no longer counts."),
    )
    leaving_reason = forms.ChoiceField(label=_("Reason for leaving"), choices=LeavingReason.choices)
    decision = fields.decision()
    decided_on = fields.decided_on()

    def asks_decision(self) -> bool:
        return needs_decision(self.cleaned_data.get("leaving_reason", ""))

    def clean(self):
        found = super().clean()
        _refuse_death_ahead(self, "on", self.cleaned_data.get("on"))
        return found


class Recognize(DecidedForm):
    official_on = DayField(
        label=_("Official member since"),
        help_text=_("Twelve months after the admission, also when it is decided later."),
    )
    decision = fields.decision()
    decided_on = fields.decided_on()

    def initial_of(self, subject) -> dict:
        return {"official_on": subject.official_due} if subject else {}

    def doubts(self) -> list[str]:
        admitted, official = self.subject.admitted_on, self.cleaned_data["official_on"]
        words = doubts.early_official(admitted, official) or doubts.late_official(admitted, official)
        return super().doubts() + self.says("official_on", words)


def _refuse_death_ahead(form: RegisterForm, name: str, day: date | None) -> None:
    if is_death_ahead(form.cleaned_data.get("leaving_reason", ""), day, timezone.localdate()):
        form.add_error(name, gettext("%(day)s lies after today.") % {"day": f"{day:%d/%m/%Y}"})

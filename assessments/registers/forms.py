"""Forms of the registers. What may be chosen is narrowed to the user's scope."""

from datetime import date

from crispy_forms.layout import Div, Layout
from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assessments.registers.register_form import RegisterForm
from members import doubts
from members.models import LeavingReason, Member, Sex
from members.rules import is_death_ahead
from orgs.fields import DayField, PartialDateField, ThingField
from orgs.models import Form, Organization, VillageKind
from orgs.rules import exists_on
from resolution03.lib.dates import birth

UNCHANGED = _("Does not change later.")
NO_REMARKS = _("Short; no personal data, no remarks on opinions.")


def cells(user):
    return Organization.objects.visible_to(user).filter(form=Form.CELL, dissolved_on=None)


def committees(user):
    visible = Organization.objects.visible_to(user)
    return visible.exclude(form=Form.CELL).filter(dissolved_on=None)


def organizations(user):
    return Organization.objects.visible_to(user).filter(dissolved_on=None)


def members(user):
    return Member.objects.visible_to(user)


def row(*names: str) -> Div:
    """Fields beside each other."""
    return Div(*(Div(name, css_class="col") for name in names), css_class="row g-3")


class CodeField(forms.CharField):
    """A code as it is typed: what it may be made of is for the action to say."""

    bound_field_class = forms.BoundField


def _code(help_text: str = UNCHANGED) -> forms.CharField:
    return CodeField(label=_("Code"), max_length=60, help_text=help_text)


def _decision() -> forms.CharField:
    return forms.CharField(label=_("Decision number"), max_length=120, required=False)


def _reason() -> forms.CharField:
    return forms.CharField(label=_("Reason"), max_length=300, required=False, help_text=NO_REMARKS)


class Found(RegisterForm):
    things = {"parent": committees}
    layout = Layout("name", row("code", "form"), row("type_label", "established_on"), "parent", "decision")

    name = forms.CharField(label=_("Name of the organization"), max_length=255)
    code = _code()
    form = forms.ChoiceField(label=_("Form"), choices=Form)
    type_label = forms.CharField(label=_("Type"), max_length=120, required=False)
    established_on = PartialDateField(label=_("Established"), required=False, may_lie_ahead=True)
    parent = ThingField(label=_("Stands under"))
    decision = _decision()


class FoundProvince(RegisterForm):
    name = forms.CharField(
        label=_("Name of the organization"),
        max_length=255,
        help_text=_("For example Đảng bộ tỉnh Kon Tum."),
    )
    code = _code(_("For example KT; workbooks name the province by it."))


class CorrectOrganization(RegisterForm):
    things = {"parent": committees}
    layout = Layout(
        "name", row("code", "form"), row("type_label", "phone"),
        row("established_on", "dissolved_on"), "parent", "reason",
    )  # fmt: skip

    name = forms.CharField(
        label=_("Name of the organization"),
        max_length=255,
        help_text=_("Only to correct a misspelling; a new name by a decision: “Rename”."),
    )
    code = _code(help_text="")
    form = forms.ChoiceField(label=_("Form"), choices=Form)
    type_label = forms.CharField(label=_("Type"), max_length=120, required=False)
    phone = forms.CharField(label=_("Office phone"), max_length=40, required=False)
    established_on = PartialDateField(label=_("Established"), required=False)
    dissolved_on = PartialDateField(label=_("Dissolved"), required=False, may_lie_ahead=True)
    parent = ThingField(
        label=_("Stands under"),
        help_text=_("Corrects the latest place from its own start; a move on a day: “Move”."),
    )
    reason = _reason()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        parent = self.subject.parent_id
        if not Organization.objects.visible_to(self.user).filter(pk=parent).exists():
            del self.fields["parent"]
            self.helper.layout = Layout(*(part for part in self.layout.fields if part != "parent"))


class Rename(RegisterForm):
    name = forms.CharField(label=_("New name"), max_length=255)
    on = DayField(label=_("From"), may_lie_ahead=True)
    decision = _decision()


class Move(RegisterForm):
    things = {"parent": committees}
    parent = ThingField(label=_("Moves under"))
    on = DayField(label=_("From"), may_lie_ahead=True)
    decision = _decision()

    def initial_of(self, subject) -> dict:
        return {}


class Merge(RegisterForm):
    things = {"target": organizations}
    target = ThingField(label=_("Merges into"))
    on = DayField(
        label=_("From"), may_lie_ahead=True, help_text=_("The first day on which it no longer counts.")
    )
    decision = _decision()


class Split(RegisterForm):
    """Which parts go to the new organization; members only where a cell is split."""

    name = forms.CharField(label=_("Name of the new organization"), max_length=255)
    code = _code()
    on = DayField(label=_("From"), may_lie_ahead=True)
    decision = _decision()
    children = forms.ModelMultipleChoiceField(
        label=_("Organizations that go with it"), queryset=None, required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    handed = forms.ModelMultipleChoiceField(
        label=_("Villages that go with it"), queryset=None, required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    members = forms.ModelMultipleChoiceField(
        label=_("Members who go with it"), queryset=None, required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        whole = self.subject
        held = whole.covered_villages if whole.is_cell else whole.villages
        parts = {
            "children": whole.children.filter(dissolved_on=None),
            "handed": held.filter(ends_on=None),
            "members": whole.members.filter(left_on=None),
        }
        for name, rows in parts.items():
            self.fields[name].queryset = rows
            if not rows.exists():
                del self.fields[name]

    def initial_of(self, subject) -> dict:
        return {}


class Dissolve(RegisterForm):
    on = DayField(
        label=_("From"), may_lie_ahead=True, help_text=_("The first day on which it no longer counts.")
    )
    decision = _decision()


class FoundVillage(RegisterForm):
    things = {"committee": committees, "cell": cells}
    layout = Layout("name", row("code", "kind"), "committee", "cell", row("starts_on", "decision"))

    name = forms.CharField(label=_("Name of the village"), max_length=255)
    code = _code()
    kind = forms.ChoiceField(label=_("Kind"), choices=[("", "—"), *VillageKind.choices], required=False)
    committee = ThingField(label=_("Commune committee"))
    cell = ThingField(label=_("Cell"), required=False)
    starts_on = PartialDateField(label=_("Exists from"), required=False, earliest=None)
    decision = _decision()


class CorrectVillage(FoundVillage):
    layout = Layout("name", row("code", "kind"), "committee", "cell", row("starts_on", "ends_on"), "reason")
    code = _code(help_text="")
    decision = None
    ends_on = PartialDateField(label=_("Last day"), required=False, is_last_day=True, may_lie_ahead=True)
    reason = _reason()


class Cover(RegisterForm):
    things = {"committee": committees, "cell": cells}
    committee = ThingField(label=_("Commune committee"))
    cell = ThingField(label=_("Cell"), required=False, help_text=_("Empty: from that day on no cell."))
    on = DayField(label=_("From"))
    decision = _decision()


class EndVillage(RegisterForm):
    on = DayField(
        label=_("Last day"), may_lie_ahead=True, help_text=_("The last day on which the village counts.")
    )
    decision = _decision()


class AppointHead(RegisterForm):
    things = {"member": members}
    layout = Layout("full_name", row("is_member", "is_secretary"), "member", row("starts_on", "ends_on"))

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
        if member and {"member", "is_member", "full_name", "starts_on"} & set(self.changed_data):
            is_member = exists_on(self.day("starts_on"), member.joined_on, member.left_on)
            found += self.says("is_member", doubts.mark(values["is_member"], is_member))
            found += self.says("full_name", doubts.other_name(values["full_name"], member.full_name))
        return found


class CorrectHead(AppointHead):
    layout = Layout(*AppointHead.layout.fields, "reason")
    reason = _reason()


class EndTerm(RegisterForm):
    on = DayField(label=_("Last day"), may_lie_ahead=True, help_text=_("A successor may start on that day."))


class Enrol(RegisterForm):
    things = {"cell": cells}
    layout = Layout(
        row("full_name", "code"), row("born_on", "sex"), "cell",
        row("admitted_on", "official_on"), "admitted_outside", "arrived_on", "is_exempt",
    )  # fmt: skip

    full_name = forms.CharField(label=_("Full name"), max_length=120)
    code = _code()
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
        row("full_name", "code"), row("born_on", "sex"), "cell",
        row("admitted_on", "official_on"), "admitted_outside", "arrived_on",
        row("left_on", "leaving_reason"), "reason",
    )  # fmt: skip
    code = _code(help_text="")
    is_exempt = None
    left_on = PartialDateField(label=_("Left"), required=False, may_lie_ahead=True)
    leaving_reason = forms.ChoiceField(
        label=_("Reason for leaving"), choices=[("", "—"), *LeavingReason.choices], required=False
    )
    reason = _reason()

    def clean(self):
        found = super().clean()
        if {"left_on", "leaving_reason"} & set(self.changed_data):
            _refuse_death_ahead(self, "left_on", self.day("left_on"))
        return found


class Exempt(RegisterForm):
    is_exempt = forms.BooleanField(label=_("Exempt from party work and meetings"), required=False)
    reason = _reason()


class Transfer(RegisterForm):
    things = {"cell": cells}
    cell = ThingField(label=_("Moves to the cell"))
    on = DayField(label=_("From"))
    decision = _decision()

    def initial_of(self, subject) -> dict:
        return {}


class Leave(RegisterForm):
    on = DayField(
        label=_("From"),
        may_lie_ahead=True,
        help_text=_("The first day on which the member no longer counts."),
    )
    leaving_reason = forms.ChoiceField(label=_("Reason for leaving"), choices=LeavingReason.choices)

    def clean(self):
        found = super().clean()
        _refuse_death_ahead(self, "on", self.cleaned_data.get("on"))
        return found


def _refuse_death_ahead(form: RegisterForm, name: str, day: date | None) -> None:
    if is_death_ahead(form.cleaned_data.get("leaving_reason", ""), day, timezone.localdate()):
        form.add_error(name, gettext("%(day)s lies after today.") % {"day": f"{day:%d/%m/%Y}"})

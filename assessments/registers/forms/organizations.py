"""Forms of the acts on organizations."""

from crispy_forms.layout import Layout
from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from assessments.registers.forms import fields
from assessments.registers.register_form import DecidedForm, RegisterForm
from members.models import Member
from members.standing import OF_ORGANIZATIONS
from orgs.fields import DayField, PartialDateField, ThingField
from orgs.models import OF_UNITS, Form, Organization, Village
from orgs.scoping import stands_at_root
from resolution03.lib.forms import field_of


class Found(DecidedForm):
    things = {"parent": fields.committees}
    layout = Layout(
        "name", fields.row("code", "form"), fields.row("type_label", "established_on"), "parent", "level",
        fields.row("decision", "decided_on"),
    )  # fmt: skip

    name = forms.CharField(label=_("Name of the organization"), max_length=255)
    code = fields.code()
    form = forms.ChoiceField(label=_("Form"), choices=Form)
    type_label = forms.CharField(label=_("Type"), max_length=120, required=False)
    established_on = PartialDateField(label=_("Established"), required=False, may_lie_ahead=True)
    parent = ThingField(label=_("Stands under"))
    level = fields.level()
    decision = fields.decision()
    decided_on = fields.decided_on()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not stands_at_root(self.user):
            fields.leave_out(self, "level")


class FoundProvince(RegisterForm):
    name = forms.CharField(
        label=_("Name of the organization"),
        max_length=255,
        help_text=_("For example Đảng bộ tỉnh Kon Tum."),
    )
    code = fields.code(_("For example KT; workbooks name the province by it."))


class CorrectOrganization(RegisterForm):
    things = {"parent": fields.committees}
    layout = Layout(
        "name", fields.row("code", "form"), fields.row("type_label", "phone"),
        fields.row("established_on", "dissolved_on"),
        fields.row("dissolution_decision", "dissolution_decided_on"), "parent", "level", "reason",
    )  # fmt: skip
    decided_by = ("dissolution_decision", "dissolution_decided_on")

    name = forms.CharField(
        label=_("Name of the organization"),
        max_length=255,
        help_text=_("Only to correct a misspelling; a new name by a decision: “Rename”."),
    )
    code = fields.code(help_text="")
    form = forms.ChoiceField(
        label=_("Form"),
        choices=Form,
        help_text=_("Only where it was wrong; a change on a day: “Change the form”."),
    )
    type_label = forms.CharField(label=_("Type"), max_length=120, required=False)
    phone = forms.CharField(label=_("Office phone"), max_length=40, required=False)
    established_on = PartialDateField(label=_("Established"), required=False)
    dissolved_on = PartialDateField(label=_("Dissolved"), required=False, may_lie_ahead=True)
    dissolution_decision = fields.decision(_("Dissolved by decision"))
    dissolution_decided_on = fields.decided_on()
    parent = ThingField(
        label=_("Stands under"),
        help_text=_("Corrects the latest place from its own start; a move on a day: “Move”."),
    )
    level = fields.level(_("Only where it was wrong; a change on a day: “Change the level”."))
    reason = fields.reason()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not Organization.objects.visible_to(self.user).filter(pk=self.subject.parent_id).exists():
            fields.leave_out(self, "parent")
        if not (self.subject.is_unit and stands_at_root(self.user)):
            fields.leave_out(self, "level")

    def doubts(self) -> list[str]:
        """Who was there before the organization may have been elsewhere then: told, never refused."""
        day = self.day("established_on")
        if day is None or "established_on" not in self.changed_data:
            return super().doubts()
        by, body = Actor.of(self.user), self.subject
        found = [(one, one.already(day, **{one.body: body})) for one in OF_ORGANIZATIONS]
        things = ", ".join([one.told(rows, by) for one, rows in found if rows.exists()])
        words = gettext("older than that, with no day on which they came: %(things)s") % {"things": things}
        return super().doubts() + self.says("established_on", words if things else "")

    def asks_decision(self) -> bool:
        """A day that is entered here is a dissolution like the other."""
        return bool(self.cleaned_data.get("dissolved_on")) and not self.subject.dissolved_on


class Rename(RegisterForm):
    name = forms.CharField(label=_("New name"), max_length=255)
    on = DayField(label=_("From"), may_lie_ahead=True)
    decision = fields.decision()
    decided_on = fields.decided_on()


class Move(RegisterForm):
    things = {"parent": fields.committees}
    layout = Layout("parent", "level", "on", fields.row("decision", "decided_on"))
    parent = ThingField(label=_("Moves under"))
    level = fields.level(_("Only directly under the province; empty: it keeps its level."))
    on = DayField(label=_("From"), may_lie_ahead=True)
    decision = fields.decision()
    decided_on = fields.decided_on()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not stands_at_root(self.user):
            fields.leave_out(self, "level")

    def initial_of(self, subject) -> dict:
        return {}


class ChangeLevel(DecidedForm):
    """Of a child of the province: whether it is a grassroots organization itself."""

    level = forms.ChoiceField(label=_("Level after the change"), choices=OF_UNITS)
    on = DayField(label=_("From"), may_lie_ahead=True)
    decision = fields.decision()
    decided_on = fields.decided_on()

    def initial_of(self, subject) -> dict:
        return {}


class ChangeForm(RegisterForm):
    """Of a cell with the new cell below it that takes over its members and villages."""

    form = forms.ChoiceField(label=_("New form"), choices=Form)
    on = DayField(label=_("From"), may_lie_ahead=True)
    decision = fields.decision()
    decided_on = fields.decided_on()
    name = forms.CharField(
        label=_("Name of the new cell below it"),
        max_length=255,
        required=False,
        help_text=_("It takes over the members and villages; empty where there are none."),
    )
    code = fields.CodeField(label=_("Code of the new cell"), max_length=60, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.subject.is_cell:
            del self.fields["name"], self.fields["code"]

    def initial_of(self, subject) -> dict:
        return {}

    def asks_decision(self) -> bool:
        """A cell below it that is new is established like any other."""
        return bool(self.cleaned_data.get("name") or self.cleaned_data.get("code"))


class Merge(DecidedForm):
    things = {"target": fields.organizations}
    target = ThingField(label=_("Merges into"))
    on = DayField(
        label=_("From"), may_lie_ahead=True, help_text=_("The first day on which it no longer counts.")
    )
    decision = fields.decision()
    decided_on = fields.decided_on()


class Split(DecidedForm):
    """Which parts go to the new organization; members only where a cell is split."""

    name = forms.CharField(label=_("Name of the new organization"), max_length=255)
    code = fields.code()
    on = DayField(label=_("From"), may_lie_ahead=True)
    decision = fields.decision()
    decided_on = fields.decided_on()
    children = forms.ModelMultipleChoiceField(
        label=_("Organizations that go with it"), queryset=Organization.objects.none(), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    handed = forms.ModelMultipleChoiceField(
        label=_("Villages that go with it"), queryset=Village.objects.none(), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    members = forms.ModelMultipleChoiceField(
        label=_("Members who go with it"), queryset=Member.objects.none(), required=False,
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
            field_of(self, name, forms.ModelMultipleChoiceField).queryset = rows
            if not rows.exists():
                del self.fields[name]

    def initial_of(self, subject) -> dict:
        return {}


class Dissolve(DecidedForm):
    on = DayField(
        label=_("From"), may_lie_ahead=True, help_text=_("The first day on which it no longer counts.")
    )
    decision = fields.decision()
    decided_on = fields.decided_on()

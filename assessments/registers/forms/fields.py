"""What the forms of the registers share: what may be chosen, narrowed to the user's scope, and fields."""

from crispy_forms.layout import Div, Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from members.models import Member
from orgs.fields import DayField
from orgs.models import OF_UNITS, Form, Organization
from resolution03.lib.forms import BaseForm
from resolution03.lib.phrases import Phrase

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


def level(help_text: Phrase = "") -> forms.ChoiceField:
    """What a child of the province is."""
    return forms.ChoiceField(
        label=_("Level in the tree"),
        choices=[("", _("follows from what it stands under")), *OF_UNITS],
        required=False,
        help_text=help_text or _("Only directly under the province: is it a grassroots organization itself?"),
    )


def leave_out(form: BaseForm, name: str) -> None:
    """Take a field from a form and from its layout."""
    del form.fields[name]
    form.helper.layout = Layout(*(part for part in form.helper.layout.fields if part != name))


def row(*names: str) -> Div:
    """Fields beside each other."""
    return Div(*(Div(name, css_class="col") for name in names), css_class="row g-3")


class CodeField(forms.CharField):
    """A code as it is typed: what it may be made of is for the action to say."""

    bound_field_class = forms.BoundField


def code(help_text: Phrase = UNCHANGED) -> forms.CharField:
    return CodeField(label=_("Code"), max_length=60, help_text=help_text)


def decision(label: Phrase = "") -> forms.CharField:
    return forms.CharField(label=label or _("Decision number"), max_length=120, required=False)


def decided_on() -> DayField:
    return DayField(label=_("Decision date"), required=False)


def reason() -> forms.CharField:
    return forms.CharField(label=_("Reason"), max_length=300, required=False, help_text=NO_REMARKS)

"""Forms of accounts."""

from crispy_forms.layout import Div, Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Role
from orgs.fields import ThingField
from orgs.models import Organization
from orgs.rules import ACCOUNT_NAME, FULL_NAME
from orgs.scoping import posted_organization
from resolution03.lib.forms import BaseForm, field_of


class AccountForm(BaseForm):
    """Who the account is for, what the role may do, and where it stands: an administrator who stands
    nowhere posts others anywhere."""

    layout = Layout(
        "full_name",
        "office",
        Div(Div("role", css_class="col"), css_class="row g-3"),
        "organization",
    )

    full_name = forms.CharField(label=_("Full name"), max_length=FULL_NAME)
    office = forms.CharField(label=_("Office"), max_length=160, required=False)
    role = forms.ChoiceField(
        label=_("Role"),
        choices=Role,
        help_text=_(
            "Administrator, Board and viewer stand at the province, an officer at a unit, a clerk "
            "at a grassroots organization or, where the unit itself is one, at a cell."
        ),
    )
    organization = ThingField(label=_("Stands at"), required=False)

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        rows = Organization.objects
        visible = rows.visible_to(user) if posted_organization(user) else rows.all()
        shown = visible.for_postings().filter(dissolved_on=None)
        field_of(self, "organization", ThingField).offer(shown)


class NewAccountForm(AccountForm):
    layout = Layout("username", *AccountForm.layout.fields)
    username = forms.CharField(
        label=_("Account name"),
        max_length=ACCOUNT_NAME,
        help_text=_("For example sathay.toan; it cannot be changed."),
    )


class ChangeAccountForm(AccountForm):
    layout = Layout(*AccountForm.layout.fields, "is_active")
    is_active = forms.BooleanField(
        label=_("Open"),
        required=False,
        help_text=_("A closed account cannot sign in; what it did stays in the trail."),
    )

"""The head of a composed plan: from when, by which decision."""

from django import forms
from django.utils.translation import gettext_lazy as _

from orgs.fields import DayField
from resolution03.lib.forms import BaseForm


class PlanForm(BaseForm):
    on = DayField(label=_("First day of the new order"), may_lie_ahead=True)
    decision = forms.CharField(label=_("Decision number"), max_length=120)

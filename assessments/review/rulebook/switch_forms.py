"""Why a soft rule is switched."""

from django import forms
from django.utils.translation import gettext_lazy as _

from resolution03.lib.forms import BaseForm


class SwitchForm(BaseForm):
    """Switching a soft rule: to what, as the page said it, and why."""

    is_on = forms.BooleanField(widget=forms.HiddenInput, required=False)
    reason = forms.CharField(
        label=_("reason"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Everybody who enters ratings reads it beside the rule."),
    )

"""Opening a year, closing it although something is missing, reopening it for a reason."""

from crispy_forms.layout import Field, Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.entry.grid.forms import NO_PERSONAL
from resolution03.lib.forms import BaseForm, TypedWhole


class CloseForm(BaseForm):
    """Closing a year; the reason overrides what is missing."""

    reason = forms.CharField(
        label=_("reason for closing although something is missing"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=NO_PERSONAL,
    )


class OpenYearForm(BaseForm):
    year = TypedWhole(label=_("Year"), min_value=2000, max_value=2100)
    layout = Layout(Field("year"))


class ReasonForm(BaseForm):
    """A step that needs a written reason."""

    reason = forms.CharField(
        label=_("reason"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=NO_PERSONAL,
    )

"""Forms of supplements: the unit's reason and decision, the Board's answer."""

from crispy_forms.layout import Column, Layout, Row
from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.entry.grid.forms import NO_PERSONAL, DayField
from resolution03.lib.forms import BaseForm


class SupplementForm(BaseForm):
    """Why the rows change, and by whose decision."""

    reason = forms.CharField(
        label=_("Reason for the supplement"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=NO_PERSONAL,
    )
    deciding_body = forms.CharField(label=_("Deciding body"), max_length=160)
    decision_number = forms.CharField(label=_("Decision number"), max_length=80)
    decided_on = DayField(label=_("Decision date"))
    layout = Layout(
        "reason",
        Row(
            Column("deciding_body", css_class="col-6"),
            Column("decision_number", css_class="col-3"),
            Column("decided_on", css_class="col-3"),
        ),
    )

    @property
    def decision(self) -> dict:
        return {name: value for name, value in self.cleaned_data.items() if name != "reason"}


class AnswerForm(BaseForm):
    """The Board's words; to decline they are needed."""

    answer = forms.CharField(
        label=_("Words to the unit"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=NO_PERSONAL,
    )

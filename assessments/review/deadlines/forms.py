"""Forms of the last days of a year."""

from datetime import date

from crispy_forms.layout import Column, Layout, Row
from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.entry.grid.forms import NO_PERSONAL, DayField
from assessments.rules.models.deadlines import Stage
from resolution03.lib.forms import BaseForm


class DeadlinesForm(BaseForm):
    """The last day of each stage for all units; empty: none."""

    layout = Layout(Row(*(Column(stage.value, css_class="col-6 col-lg-3") for stage in Stage)))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for stage in Stage:
            self.fields[stage.value] = DayField(
                label=stage.label.capitalize(), required=False, may_lie_ahead=True
            )

    @property
    def days(self) -> dict[Stage, date | None]:
        return {stage: self.cleaned_data[stage.value] for stage in Stage}


class ExtensionForm(BaseForm):
    """Another day for one unit, and why."""

    stage = forms.ChoiceField(label=_("Stage"), choices=Stage)
    due_on = DayField(label=_("New last day"), may_lie_ahead=True)
    reason = forms.CharField(
        label=_("Reason for the extension"),
        max_length=300,
        help_text=NO_PERSONAL,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    layout = Layout(Row(Column("stage", css_class="col-8"), Column("due_on", css_class="col-4")), "reason")

"""Forms of the last days of a year."""

from datetime import date

from crispy_forms.layout import Column, Layout, Row
from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.entry.grid.forms import NO_PERSONAL, DayField
from assessments.rules.models.deadlines import Stage
from orgs.models import Organization
from resolution03.lib.forms import BaseForm, field_of


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


class OtherEndForm(BaseForm):
    """A unit, or a type of units, whose year closes otherwise."""

    unit = forms.ModelChoiceField(Organization.objects.none(), label=_("Unit"), required=False)
    type_label = forms.ChoiceField(label=_("Type"), required=False)
    layout = Layout(Row(Column("unit", css_class="col-6"), Column("type_label", css_class="col-6")))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        units = Organization.objects.units().order_by("position", "pk")
        field_of(self, "unit", forms.ModelChoiceField).queryset = units
        types = units.exclude(type_label="").order_by("type_label").values_list("type_label", flat=True)
        choices = [("", "–"), *((label, label) for label in types.distinct())]
        field_of(self, "type_label", forms.ChoiceField).choices = choices


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

"""The form of one thing that offices count."""

from crispy_forms.layout import Column, Fieldset, Layout, Row
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _t

from assessments.review.rulebook.counted_actions import FIELDS
from assessments.rules.models.counts import Activity
from resolution03.lib.forms import BaseModelForm, TypedYear


class ActivityForm(BaseModelForm):
    """What contradicts the list is refused by the action, in its words."""

    layout = Layout(
        Fieldset(_t("Yearly count"), "name", "short_name", "document"),
        Fieldset(_t("Years"), Row(Column("first_year"), Column("last_year"))),
    )

    class Meta:
        model = Activity
        fields = FIELDS
        field_classes = {"first_year": TypedYear, "last_year": TypedYear}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, label in (("first_year", _("first year")), ("last_year", _("last year"))):
            self.fields[name].required, self.fields[name].label = False, capfirst(label)
        self.fields["name"].help_text = _("Heads the column of a workbook as well.")
        self.fields["last_year"].help_text = _("Empty as long as it is counted.")

"""The form of one reason why somebody is not rated."""

from crispy_forms.layout import Fieldset, Layout
from django.utils.translation import gettext_lazy as _

from assessments.review.rulebook.forms import RuleForm
from assessments.review.rulebook.reason_actions import REASON_FIELDS
from assessments.rules.models.reasons import UnratedReason
from resolution03.lib.forms import TypedYear


class ReasonForm(RuleForm):
    layout = Layout(
        Fieldset(_("Reason"), "text", "for_organizations", "for_members", "is_offered"),
        Fieldset(_("Where it holds"), "first_year", "known"),
        Fieldset(_("Document"), "document_number", "document_date", "issuer"),
    )

    class Meta:
        model = UnratedReason
        fields = REASON_FIELDS
        field_classes = {"first_year": TypedYear}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["text"].help_text = _("No personal information, no opinions of persons.")
        self.fields["first_year"].help_text = _("Empty: in every year.")
        self.fields["known"].help_text = _(
            "Stands in grid and prepared workbook before anybody typed it, and is stored when it is saved."
        )

"""The form of one review that the Board asks for."""

from crispy_forms.layout import Fieldset, Layout
from django.utils.translation import gettext_lazy as _

from assessments.review.rulebook.forms import RuleForm, day_field
from assessments.review.rulebook.review_actions import REVIEW_DUE_FIELDS
from assessments.rules.models.reviews import ReviewDue


class ReviewDueForm(RuleForm):
    due_on = day_field(_("to be held by"), required=True, may_lie_ahead=True)
    layout = Layout(
        Fieldset(_("Review"), "kind", "name", "due_on"),
        Fieldset(_("Document"), "document_number", "document_date", "issuer"),
    )

    class Meta:
        model = ReviewDue
        fields = REVIEW_DUE_FIELDS

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["name"].help_text = _("As units find it in their list: “interim review of three years”.")

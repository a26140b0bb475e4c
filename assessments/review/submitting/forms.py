"""What a unit writes when it submits its year."""

from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.entry.grid.forms import NO_PERSONAL
from resolution03.lib.forms import BaseForm


class SubmitForm(BaseForm):
    """The unit's words to the Board, when it submits."""

    message = forms.CharField(
        label=_("message to the Board"), max_length=500, required=False, help_text=NO_PERSONAL
    )

"""What is asked before a list of persons leaves."""

from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.reports.issued.models import IssuedReport
from resolution03.lib.forms import BaseForm


class PurposeForm(BaseForm):
    """For which work it is needed; kept in the ledger and in the audit trail."""

    purpose = forms.CharField(
        label=_("Purpose"),
        max_length=IssuedReport._meta.get_field("purpose").max_length,
        help_text=_("Which work needs it. No personal data and no remarks about persons."),
    )

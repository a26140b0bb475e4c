"""The upload of an office's Word template."""

from django import forms
from django.utils.translation import gettext_lazy as _

MOST_BYTES = 10 * 1024 * 1024


class TemplateForm(forms.Form):
    file = forms.FileField(
        label=_("Word template (.docx)"),
        max_length=255,
        widget=forms.ClearableFileInput(attrs={"accept": ".docx", "class": "form-control"}),
        error_messages={"required": _("Choose a .docx file."), "empty": _("The file is empty.")},
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(_("The file is over 10 MB."))
        return file

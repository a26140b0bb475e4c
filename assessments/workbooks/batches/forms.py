"""The form of the upload page: one or more workbooks."""

from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.workbooks.batches.actions import MOST_BYTES, MOST_FILES
from resolution03.lib.forms import BaseForm


class ManyFilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """Several files; cleaned to a list of them."""

    widget = ManyFilesInput(attrs={"multiple": True, "accept": ".xlsx"})

    def clean(self, data, initial=None):
        files = data if isinstance(data, (list, tuple)) else [data]
        if len(files) > MOST_FILES:
            raise forms.ValidationError(_("At most %(limit)s files at once.") % {"limit": MOST_FILES})
        found = [super(ManyFilesField, self).clean(file, initial) for file in files or [None]]
        if any(file.size > MOST_BYTES for file in found):
            raise forms.ValidationError(_("A file is over 30 MB."))
        return found


class UploadForm(BaseForm):
    files = ManyFilesField(label=_("Workbooks (.xlsx)"))  # type: ignore[assignment]  # its name on the page

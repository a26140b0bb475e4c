"""The form of an office's heading and signatures."""

from collections.abc import Mapping

from crispy_forms.layout import Column, Fieldset, Layout, Row
from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _t

from assessments.reports.offices.actions import FIELDS
from assessments.reports.offices.models import Office, Spelling
from resolution03.lib.forms import BaseModelForm, field_of


class OfficeForm(BaseModelForm):
    """Every field may stay blank: its placeholder is then what is printed."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    layout = Layout(
        "version",
        Fieldset(_t("Heading"), "body_above", "body", Row(Column("number"), Column("place"))),
        Fieldset(
            _t("Signatures"),
            Row(Column("signs_for"), Column("signs_as")),
            Row(Column("preparer"), Column("signer")),
        ),
        Fieldset(_t("Spelling"), "spelling"),
    )

    class Meta:
        model = Office
        fields = FIELDS

    def __init__(self, *args, usual: Mapping[str, str], **kwargs):
        super().__init__(*args, **kwargs)
        for name, text in usual.items():
            self.fields[name].widget.attrs |= {"placeholder": text, "autocomplete": "off"}
        field_of(self, "spelling", forms.ChoiceField).choices = Spelling.choices
        self.fields["spelling"].help_text = _(
            "For the forms' own words only; names and whatever was entered stay as they were written."
        )

    @property
    def texts(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in FIELDS}

    def show_both(self, now: Office) -> None:
        """After another person's change: what was typed stays, what is stored stands below it.

        Saving again writes over what is shown.
        """
        self.carry("version", str(now.version))
        for name in FIELDS:
            stored = getattr(now, name)
            if stored != self.cleaned_data.get(name, stored):
                shown = now.get_spelling_display() if name == "spelling" else stored
                words = _("Stored now: %(value)s") % {"value": shown or _("blank")}
                self[name].help_text = format_html('<b class="stored">{}</b>', words)

"""Forms of the yearly entry, submission and review."""

from crispy_forms.layout import Column, Fieldset, Layout, Row
from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.rules.ratings import DRAFT_FIELDS, FIELDS, LEVEL_FIELDS, TEXT_FIELDS
from resolution03.lib.forms import BaseForm, TypedDay, field_of

NO_PERSONAL = _("No personal information, no opinions of persons.")


class DayField(TypedDay):
    """A day typed as 31/12/2018."""

    def __init__(self, **kwargs):
        widget = forms.DateInput(format="%d/%m/%Y", attrs={"placeholder": "31/12/2018"})
        super().__init__(widget=widget, **kwargs)


def _text(label, length: int, **kwargs) -> forms.CharField:
    return forms.CharField(label=label, max_length=length, required=False, **kwargs)


class RatingForm(BaseForm):
    """One line of the grid as a plain form; a clerk gets the drafts only."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    self_rated = forms.ChoiceField(label=_("self-rated"), required=False)
    proposed = forms.ChoiceField(label=_("proposed"), required=False)
    decided = forms.ChoiceField(label=_("decided"), required=False)
    awarded = forms.BooleanField(label=_("awarded the title “exemplary”"), required=False)
    reason = _text(_("reason when not rated"), TEXT_FIELDS["reason"], help_text=NO_PERSONAL)
    note = _text(_("reason for a warning"), TEXT_FIELDS["note"], help_text=NO_PERSONAL)
    deciding_body = _text(_("deciding body"), TEXT_FIELDS["deciding_body"])
    decision_number = _text(_("decision number"), TEXT_FIELDS["decision_number"])
    decided_on = DayField(label=_("decision date"), required=False)

    def __init__(self, *args, levels, reasons=(), has_title=False, drafts_only=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.reasons = reasons
        self.fields["reason"].widget.attrs["list"] = "reasons"
        if not has_title:
            del self.fields["awarded"]
        choices = [("", _("not rated"))] + [(rule.code, f"{rule.code} – {rule.name}") for rule in levels]
        for name in LEVEL_FIELDS:
            field_of(self, name, forms.ChoiceField).choices = choices
        if drafts_only:
            for name in set(self.fields) - DRAFT_FIELDS - {"version"}:
                del self.fields[name]
        self.helper.layout = Layout(*self._layout(drafts_only))

    def _layout(self, drafts_only: bool):
        yield "version"
        rated = (*LEVEL_FIELDS, "awarded")
        yield Fieldset(_("Level"), *[name for name in rated if name in self.fields])
        yield Fieldset(_("Reasons"), "reason", "note")
        if not drafts_only:
            yield Fieldset(_("Decision"), "deciding_body", "decision_number", "decided_on")

    @property
    def changes(self) -> dict:
        """What is written into the line; the other fields are not of the rating."""
        return {name: value for name, value in self.cleaned_data.items() if name in FIELDS}


class DecisionForm(BaseForm):
    """The decision written into many rated lines at once."""

    deciding_body = forms.CharField(label=_("deciding body"), max_length=160)
    decision_number = _text(_("decision number"), TEXT_FIELDS["decision_number"])
    decided_on = DayField(label=_("decision date"), required=False)
    layout = Layout(
        Row(
            Column("deciding_body", css_class="col-6"),
            Column("decision_number", css_class="col-3"),
            Column("decided_on", css_class="col-3"),
        )
    )

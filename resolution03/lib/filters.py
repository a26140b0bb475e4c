"""The filter row above a list: a search box and selects, read from the address."""

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from resolution03.lib.phrases import Phrase


class PlainSelect(forms.Select):
    """A select written at once; Django's own runs two templates for each of its options."""

    def render(self, name, value, attrs=None, renderer=None) -> SafeString:
        chosen = self.format_value(value)
        options = ((key, " selected" if str(key) in chosen else "", label) for key, label in self.choices)
        return format_html(
            "<select{}>{}</select>",
            flatatt(self.build_attrs(self.attrs, attrs) | {"name": name}),
            format_html_join("", '<option value="{}"{}>{}</option>', options),
        )


class FilterForm(forms.Form):
    """Unbound values and nonsense in the address filter nothing."""

    q = forms.CharField(
        label=_("Search"),
        required=False,
        max_length=100,
        widget=forms.SearchInput(attrs={"class": "form-control form-control-sm"}),
    )

    @property
    def values(self) -> dict:
        """The chosen values by name; what was left open or is not understood is missing."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    @property
    def selects(self) -> list[forms.BoundField]:
        return [field for field in self if field.name != "q" and not field.is_hidden]


def choice(label: Phrase, choices, empty: Phrase) -> forms.ChoiceField:
    """A select of the filter row; `empty` names the choice that filters nothing."""
    return forms.ChoiceField(
        label=label,
        required=False,
        choices=lambda: [("", empty), *(choices() if callable(choices) else choices)],
        widget=PlainSelect(attrs={"class": "form-select form-select-sm"}),
    )

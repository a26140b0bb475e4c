"""The filter row above a list: a search box and selects, read from the address."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django_filters import CharFilter, ChoiceFilter, FilterSet

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


class FilterRow(FilterSet):
    """What a filter row asks for: what is left open, and nonsense in the address, filters nothing.

    It narrows the rows that it is given, which are of the reader's scope, and has none of its own. Each
    tells by its method `search(rows, name, words)` where the words of the box are looked for.
    """

    q = CharFilter(
        label=_("Search"),
        max_length=100,
        method="search",
        widget=forms.SearchInput(attrs={"class": "form-control form-control-sm"}),
    )

    @property
    def values(self) -> dict[str, Any]:
        """The chosen values by name; what was left open or is not understood is missing."""
        self.form.is_valid()
        return {name: value for name, value in self.form.cleaned_data.items() if value}

    @property
    def selects(self) -> list[forms.BoundField]:
        return [field for field in self.form if field.name != "q" and not field.is_hidden]

    def offer(self, name: str, choices: Iterable[tuple[object, object]]) -> None:
        """The choices of a select; it goes where there is nothing to choose."""
        found = [(str(key), label) for key, label in choices]
        if len(found) < 2:
            del self.form.fields[name]
        else:
            self.form.fields[name].choices = found


def choice(label: Phrase, choices, empty: Phrase, **narrowing) -> ChoiceFilter:
    """A select of the filter row; `empty` names the choice that filters nothing; `narrowing`: by which
    field or method, where it is not the field of its name."""
    widget = PlainSelect(attrs={"class": "form-select form-select-sm"})
    return ChoiceFilter(label=label, choices=choices, empty_label=empty, widget=widget, **narrowing)

"""Form fields of the registers: partial dates, and things of the tree named by code or name."""

from collections.abc import Sequence
from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from orgs.searching import heirs_of
from resolution03.lib.dates import EARLIEST, PartialDate, read_partial
from resolution03.lib.forms import day_of, with_century
from resolution03.lib.text import code, fold

LISTED = 400
_BETWEEN = " · "


class PartialDateField(forms.CharField):
    """`14/5/2009`, `5/2009` or `2009`; gives a PartialDate or None. `may_lie_ahead`: it may be after
    today; before `earliest` there can be none. As the columns of workbooks (lib/workbooks/kinds.py)."""

    def __init__(
        self, *, is_last_day: bool = False, may_lie_ahead: bool = False,
        earliest: date | None = EARLIEST, **kwargs,
    ):  # fmt: skip
        kwargs.setdefault("help_text", gettext_lazy("For example 14/5/2009, 5/2009 or 2009."))
        super().__init__(max_length=40, **kwargs)
        self.is_last_day, self.is_past, self.earliest = is_last_day, not may_lie_ahead, earliest

    def to_python(self, value) -> PartialDate | None:  # type: ignore[override]  # what is typed is a text
        value = super().to_python(value)
        if not value:
            return None
        try:
            partial = read_partial(value)
        except ValueError as error:
            raise ValidationError(str(error)) from None
        return with_century(partial).last_day() if self.is_last_day else partial

    def prepare_value(self, value):
        return str(value) if isinstance(value, PartialDate) else value

    def run_validators(self, value):
        pass


class DayField(PartialDateField):
    """A whole day; gives a date or None."""

    def __init__(self, **kwargs):
        kwargs.setdefault("help_text", gettext_lazy("For example 14/5/2009."))
        super().__init__(**kwargs)

    def to_python(self, value):
        partial = super().to_python(value)
        return partial and day_of(partial)

    def prepare_value(self, value):
        return f"{value:%d/%m/%Y}" if hasattr(value, "strftime") else value


class ThingInput(forms.TextInput):
    """A text input with a list of what may be chosen, as long as that list is short."""

    suggestions: Sequence[str] = ()

    def render(self, name, value, attrs=None, renderer=None):
        if not self.suggestions:
            return super().render(name, value, attrs, renderer)
        list_id = f"{(attrs or {}).get('id', name)}_list"
        field = super().render(name, value, {**(attrs or {}), "list": list_id}, renderer)
        options = format_html_join("", '<option value="{}"></option>', ((s,) for s in self.suggestions))
        return format_html('{}<datalist id="{}">{}</datalist>', field, list_id, options)


class ThingField(forms.CharField):
    """One row of a scoped queryset, typed as its code, or as its name where that is enough.

    The model has `code`, `search_key` and a name as its text. Where nothing is called so, what is found by
    an earlier name or by what went into it is meant. What lies outside the queryset does not exist for this
    field.
    """

    widget = ThingInput

    def __init__(self, queryset=None, **kwargs):
        kwargs.setdefault("help_text", gettext_lazy("Code, or name without diacritics."))
        super().__init__(max_length=400, **kwargs)
        self.queryset = queryset

    def offer(self, queryset) -> None:
        """Narrow what may be chosen; a short list is offered while typing."""
        self.queryset = queryset
        offered = list(queryset.order_by("code")[: LISTED + 1])
        self.widget.suggestions = [label(row) for row in offered] if len(offered) <= LISTED else ()

    def to_python(self, value):
        value = super().to_python(value)
        if not value:
            return None
        typed = code(value.split(_BETWEEN)[0])
        found = self.queryset.filter(code=typed).first()
        return found or self._heir(typed) or self._by_name(value)

    def prepare_value(self, value):
        return label(value) if hasattr(value, "code") else value

    def run_validators(self, value):
        pass

    def _heir(self, typed: str):
        """The last of those into which what has this code went; None for what goes into nothing."""
        model = self.queryset.model
        way = heirs_of(model, typed) if hasattr(model, "merged_into") else []
        found = self.queryset.in_bulk(way)
        return next((found[pk] for pk in reversed(way) if pk in found), None)

    def _by_name(self, value: str):
        named = self.queryset.filter(search_key__contains=fold(value))
        found = list(named[:4]) or list(self.queryset.found_by(value)[:4])
        if len(found) == 1:
            return found[0]
        if not found:
            raise ValidationError(_("Nothing of your unit has the code or name “%s”.") % value)
        names = ", ".join(label(row) for row in found[:3])
        raise ValidationError(_("Several are called so: %s. Give the code.") % names)


def label(row) -> str:
    """`ST.X02 · Đảng bộ xã Mô Rai`: how a thing is offered and shown in a field."""
    return f"{row.code}{_BETWEEN}{row}"

"""The base of every form: crispy-forms layout, text brought to its stored form."""

from copy import deepcopy
from datetime import date
from decimal import Decimal
from typing import TypeVar

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.core.exceptions import ValidationError
from django.db.models.fields import BLANK_CHOICE_DASH
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from resolution03.lib.dates import (
    FIRST_YEAR,
    LAST_YEAR,
    NotADate,
    PartialDate,
    Precision,
    read_partial,
)
from resolution03.lib.errors import Refusal
from resolution03.lib.figures import number_typed, typed_decimal, typed_whole
from resolution03.lib.text import clean

CENTURY = 2000
SHOWN = 40  # letters of what was typed, in a message


CHOOSE = gettext_lazy("Choose…")
OneKind = TypeVar("OneKind", bound=forms.Field)


def field_of(form: forms.BaseForm, name: str, kind: type[OneKind]) -> OneKind:
    """The field `name` of a form, which is one of `kind`; TypeError else."""
    field = form.fields[name]
    if not isinstance(field, kind):
        raise TypeError(name)
    return field


def choices_of(field: forms.ChoiceField) -> list[tuple]:
    """What a field offers, as pairs of a value and its words."""
    return list(field.choices)  # type: ignore[arg-type]  # pairs, in whatever form they were given


class CleanBoundField(forms.BoundField):
    """Takes typed text NFC, trimmed, with single spaces; passwords and long texts as typed. A choice
    that must be made begins empty: what nobody chose is never stored."""

    def __init__(self, form, field, name):
        super().__init__(form, field, name)
        if _must_be_chosen(field) and self.initial in (None, ""):
            _begin_empty(field)
        _word_empty(field)

    @property
    def data(self):
        value = super().data
        as_typed = isinstance(self.field.widget, forms.PasswordInput | forms.Textarea)
        return value if as_typed or not isinstance(value, str) else clean(value)


def _must_be_chosen(field: forms.Field) -> bool:
    widget = getattr(field, "widget", None)
    is_one = isinstance(widget, forms.Select) and not widget.allow_multiple_selected
    return is_one and isinstance(field, forms.ChoiceField) and field.required


def _begin_empty(field: forms.ChoiceField) -> None:
    if isinstance(field, forms.ModelChoiceField):
        field.empty_label = CHOOSE
        return
    field.choices = [("", CHOOSE), *(choice for choice in choices_of(field) if choice[0] not in ("", None))]


def _word_empty(field: forms.Field) -> None:
    """What stands for no choice is said as everywhere, not in Django's dashes."""
    dashes, words = BLANK_CHOICE_DASH[0][1], CHOOSE if field.required else "—"
    if isinstance(field, forms.ModelChoiceField):
        field.empty_label = words if field.empty_label == dashes else field.empty_label
    elif isinstance(field, forms.ChoiceField) and ("", dashes) in choices_of(field):
        field.choices = [pair if pair != ("", dashes) else ("", words) for pair in choices_of(field)]


class HouseForm(forms.BaseForm):
    """Mixin: a helper without `<form>` and buttons (they stand in `_form.html`).

    A form states its `layout` where the order of its fields is not enough. Labels begin with a
    capital, for the same words stand inside sentences as well.
    """

    bound_field_class: type[forms.BoundField] | None = CleanBoundField
    layout: Layout | None = None

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.label = capfirst(field.label)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        if self.layout:
            self.helper.layout = deepcopy(self.layout)

    def clean(self):
        """A day after today is refused, unless it stood there before or the field says otherwise."""
        found = super().clean()
        today = timezone.localdate()
        for name, field in self.fields.items():
            value = self.cleaned_data.get(name)
            day = value.day if isinstance(value, PartialDate) else value
            is_ahead = getattr(field, "is_past", False) and day and day > today
            if value is not None and is_ahead and not self._stood(name, value):
                self.add_error(name, _("%(day)s lies after today.") % {"day": f"{day:%d/%m/%Y}"})
        return found

    def _stood(self, name: str, value: date | PartialDate) -> bool:
        return self.get_initial_for_field(self.fields[name], name) == value

    def carry(self, name: str, value: object) -> None:
        """Hold `value` as if it had been sent; everything else stays as it was sent."""
        self.data = {sent: self.data[sent] for sent in self.data} | {name: value}

    def refuse(self, refusal: Refusal) -> None:
        """Show an action's reasons, beside their field where the form has it."""
        field = refusal.field if refusal.field in self.fields else None
        for reason in refusal.reasons:
            self.add_error(field, reason)


class BaseForm(HouseForm, forms.Form):
    """A form that is not about one model."""


class BaseModelForm(HouseForm, forms.ModelForm):
    """A form about one row."""


class TypedDay(forms.DateField):
    """A whole day of our time, typed in any way in which days are read; gives a date or None.
    `may_lie_ahead`: it may be after today."""

    def __init__(self, *, may_lie_ahead: bool = False, **kwargs):
        super().__init__(**kwargs)
        self.is_past = not may_lie_ahead

    def to_python(self, value):
        if not isinstance(value, str) or not value.strip():
            return super().to_python(value)
        try:
            return day_of(read_partial(value))
        except NotADate as error:
            raise ValidationError(str(error)) from None


class TypedWhole(forms.IntegerField):
    """A whole number, typed as counts are (`figures.typed_whole`), into a field that no wheel turns."""

    widget = forms.TextInput(attrs={"inputmode": "numeric"})

    def to_python(self, value):
        if value in self.empty_values or isinstance(value, int):
            return value if isinstance(value, int) else None
        number = typed_whole(str(value))
        if number is None:
            words = _("“%(found)s” is no whole number: write it as 1850 or 1.850.")
            raise ValidationError(words % {"found": str(value)[:SHOWN]})
        return number


class TypedYear(TypedWhole):
    """A year of the calendar, in four digits."""

    def __init__(self, **kwargs):
        super().__init__(**kwargs | {"min_value": FIRST_YEAR, "max_value": LAST_YEAR})


class TypedDecimal(forms.DecimalField):
    """A number with places, typed as `7,5` or `7.5`, `1.850` being 1850 (`figures.typed_decimal`)."""

    widget = forms.TextInput(attrs={"inputmode": "decimal"})

    def to_python(self, value):
        if value in self.empty_values or isinstance(value, Decimal):
            return value if isinstance(value, Decimal) else None
        number = typed_decimal(str(value))
        if number is None:
            words = _("“%(found)s” is no number: write it as 7,5 or 1.850.")
            raise ValidationError(words % {"found": str(value)[:SHOWN]})
        return number

    def prepare_value(self, value):
        return number_typed(value) if isinstance(value, Decimal) else value


def day_of(value: PartialDate) -> date:
    """The day of a date that must be whole. A change or a decision that lies ahead is not taken for
    one of the century before: then the year is to be typed whole. Raises ValidationError."""
    if value.precision != Precision.DAY:
        raise ValidationError(_("Give day, month and year, for example 14/5/2009."))
    return with_century(value).day


def with_century(value: PartialDate) -> PartialDate:
    """ValidationError where a year typed with two digits would be one before 2000."""
    if value.is_short and value.day.year < CENTURY:
        raise ValidationError(_("Type the year with four digits, for example 14/5/2009."))
    return value

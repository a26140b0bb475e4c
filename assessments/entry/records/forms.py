"""The form of one document or event: the fields that its kind has."""

from collections.abc import Callable, Mapping
from typing import Any

from crispy_forms.layout import Column, Fieldset, Layout, Row
from django import forms
from django.utils import timezone
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _t

from assessments.entry.grid.forms import NO_PERSONAL, DayField
from assessments.entry.records import files
from assessments.entry.records.actions import Filing
from assessments.entry.records.kinds import DOCUMENT, KINDS, NUMBERS, Kind
from assessments.entry.records.listing import heading, told
from assessments.entry.records.models import ContestLevel, Record
from assessments.entry.records.rules import faults
from assessments.rules.models.reviews import ReviewDue
from resolution03.lib.bulk import column
from resolution03.lib.errors import Refusal
from resolution03.lib.forms import BaseForm, TypedWhole

TITLE_HELP = _t("In a few words, such as the title of the document. No names of persons.")
FILE_HELP = _t("PDF, Word, Excel, JPG or PNG, up to 10 MB. Only the unit and the Board may open it.")


def _text(name: str) -> forms.CharField:
    return forms.CharField(max_length=column(Record, name).max_length, required=False)


def _review(kind: Kind) -> forms.ModelChoiceField:
    found = ReviewDue.objects.filter(kind=kind.review)
    words = _("Empty: a review of one's own, not one that the Board set a day for.")
    return forms.ModelChoiceField(found, required=False, help_text=words)


def _field(name: str, kind: Kind) -> forms.Field:
    """The field of a name."""
    if name in NUMBERS:
        return TypedWhole(required=False)
    made: dict[str, Callable[[], forms.Field]] = {
        "answers": lambda: _review(kind),
        "level": lambda: forms.ChoiceField(choices=[("", "—"), *ContestLevel.choices], required=False),
    }
    return made[name]() if name in made else _text(name)


class RecordForm(BaseForm):
    """`kind`: which fields it has; `year`: in which its day lies; `stored`: the record that is changed."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    kind = forms.CharField(widget=forms.HiddenInput)
    on = DayField()
    file = forms.FileField(
        label=_t("file"), required=False, help_text=FILE_HELP, allow_empty_file=True, max_length=255
    )
    is_file_dropped = forms.BooleanField(label=_t("take the file away"), required=False)

    def __init__(self, *args, kind: Kind, year: int, stored: Record | None = None, **kwargs):
        self.of, self.year, self.stored = kind, year, stored
        first = {"version": stored.version if stored else 0, "kind": kind.code}
        if stored:
            first |= {name: getattr(stored, name) for name in ("on", *kind.fields)}
        super().__init__(*args, initial=first, **kwargs)
        self.fields["on"].label = capfirst(str(kind.day))
        self.fields["file"].widget.attrs["accept"] = files.ACCEPTED
        for name in kind.fields:
            self.fields[name] = _field(name, kind)
            self.fields[name].label = heading(name)
            self.fields[name].required = name in kind.needed
        self.fields["title"].help_text = f"{TITLE_HELP} {NO_PERSONAL}"
        if not (stored and stored.stored_as):
            del self.fields["is_file_dropped"]
        self.helper.layout = Layout(*self._laid_out())

    def _laid_out(self):
        own = [name for name in self.of.fields if name not in DOCUMENT]
        yield from ("version", "kind")
        yield Fieldset(_("Document"), Row(Column("on"), Column("number")), "title")
        if own:
            yield Fieldset(capfirst(str(self.of.label)), Row(*(Column(name) for name in own)))
        filed = [name for name in ("file", "is_file_dropped") if name in self.fields]
        yield Fieldset(_("File"), *filed)

    def clean_file(self) -> files.Content | None:
        sent = self.cleaned_data["file"]
        if not sent:
            return None
        sent.seek(0)
        try:
            return files.read(sent.name, sent.read(files.MOST_BYTES + 1))
        except Refusal as refusal:
            raise forms.ValidationError(refusal.reasons) from None

    def clean(self):
        found = super().clean()
        wrong = set(self.errors)
        for name, words in faults(self.of, self.values, year=self.year, today=timezone.localdate()):
            if name not in wrong:
                self.add_error(name, words)
        if self.errors and self.cleaned_data.get("file"):
            self["file"].help_text = _("Nothing was stored: choose the file again.")
        return found

    @property
    def values(self) -> dict[str, Any]:
        """What was typed, by the fields of a record."""
        return {name: self.cleaned_data.get(name) for name in ("on", *self.of.fields)}

    @property
    def filing(self) -> Filing:
        data = self.cleaned_data
        return Filing(data.get("file"), bool(data.get("is_file_dropped")))

    def show_both(self, now: Record) -> None:
        """After another's change: what was typed stays, what is stored stands below it."""
        self.carry("version", str(now.version))
        for name, value in self.values.items():
            stored = getattr(now, name)
            if stored != value:
                words = _("Stored now: %(value)s") % {"value": told(now, name) or _("blank")}
                self[name].help_text = format_html('<b class="stored">{}</b>', words)


def kind_of(sent: Mapping[str, str]) -> Kind | None:
    """The kind that a form was sent for."""
    return KINDS.get(sent.get("kind", ""))

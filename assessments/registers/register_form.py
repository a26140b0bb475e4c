"""The base of the forms of the registers: one change, what is doubtful in it, asked before it is stored."""

from datetime import date

from django.utils.translation import gettext_lazy

from orgs.fields import DayField, PartialDateField, ThingField, label
from resolution03.lib.dates import PartialDate, too_early
from resolution03.lib.forms import BaseForm, field_of
from resolution03.lib.text import code

MISSING = gettext_lazy("The Party's rules ask for a decision: give number and date.")
ASKED = gettext_lazy("The Party's rules ask for number and date.")


class RegisterForm(BaseForm):
    """A form about one change; `subject` is the thing that is changed, if there is one yet."""

    things: dict = {}
    decided_by = ("decision", "decided_on")
    """The fields of the decision by which it is done, number and date."""

    def __init__(self, *args, user, subject=None, **kwargs):
        self.user, self.subject = user, subject
        kwargs["initial"] = self.initial_of(subject) | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        for name, rows in self.things.items():
            if name in self.fields:
                field_of(self, name, ThingField).offer(rows(user))

    def initial_of(self, subject) -> dict:
        """What the fields show first: what the subject now says."""
        names = self.base_fields if subject else ()
        return {name: _as_typed(subject, name) for name in names if hasattr(subject, name)}

    def asks_decision(self) -> bool:
        """Whether the Party's rules ask by which decision it is done, number and date."""
        return False

    def clean(self) -> dict:
        found = super().clean() or self.cleaned_data
        missing = [name for name in self.decided_by if name in self.fields and not found.get(name)]
        if missing and self.asks_decision() and not self.errors.keys() & set(self.decided_by):
            self.add_error(missing[0], MISSING)
        if all(self.has_error(name, "required") for name in self.decided_by):
            del self.errors[self.decided_by[1]]
        return found

    def clean_code(self) -> str:
        typed = self.cleaned_data["code"]
        return typed if self.subject and typed == self.subject.code else code(typed)

    def doubts(self) -> list[str]:
        """What is new, may be meant and probably is not: asked before it is stored."""
        values = ((self.fields[name], self.cleaned_data.get(name)) for name in self.changed_data)
        days = ((field, PartialDate(value) if type(value) is date else value) for field, value in values)
        return [
            f"{field.label}: {words}"
            for field, value in days
            if isinstance(field, PartialDateField)
            and isinstance(value, PartialDate)
            and (words := too_early(value, field.earliest))
        ]

    def says(self, name: str, words: str) -> list[str]:
        return [f"{self.fields[name].label}: {words}"] if words else []

    def chosen(self) -> list[str]:
        """What was typed as a code or a part of a name, by its full name; from which day on."""
        found = []
        for name, field in self.fields.items():
            value = self.cleaned_data.get(name)
            stood = getattr(self.subject, f"{name}_id", None)
            if isinstance(field, ThingField) and value and value.pk != stood:
                found += self.says(name, label(value))
            elif isinstance(field, DayField) and value and name == "on":
                found += self.says(name, f"{value:%d/%m/%Y}")
        return found

    def day(self, name: str) -> date | None:
        value = self.cleaned_data.get(name)
        return value and value.day


class DecidedForm(RegisterForm):
    """Of what is never done without a decision."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields[self.decided_by[0]].help_text = ASKED
        for name in self.decided_by:
            self.fields[name].required = True
            self.fields[name].error_messages["required"] = MISSING

    def asks_decision(self) -> bool:
        return True


def _as_typed(subject, name: str):
    value = getattr(subject, name)
    precision = getattr(subject, f"{name.removesuffix('_on')}_precision", None)
    return PartialDate(value, precision) if value and precision else value

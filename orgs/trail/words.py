"""How an entry of the trail is told: each room declares its actions once (settings.TRAIL)."""

from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cache
from importlib import import_module

from django.conf import settings
from django.db.models import Choices, DateField, Field, Model
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from resolution03.lib.bulk import column
from resolution03.lib.dates import Precision, written
from resolution03.lib.figures import number

Tell = Callable[[object, Mapping], str]
"""A stored value, and the whole state in which it stands, as text; never an error."""


@dataclass(frozen=True, slots=True)
class Reference:
    """The value names a row of `model` by the field `by`; it is told by that row's field `told_by`."""

    model: type[Model]
    by: str = "pk"
    told_by: str = "code"


@dataclass(frozen=True, slots=True)
class Key:
    """One value that an action may write: its words, and how it is told.

    `is_of_person`: hidden from whoever may not see persons. `silent_beside`: not told where that
    key is there, because it tells both. `known`: values that `tell` has words for, so that they refer to
    no row.
    """

    words: object
    tell: Tell | None = None
    refers_to: Reference | None = None
    is_of_person: bool = False
    silent_beside: str = ""
    known: Container = ()

    def names_row(self, value: object) -> bool:
        """Whether a value is told by the row that it names."""
        return self.refers_to is not None and value not in (None, "") and value not in self.known

    def told(self, value: object, state: Mapping) -> str:
        return (self.tell or as_text)(value, state)


@dataclass(frozen=True, slots=True)
class Of:
    """One sort of object that an action changes: the keys it may write about it, and how its code
    is told: by `code` (of the stored one, as a key of that value is), or by the row itself, as `code_from`
    says.

    `words`: what such an object is called, where not as its model. `names_keys`: further keys are
    words already, given by the Board.
    """

    model: type[Model]
    keys: Mapping[str, Key]
    words: object = ""
    code: Tell | Key | None = None
    code_from: Reference | None = None
    names_keys: bool = False


@dataclass(frozen=True, slots=True)
class Action:
    """What an action is called, and what it changes."""

    words: object
    about: tuple[Of, ...]

    def of(self, label: str) -> Of | None:
        """What is declared about objects of the model `label` (`orgs.village`)."""
        return next((one for one in self.about if one.model._meta.label_lower == label), None)


def action(words: object, *about: Of) -> Action:
    return Action(words, about)


@cache
def actions() -> dict[str, Action]:
    """Every action that writes the trail, by name."""
    found: dict[str, Action] = {}
    for module in settings.TRAIL:
        found |= import_module(module).ACTIONS
    return found


def unknown(key: str) -> Key:
    """A key that nobody declared: shown as text; who may not see persons does not see it."""
    return Key(key, is_of_person=True)


def as_text(value: object, _state: Mapping) -> str:
    if value in (None, "", "absent"):
        return "–"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, dict):
        return ", ".join(f"{key}: {inner}" for key, inner in value.items())
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def chosen(choices: type[Choices] | Mapping) -> Tell:
    """A value out of choices, by its label."""
    labels = choices if isinstance(choices, Mapping) else dict(choices.choices)

    def tell(value: object, state: Mapping) -> str:
        known = isinstance(value, str) and value in labels
        return str(labels[value]) if known and value else as_text(value, state)

    return tell


def on_day(precision: str = "") -> Tell:
    """A day, as exact as the key `precision` of the same state says."""

    def tell(value: object, state: Mapping) -> str:
        exact = state.get(precision, "")
        if not isinstance(value, str):
            return as_text(value, state)
        try:
            return written(
                date.fromisoformat(value), Precision(exact) if exact in Precision else Precision.DAY
            )
        except ValueError:
            return as_text(value, state)

    return tell


def counted(value: object, state: Mapping) -> str:
    """An amount, with its groups of thousands; places that say nothing are left out."""
    try:
        amount = Decimal(str(value))
    except InvalidOperation:
        return as_text(value, state)
    return number(amount.normalize() if amount % 1 else int(amount)) if amount.is_finite() else str(value)


def keys_of(model: type[Model], *names: str, of_person: bool = False) -> dict[str, Key]:
    """Keys that are fields of a model, told with the words of its forms. A date brings its
    precision along where the model has one; a foreign key stands under its column."""
    keys: dict[str, Key] = {}
    for name in names:
        keys |= _keys_of(model, column(model, name), of_person)
    return keys


def _keys_of(model: type[Model], field: Field, of_person: bool) -> dict[str, Key]:
    words = field.verbose_name
    if field.related_model:
        return {field.attname: Key(words, refers_to=Reference(field.related_model))}
    if field.choices:
        return {field.name: Key(words, chosen(dict(field.flatchoices)))}
    if not isinstance(field, DateField):
        return {field.name: Key(words, is_of_person=of_person)}
    exact = f"{field.name.removesuffix('_on')}_precision"
    keys = {field.name: Key(words, on_day(exact), is_of_person=of_person)}
    if any(one.name == exact for one in model._meta.fields):
        keys[exact] = Key(
            format_lazy("{} ({})", words, gettext_lazy("exact to")),
            chosen(Precision),
            silent_beside=field.name,
        )
    return keys

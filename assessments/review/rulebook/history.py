"""Changes of the rules as the pages of the rules tell them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.translation import gettext as _

from assessments.entry.counts.rules import told
from assessments.figures.count_indicators import among
from assessments.figures.indicator import Indicator
from assessments.figures.indicators import BUILT_IN
from assessments.review.rulebook.read import named
from assessments.rules.models.schemes import Meaning
from assessments.rules.models.target_sets import Quota
from assessments.rules.models.targets import Target
from orgs.models import AuditEntry
from resolution03.lib.bulk import column

CHECKS = "checks"
"""As what the trail keeps the checks of a count."""
Names = dict[tuple[type[models.Model], object], str]


@dataclass(frozen=True, slots=True)
class Changed:
    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Told:
    """One change of a rule: who, when, what, before → after."""

    at: datetime
    by: str
    what: str
    action: str
    reason: str
    changes: tuple[Changed, ...]


def history(entries: Iterable[AuditEntry]) -> list[Told]:
    """The changes of rules in words; the rows that they refer to are read together."""
    entries = list(entries)
    keys: dict[type[models.Model], set] = {}
    for entry in entries:
        for key in dict.fromkeys((*entry.before, *entry.after)):
            if to := _refers_to(apps.get_model(entry.object_type), key):
                keys.setdefault(to, set()).update({entry.before.get(key), entry.after.get(key)} - {None})
    names = {
        (to, row.pk): getattr(row, "name", "") or named(row)
        for to, found in keys.items()
        for row in to._default_manager.filter(pk__in=found)
    }
    indicators = {**BUILT_IN} | among(entry.object_code for entry in entries if entry.object_type in _TARGETS)
    return [_told(entry, names, indicators) for entry in entries]


_TARGETS = [model._meta.label_lower for model in (Target, Quota)]


def _told(entry: AuditEntry, names: Names, indicators: Mapping[str, Indicator]) -> Told:
    model = apps.get_model(entry.object_type)
    keys = dict.fromkeys((*entry.before, *entry.after))

    def shown(key: str, state: dict) -> str:
        to, value = _refers_to(model, key), state.get(key)
        if key == CHECKS:
            return told(value, state)
        return names.get((to, value), "–") if to else _shown(model, key, value)

    changes = tuple(
        Changed(_label(model, key), shown(key, entry.before), shown(key, entry.after))
        for key in keys
        if entry.before.get(key) != entry.after.get(key)
    )
    verbs = {
        "rules.add": _("added"),
        "rules.remove": _("removed"),
        "rules.choose": _("put in use"),
        "rules.undo": _("taken back"),
    }
    what = f"{model._meta.verbose_name} {_named(entry.object_code, indicators)}"
    return Told(
        entry.at, entry.actor_name, what, verbs.get(entry.action, _("changed")), entry.reason, changes
    )


def _named(code: str, indicators: Mapping[str, Indicator]) -> str:
    """An indicator or a meaning in words."""
    if code in indicators:
        return str(indicators[code].words.short)
    return str(Meaning(code).label) if code in Meaning.values else code


def _label(model: type[models.Model], key: str) -> str:
    field = _field(model, key)
    return _("checks") if key == CHECKS else str(field.verbose_name) if field else key


def _refers_to(model: type[models.Model], key: str) -> type[models.Model] | None:
    field = _field(model, key)
    return field.related_model if field and field.many_to_one else None


def _field(model: type[models.Model], key: str) -> models.Field | None:
    """The column of that name; what the trail keeps beside the columns has none."""
    try:
        return column(model, key)
    except (FieldDoesNotExist, TypeError):
        return None


def _shown(model: type[models.Model], key: str, value) -> str:
    if value in (None, ""):
        return "–"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    field = _field(model, key)
    return str(dict(field.flatchoices).get(value, value) if field else value)

"""The audit trail as people read it: what was done to what, each value before and after."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.apps import apps
from django.db.models import Model, Q
from django.utils.translation import gettext as _

from accounts.permissions import Permission, may
from orgs.models import AuditEntry
from orgs.scoping import stands_at_root
from orgs.trail.words import Key, Of, Reference, actions, as_text, unknown
from resolution03.lib.figures import LARGEST

HIDDEN = "…"
_CODE = "code"


@dataclass(frozen=True)
class ReadValue:
    """One value of a change. `before` is None where the action tells no earlier one."""

    label: str
    before: str | None
    after: str


@dataclass(frozen=True)
class ReadEntry:
    """One row of the trail in words."""

    entry: AuditEntry
    action: str
    kind: str
    code: str
    values: list[ReadValue]


def latest_of(entries, objects: Mapping[type[Model], Iterable[int]]):
    """Entries about the objects, given by model and primary keys."""
    about = Q(pk__in=[])
    for model, keys in objects.items():
        about |= Q(object_type=model._meta.label_lower, object_id__in=keys)
    return entries.filter(about)


def read_entries(entries: Iterable[AuditEntry], user) -> list[ReadEntry]:
    """Entries in words; keys of other rows become codes with one query a model, whatever the
    number of rows.

    Names and birth dates stay hidden from whoever may not see persons; what lies outside the
    user's scope is told without its code.
    """
    entries = list(entries)
    reader = _Reader(may(user, Permission.VIEW_PERSONS), _names(entries, user), _missing(user))
    return [reader.read(entry) for entry in entries]


@dataclass(frozen=True, slots=True)
class _Reader:
    """Who reads, and how the rows are called that the entries name."""

    sees_persons: bool
    names: Mapping[Reference, Mapping[object, str]]
    missing: str

    def read(self, entry: AuditEntry) -> ReadEntry:
        declared, about = actions().get(entry.action), _about(entry)
        words = str(declared.words) if declared else entry.action
        kind = str(about.words) if about and about.words else _kind(entry)
        return ReadEntry(entry, words, kind, self._code(entry, about), self._values(entry, about))

    def _code(self, entry: AuditEntry, about: Of | None) -> str:
        if about is None:
            return entry.object_code
        if about.code_from:
            return self.names[about.code_from].get(entry.object_id, entry.object_code)
        if isinstance(about.code, Key):
            return self._told(about.code, _CODE, {_CODE: entry.object_code})
        return about.code(entry.object_code, {}) if about.code else entry.object_code

    def _values(self, entry: AuditEntry, about: Of | None) -> list[ReadValue]:
        values = []
        written = {**entry.before, **entry.after}
        for name in written:
            key = _key(about, name)
            if key.silent_beside in written:
                continue
            before, after = (self._told(key, name, state) for state in (entry.before, entry.after))
            if before != after or HIDDEN in (before, after):
                shown = before if name in entry.before else None
                values.append(ReadValue(str(key.words), shown, after))
        return values

    def _told(self, key: Key, name: str, state: Mapping) -> str:
        value = state.get(name)
        if key.is_of_person and not self.sees_persons:
            return HIDDEN
        if key.refers_to and key.names_row(value):
            return self.names[key.refers_to].get(_hashable(value), self.missing)
        return key.told(value, state)


def _missing(user) -> str:
    """What a row is called that the user does not see; who sees all of them meets one that is gone."""
    return _("no longer there") if stands_at_root(user) else _("outside your scope")


def _about(entry: AuditEntry) -> Of | None:
    declared = actions().get(entry.action)
    return declared.of(entry.object_type) if declared else None


def _key(about: Of | None, name: str) -> Key:
    if about is None:
        return unknown(name)
    if name in about.keys:
        return about.keys[name]
    return Key(name) if about.names_keys else unknown(name)


def _kind(entry: AuditEntry) -> str:
    try:
        return str(apps.get_model(entry.object_type)._meta.verbose_name)
    except (LookupError, ValueError):
        return entry.object_type


def _hashable(value: object) -> object:
    return value if isinstance(value, (int, str)) else str(value)


def _names(entries: list[AuditEntry], user) -> Mapping[Reference, Mapping[object, str]]:
    """How every row is called that the entries name."""
    wanted: dict[Reference, set] = defaultdict(set)
    for entry in entries:
        about = _about(entry)
        if about and about.code_from:
            wanted[about.code_from].add(entry.object_id)
        for key, value in _stored(entry, about):
            if key.refers_to and key.names_row(value):
                wanted[key.refers_to].add(_hashable(value))
    return {reference: _called(reference, values, user) for reference, values in wanted.items()}


def _stored(entry: AuditEntry, about: Of | None) -> Iterator[tuple[Key, object]]:
    """Every value that the entry holds, its code among them, with its key."""
    if about and isinstance(about.code, Key):
        yield about.code, entry.object_code
    for state in (entry.before, entry.after):
        for name, value in state.items():
            yield _key(about, name), value


def _called(reference: Reference, values: set, user) -> dict[object, str]:
    asked = [value for value in values if _may_be_one(reference, value)]
    rows = _visible(reference.model, user).filter(**{f"{reference.by}__in": asked})
    return {key: as_text(told, {}) for key, told in rows.values_list(reference.by, reference.told_by)}


def _may_be_one(reference: Reference, value: object) -> bool:
    """Whether a row may be known by the value; the database takes no other."""
    if reference.by == "pk":
        return isinstance(value, int) and 0 < value <= LARGEST
    return isinstance(value, str)


def _visible(model: type[Model], user):
    rows = model._default_manager.order_by()
    return rows.visible_to(user) if hasattr(rows, "visible_to") else rows

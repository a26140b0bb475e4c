"""The audit trail as people read it: what was done to what, each value before and after."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.permissions import Permission, may
from orgs.models import AuditEntry

ACTIONS = {
    "organization.found": gettext_lazy("founded"),
    "organization.rename": gettext_lazy("renamed"),
    "organization.move": gettext_lazy("moved"),
    "organization.dissolve": gettext_lazy("dissolved"),
    "organization.correct": gettext_lazy("corrected"),
    "village.found": gettext_lazy("entered"),
    "village.cover": gettext_lazy("committee or cell changed"),
    "village.correct": gettext_lazy("corrected"),
    "village.end": gettext_lazy("ended"),
    "head.appoint": gettext_lazy("head appointed"),
    "head.end": gettext_lazy("term ended"),
    "head.correct": gettext_lazy("corrected"),
    "member.enrol": gettext_lazy("enrolled"),
    "member.transfer": gettext_lazy("transferred"),
    "member.leave": gettext_lazy("left"),
    "member.exempt": gettext_lazy("exemption changed"),
    "member.correct": gettext_lazy("corrected"),
    "account.add": gettext_lazy("account added"),
    "account.change": gettext_lazy("account changed"),
    "account.reset": gettext_lazy("password reset"),
    "account.unlock": gettext_lazy("account unlocked"),
    "rating.save": gettext_lazy("rated"),
    "rating.return": gettext_lazy("returned"),
    "rating.supplement": gettext_lazy("rated by a supplement"),
    "supplement.file": gettext_lazy("supplement filed"),
    "supplement.accept": gettext_lazy("supplement accepted"),
    "supplement.decline": gettext_lazy("supplement declined"),
    "discipline.save": gettext_lazy("discipline counted"),
    "activity.count": gettext_lazy("yearly counts entered"),
    "roster.drop": gettext_lazy("dropped out of the roster"),
    "year.open": gettext_lazy("year opened"),
    "year.close": gettext_lazy("year closed"),
    "year.reopen": gettext_lazy("year reopened"),
    "year.deadline": gettext_lazy("deadline changed"),
    "submission.submit": gettext_lazy("submitted"),
    "submission.return": gettext_lazy("returned"),
    "submission.accept": gettext_lazy("accepted"),
    "submission.accept_rest": gettext_lazy("accepted"),
    "submission.extend": gettext_lazy("deadline changed"),
    "organization.load": gettext_lazy("loaded from a workbook"),
    "village.load": gettext_lazy("loaded from a workbook"),
    "head.load": gettext_lazy("loaded from a workbook"),
    "member.load": gettext_lazy("loaded from a workbook"),
    "layout.add": gettext_lazy("layout remembered"),
    "layout.change": gettext_lazy("layout changed"),
    "layout.delete": gettext_lazy("layout forgotten"),
    "system.restore": gettext_lazy("restored from a backup"),
    "upload.apply": gettext_lazy("workbook loaded"),
    "upload.mark": gettext_lazy("workbook given back with its errors marked"),
    "upload.undo": gettext_lazy("load undone"),
    "member.forget": gettext_lazy("name replaced by the code"),
    "head.forget": gettext_lazy("name replaced by the code"),
    "rules.add": gettext_lazy("rule added"),
    "rules.change": gettext_lazy("rule changed"),
    "rules.choose": gettext_lazy("reading put in use"),
    "rules.switch": gettext_lazy("rule switched"),
    "rules.remove": gettext_lazy("rule removed"),
    "tally.report": gettext_lazy("totals reported"),
    "tally.clear": gettext_lazy("total removed"),
    "tally.note": gettext_lazy("reason for a total"),
    "year.report": gettext_lazy("year entered for reported totals"),
    "office.change": gettext_lazy("heading and signatures changed"),
    "report.download": gettext_lazy("report issued"),
    "template.take": gettext_lazy("Word template put in use"),
    "template.default": gettext_lazy("default Word template put in use"),
    "report.again": gettext_lazy("issued report handed out again"),
    "prepared.download": gettext_lazy("prepared workbook downloaded"),
    "demonstration.build": gettext_lazy("demonstration built"),
}
_WORDS = {
    "due_on": gettext_lazy("deadline"),
    "rows": gettext_lazy("rows"),
    "organizations": gettext_lazy("organizations"),
    "villages": gettext_lazy("villages"),
    "members": gettext_lazy("members"),
    "village_heads": gettext_lazy("village heads"),
    "revision": gettext_lazy("revision"),
    "organization_reprimand": gettext_lazy("reprimand of the organization"),
    "organization_warning": gettext_lazy("warning of the organization"),
    "organization_dissolution": gettext_lazy("dissolution of the organization"),
    "member_reprimand": gettext_lazy("reprimand of members"),
    "member_warning": gettext_lazy("warning of members"),
    "member_removal": gettext_lazy("removal of members from office"),
    "member_expulsion": gettext_lazy("expulsion of members"),
}
_OF_PERSONS = {"full_name", "search_key", "sort_key", "born_on", "signer", "preparer"}
_SILENT = {"search_key", "sort_key", "path"}


@dataclass(frozen=True)
class ReadValue:
    """One field of a change."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class ReadEntry:
    """One row of the trail in words."""

    entry: AuditEntry
    action: str
    kind: str
    values: list[ReadValue]


def latest_of(entries, objects: Mapping[type[Model], Iterable[int]]):
    """Entries about the objects, given by model and primary keys."""
    about = Q(pk__in=[])
    for model, keys in objects.items():
        about |= Q(object_type=model._meta.label_lower, object_id__in=keys)
    return entries.filter(about)


def read_entries(entries: Iterable[AuditEntry], user) -> list[ReadEntry]:
    """Entries in words; ids become codes with one query a model, whatever the number of rows.

    Names and birth dates stay hidden from whoever may not see persons; what lies outside the
    user's scope is told without its code.
    """
    entries = list(entries)
    names = _names(entries, user)
    sees_persons = may(user, Permission.VIEW_PERSONS)
    return [_read(entry, names, sees_persons) for entry in entries]


def _read(entry: AuditEntry, names: dict, sees_persons: bool) -> ReadEntry:
    model = _model(entry.object_type)
    fields = [name for name in {**entry.before, **entry.after} if name not in _SILENT]
    values = []
    for name in fields:
        hidden = name in _OF_PERSONS and not sees_persons
        before, after = (
            "…" if hidden else _told(model, name, state.get(name), names)
            for state in (entry.before, entry.after)
        )
        if before != after or hidden:
            values.append(ReadValue(_label(model, name), before, after))
    kind = str(model._meta.verbose_name) if model else entry.object_type
    return ReadEntry(entry, str(ACTIONS.get(entry.action, entry.action)), kind, values)


def _told(model, name: str, value, names: dict) -> str:
    if value in (None, "", "absent"):
        return "–"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    field = _field(model, name)
    if field is not None and field.is_relation and isinstance(value, int):
        return names.get((field.related_model, value), _("outside your scope"))
    if field is not None and field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if field is not None and field.get_internal_type() == "DateField":
        return "/".join(reversed(str(value).split("-")))
    return str(value)


def _label(model, name: str) -> str:
    field = _field(model, name)
    return str(field.verbose_name) if field is not None else str(_WORDS.get(name, name))


def _names(entries: list[AuditEntry], user) -> dict:
    """Codes (or words) of everything that the entries name by id; workbooks name it by code."""
    wanted: dict[type[Model], set] = {}
    for entry in entries:
        model = _model(entry.object_type)
        for state in (entry.before, entry.after):
            for name, value in state.items():
                field = _field(model, name)
                if isinstance(value, int) and field is not None and field.is_relation:
                    wanted.setdefault(field.related_model, set()).add(value)
    return {
        (model, row.pk): getattr(row, "code", None) or str(row)
        for model, keys in wanted.items()
        for row in _visible(model, user).filter(pk__in=keys)
    }


def _visible(model: type[Model], user):
    rows = model._default_manager.all()
    return rows.visible_to(user) if hasattr(rows, "visible_to") else rows


def _model(label: str) -> type[Model] | None:
    try:
        return apps.get_model(label)
    except (LookupError, ValueError):
        return None


def _field(model, name: str):
    """The field of a name or of its column (`parent_id`); None where there is none today."""
    try:
        return model and model._meta.get_field(name.removesuffix("_id"))
    except FieldDoesNotExist:
        return None

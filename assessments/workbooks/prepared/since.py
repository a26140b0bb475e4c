"""What others entered since a prepared workbook was made, by the keys of its rows."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Model, QuerySet

from assessments.roster.models.lines import MemberLine, OrganizationLine
from assessments.roster.models.tallies import Tally
from assessments.workbooks.models import PreparedWorkbook, Upload
from assessments.workbooks.prepared.keys import key_of_values
from members.models import Member, VillageHead
from orgs.models import AuditEntry, Organization, Village
from resolution03.lib.dates import PartialDate, Precision


@dataclass(frozen=True, slots=True)
class Touch:
    """The latest change of one column: the trail's entry, by whom, when."""

    entry: int
    by_name: str
    at: datetime


Touches = Mapping[tuple[str, str], Mapping[str, Touch]]
"""Kind and key of a row → its columns that someone changed."""

_READ = {
    Organization: ("organizations", ("code",)),
    Village: ("villages", ("code",)),
    VillageHead: ("village_heads", ("village__code", "starts_on", "starts_precision")),
    Member: ("members", ("code",)),
    OrganizationLine: ("organization_ratings", ("year_id", "organization__code")),
    MemberLine: ("member_ratings", ("year_id", "member__code")),
    Tally: ("reported_totals", ("year_id", "organization__code", "subject", "key")),
}
_BY_LABEL = {model._meta.label_lower: model for model in _READ}


def last_entry() -> int:
    """Where the trail stands now."""
    return AuditEntry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def touches_of(prepared: PreparedWorkbook) -> Touches:
    """The columns that were changed since, what loads of this same workbook stored left out."""
    own = [
        upload["written"]
        for upload in Upload.objects.filter(prepared=prepared, applied_at__isnull=False).values_list(
            "choices", flat=True
        )
        if "written" in upload
    ]
    entries, found = _entries(prepared), defaultdict(dict)
    for entry in entries.order_by("pk").values(*_TOLD).iterator():
        if not any(entry["actor_id"] == by and first < entry["pk"] <= last for first, last, by in own):
            touch = Touch(entry["pk"], entry["actor_name"], entry["at"])
            names = {_column(name) for name in (*entry["before"], *entry["after"])}
            found[entry["object_type"], entry["object_id"]] |= dict.fromkeys(names, touch)
    return _by_key(found, entries) if found else {}


_TOLD = ("pk", "at", "actor_id", "actor_name", "object_type", "object_id", "before", "after")


def _entries(prepared: PreparedWorkbook) -> QuerySet:
    entries = AuditEntry.objects.filter(pk__gt=prepared.trail_position, object_type__in=_BY_LABEL)
    return entries if prepared.unit.parent_id is None else entries.filter(unit=prepared.unit)


def _column(name: str) -> str:
    """The key of the column that an attribute belongs to."""
    if name.endswith("_precision"):
        return name.removesuffix("_precision") + "_on"
    return name.removesuffix("_id")


def _by_key(found: Mapping[tuple[str, int], dict[str, Touch]], entries: QuerySet) -> Touches:
    """By the present keys of the objects; what is gone has none. A statement for each kind."""
    labels = {label for label, _pk in found}
    return {
        (_READ[_BY_LABEL[label]][0], key): found[label, pk]
        for label in labels
        for pk, key in _keys(_BY_LABEL[label], entries.filter(object_type=label))
        if (label, pk) in found
    }


def _keys(model: type[Model], entries: QuerySet) -> Iterable[tuple[int, str]]:
    objects = model.objects.filter(pk__in=entries.order_by().values("object_id")).order_by()
    for pk, *values in objects.values_list("pk", *_READ[model][1]):
        if model is VillageHead:
            village, day, precision = values
            values = [village, PartialDate(day, Precision(precision))]
        yield pk, key_of_values(values)

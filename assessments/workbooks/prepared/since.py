"""What others entered since a prepared workbook was made, by the keys of its rows."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from itertools import product

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model, QuerySet

from assessments.workbooks.kinds.declared import Trace, WorkbookKind
from assessments.workbooks.kinds.listed import every
from assessments.workbooks.models import PreparedWorkbook, Upload
from assessments.workbooks.prepared.keys import key_of_values
from orgs.models import AuditEntry
from resolution03.lib.dates import PartialDate, Precision


@dataclass(frozen=True, slots=True)
class Touch:
    """The latest change of one column: the trail's entry, by whom, when."""

    entry: int
    by_name: str
    at: datetime


Columns = dict[str, Touch]
Touches = Mapping[tuple[str, str], Columns]
"""Kind and key of a row → its columns that someone changed."""


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
    traced = [_Traced(kind, trace, prepared) for kind in every() for trace in kind.traces]
    about: dict[str, list[_Traced]] = defaultdict(list)
    for one in traced:
        about[one.label].append(one)
    entries = _entries(prepared, about)
    for entry in entries.order_by("pk").values(*_TOLD).iterator():
        if not any(entry["actor_id"] == by and first < entry["pk"] <= last for first, last, by in own):
            for one in about[entry["object_type"]]:
                one.take(entry)
    found: dict[tuple[str, str], Columns] = defaultdict(dict)
    for one in traced:
        for key, columns in one.by_key(entries):
            _merge(found[one.kind.name, key], columns)
    return found


_TOLD = (
    "pk",
    "at",
    "action",
    "actor_id",
    "actor_name",
    "object_type",
    "object_id",
    "object_code",
    "before",
    "after",
)


def _entries(prepared: PreparedWorkbook, labels: Iterable[str]) -> QuerySet:
    entries = AuditEntry.objects.filter(pk__gt=prepared.trail_position, object_type__in=labels)
    return entries if prepared.unit.parent_id is None else entries.filter(unit=prepared.unit)


def _merge(known: Columns, more: Columns) -> None:
    """The later touch of each column stays."""
    for name, touch in more.items():
        if name not in known or known[name].entry < touch.entry:
            known[name] = touch


class _Traced:
    """What one trace of a kind finds: which columns of which objects were touched."""

    def __init__(self, kind: WorkbookKind, trace: Trace, prepared: PreparedWorkbook):
        self.kind, self.trace, self.prepared = kind, trace, prepared
        self.label = trace.model._meta.label_lower
        self.codes: dict[int, str] = {}
        self.found: dict[int, Columns] = defaultdict(dict)

    def take(self, entry: Mapping) -> None:
        """The next entry of the trail about its model, in the order of the trail."""
        if self.trace.action not in ("", entry["action"]):
            return
        touch = Touch(entry["pk"], entry["actor_name"], entry["at"])
        names = {column for name in (*entry["before"], *entry["after"]) for column in self._columns(name)}
        if not names:
            return
        self.codes[entry["object_id"]] = entry["object_code"]
        self.found[entry["object_id"]] |= dict.fromkeys(names, touch)

    def by_key(self, entries: QuerySet) -> Iterator[tuple[str, Columns]]:
        """By the present keys of the rows; what is gone has none, but where it was one cell of a row:
        of that row every column counts as touched. One statement."""
        gone = set(self.found)
        for pk, key, column in self._objects(entries) if self.found else ():
            if pk in gone:
                gone.discard(pk)
                yield key, self._of_column(pk, column)
        for pk in gone if self.trace.column else ():
            for key in self._keys_of_gone(pk):
                yield key, dict.fromkeys(self._every_column, self._latest(pk))

    def _columns(self, name: str) -> Iterable[str]:
        """The columns to which a name in the trail belongs; all, where none is so called any more."""
        if self.trace.columns is None:
            return (_column(name),)
        found = [self._names[name]] if name in self._names else self._names.values()
        return filter(None, found)

    @cached_property
    def _names(self) -> Mapping[str, str]:
        return self.trace.columns() if self.trace.columns else {}

    @cached_property
    def _every_column(self) -> list[str]:
        return list(self.kind.columns().by_key)

    def _objects(self, entries: QuerySet) -> Iterator[tuple[int, str, str]]:
        """(key of the object, key of its row, column) of those that are there."""
        fixed = self.trace.fixed
        names = [name for name in (*self.trace.key, self.trace.column) if name and name not in fixed]
        precisions = {name: found for name in names if (found := _precision(self.trace.model, name))}
        about = entries.filter(object_type=self.label).order_by().values("object_id")
        rows = self.trace.model._base_manager.filter(pk__in=about).order_by()
        for row in rows.values("pk", *names, *precisions.values()):
            row |= fixed
            values = [
                PartialDate(row[name], Precision(row[precisions[name]])) if name in precisions else row[name]
                for name in self.trace.key
            ]
            yield row["pk"], key_of_values(values), row.get(self.trace.column, "")

    def _of_column(self, pk: int, column: str) -> Columns:
        return {column: self._latest(pk)} if column else self.found[pk]

    def _latest(self, pk: int) -> Touch:
        return max(self.found[pk].values(), key=lambda touch: touch.entry)

    def _keys_of_gone(self, pk: int) -> Iterator[str]:
        """Of which row it was is not told but by year and code: each that there may be."""
        known = {"year": self.prepared.year_id, self.kind.code: self.codes[pk]}
        columns = self.kind.columns().by_key
        named: list[list[object]] = [
            [known[name]] if name in known else [*columns[name].type.names] or [None]
            for name in self.kind.key
        ]
        yield from map(key_of_values, product(*named))


def _column(name: str) -> str:
    """The key of the column that an attribute belongs to."""
    if name.endswith("_precision"):
        return name.removesuffix("_precision") + "_on"
    return name.removesuffix("_id")


def _precision(model: type[Model], name: str) -> str:
    """The attribute that holds the precision of a date; "" for what is none."""
    found = name.removesuffix("_on") + "_precision" if name.endswith("_on") else ""
    try:
        return model._meta.get_field(found).name if found else ""
    except FieldDoesNotExist:
        return ""

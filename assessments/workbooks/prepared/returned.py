"""A prepared workbook that comes back: what others changed since, and what is no longer in it.

A row is in conflict when it would change a column that someone else changed since the workbook was
made. The user says what holds, the system's value or the file's; until then nothing is stored.
`Upload.choices["conflicts"]` keeps that by sheet and row: which side, and up to which entry of the
trail it was seen.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from assessments.workbooks.kinds.listed import kind_of
from assessments.workbooks.loading.files import Part
from assessments.workbooks.loading.plan import SheetPlan
from assessments.workbooks.loading.remarks import Absent, Remarks
from assessments.workbooks.models import PlannedStatus, PreparedWorkbook, Upload
from assessments.workbooks.prepared.keys import key_read
from assessments.workbooks.prepared.named import told
from assessments.workbooks.prepared.since import Touch, Touches, last_entry, touches_of
from resolution03.lib.workbooks.changes import CREATED, UNCHANGED, precision_of
from resolution03.lib.workbooks.faults import Fault
from resolution03.lib.workbooks.table import Row, Table

SYSTEM, FILE = "system", "file"


def identify(upload: Upload, parts: Collection[Part]) -> None:
    """Say which prepared workbook a file is: only one of the uploader's own unit is known."""
    keys = {
        UUID(part.note["prepared"])
        for file, part in parts
        if file == upload.file_name and "prepared" in part.note
    }
    known = PreparedWorkbook.objects.filter(pk__in=keys)
    if upload.unit is not None:
        known = known.under(upload.unit)
    upload.prepared = known.first() if len(keys) == 1 else None
    if keys and upload.prepared is None:
        upload.choices["foreign"] = True


def warn_of_foreign(uploads: Iterable[Upload], sheets: Collection[SheetPlan]) -> None:
    """Tell that a file was prepared for another unit, or by another system."""
    text = _(
        "this workbook was prepared for another unit or elsewhere; it is read like any other, "
        "so what others changed since is not known"
    )
    for upload in uploads:
        first = next((sheet for sheet in sheets if sheet.file == upload.file_name), None)
        if upload.choices.get("foreign") and first:
            first.warnings.insert(0, Fault(None, None, None, "foreign_workbook", text))


class Returned:
    """One file of a batch; made before anything of the batch is written."""

    def __init__(self, upload: Upload):
        self.upload = upload
        self.prepared: PreparedWorkbook | None = upload.prepared
        self.touches: Touches = touches_of(self.prepared) if self.prepared else {}
        self.kept: list[Row] = []

    @cached_property
    def handed(self) -> dict[str, set[str]]:
        """The keys of the rows that were handed out, by kind."""
        return {kind: set(keys) for kind, keys in self.prepared.codes.items()} if self.prepared else {}

    def settle(self, parts: Iterable[Part]) -> None:
        """Take out of the rows what the user leaves as the system has it."""
        for file, table in parts if self._choices else ():
            if file == self.upload.file_name and isinstance(table, Table):
                for row in [row for row in table.rows if self._taken(table.sheet, row) == SYSTEM]:
                    self._settle(table, row)

    def remarks(self, sheets: Iterable[SheetPlan]) -> Remarks:
        """Which rows are in conflict or were, and which are missing."""
        if self.prepared is None:
            return Remarks()
        read = [sheet for sheet in sheets if sheet.kind and not _has_bad_header(sheet)]
        marked = {(sheet.sheet or "", number): mark for sheet in read for number, mark in self._marked(sheet)}
        return Remarks(marked, list(self._absent(self.prepared, read)))

    @property
    def _choices(self) -> dict:
        return self.upload.choices.get("conflicts", {})

    def _taken(self, sheet: str, row: Row) -> str:
        return self._choices.get(place_of(sheet, row.number), {}).get("take", "")

    def _settle(self, table: Table, row: Row) -> None:
        touched = self.touches.get((row.kind.name, key_read(row)), {})
        self.kept.append(row)
        prepared = kind_of(row.kind.name).prepared
        if not touched or prepared.is_whole:
            table.rows.remove(row)
            table.passed.append((row.number, key_read(row)))
            return
        for name in [name for name in touched if name in row.kind.by_key]:
            for column in (name, *prepared.together.get(name, ())):
                row.values.pop(column, None)
                row.cells.pop(column, None)

    def _marked(self, sheet: SheetPlan) -> Iterator[tuple[int, tuple[PlannedStatus, str]]]:
        for row in sheet.judged:
            if row.fault:
                continue
            touches = self._against(row)
            taken = self._taken(sheet.sheet or "", row)
            if taken == SYSTEM:
                yield row.number, (PlannedStatus(row.status), _("You chose: keep what is in the system."))
            elif touches and taken == FILE and self._was_seen(sheet.sheet or "", row, touches):
                note = _("You chose: take what is in the file.")
                yield row.number, (PlannedStatus(row.status), f"{_told(row, touches)} {note}")
            elif touches:
                yield row.number, (PlannedStatus.CONFLICT, _told(row, touches))

    def _against(self, row: Row) -> dict[str, Touch]:
        """The changes of others that the row would overwrite; of a row that was handed out and is
        not there any more: that. What is of a roster counts as new where it is blank."""
        if row.status == UNCHANGED:
            return {}
        key, prepared = key_read(row), kind_of(row.kind.name).prepared
        touched = self.touches.get((row.kind.name, key), {})
        if row.status == CREATED and not touched and key in self.handed.get(row.kind.name, ()):
            if prepared.needs_roster or self.prepared is None:
                return {}
            return {GONE: Touch(0, "", self.prepared.at)}
        changed = {name for name in row.kind.by_key if {name, precision_of(name)} & row.changes.keys()}
        return {
            name: touch
            for name, touch in touched.items()
            if changed & {name, *prepared.together.get(name, ())}
        }

    def _was_seen(self, sheet: str, row: Row, touches: dict[str, Touch]) -> bool:
        """Whether nobody changed the row again after the user chose."""
        seen = self._choices[place_of(sheet, row.number)]["seen"]
        return all(touch.entry <= seen for touch in touches.values())

    def _absent(self, handed: PreparedWorkbook, sheets: list[SheetPlan]) -> Iterator[Absent]:
        places: dict[str, str] = {}
        there: dict[str, set[str]] = {}
        for sheet in sheets:
            kind = sheet.kind or ""
            places.setdefault(kind, sheet.sheet or "")
            there.setdefault(kind, set()).update(key_read(row) for row in sheet.judged)
        for row in self.kept:
            there.setdefault(row.kind.name, set()).add(key_read(row))
        for kind, place in places.items():
            missing = [key for key in handed.codes.get(kind, ()) if key not in there[kind]]
            for code, label in told(kind, missing, handed.unit):
                yield Absent(place, kind, code, label, _("deleted in the file; stays in the system"))


@dataclass(frozen=True, slots=True)
class Returns:
    """All files of a batch; `entry`: where the trail stood before anything was written."""

    files: dict[int, Returned]
    entry: int

    @classmethod
    def of(cls, uploads: Iterable[Upload], parts: Collection[Part]) -> "Returns":
        """Read what the trail says, and settle what the user decided."""
        found = cls({upload.pk: Returned(upload) for upload in uploads}, last_entry())
        for returned in found.files.values():
            returned.settle(parts)
        return found

    def remarks_on(self, upload: Upload, sheets: Collection[SheetPlan]) -> Remarks:
        return self.files[upload.pk].remarks(sheets)


GONE = "gone"


def place_of(sheet: str, number: int) -> str:
    """Where a choice about a row is kept."""
    return f"{sheet}|{number}"


def _has_bad_header(sheet: SheetPlan) -> bool:
    return bool(sheet.rows) and not sheet.judged


def _told(row: Row, touches: dict[str, Touch]) -> str:
    """By whom and when each column was changed since."""
    if GONE in touches:
        return _("Since the workbook was made this code was changed or taken out of the system.")
    sentence = _("%(column)s changed by %(name)s at %(when)s.")
    return " ".join(
        sentence
        % {
            "column": row.kind.heading(name),
            "name": touch.by_name,
            "when": f"{localtime(touch.at):%H:%M, %d/%m/%Y}",
        }
        for name, touch in touches.items()
    )

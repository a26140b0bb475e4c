"""The plan of a batch as rows that a page filters, searches and turns into a workbook."""

import hashlib
import json
from collections.abc import Callable, Collection, Iterable, Iterator
from typing import NamedTuple

from assessments.roster.models.counts import OF_HALF, Period
from assessments.roster.models.tallies import Subject
from assessments.workbooks.kinds.judging.records import BETWEEN, NONE, Record
from assessments.workbooks.loading.plan import Plan, SheetPlan
from assessments.workbooks.loading.remarks import Absent, Remarks
from assessments.workbooks.loading.warned import marks_of
from assessments.workbooks.models import PlannedRow, PlannedStatus, Upload
from resolution03.lib import bulk
from resolution03.lib.text import search_key
from resolution03.lib.workbooks.changes import UNCHANGED, shown_changes
from resolution03.lib.workbooks.faults import UNDECIDED
from resolution03.lib.workbooks.table import Row

FIELDS = (
    "upload",
    "sheet",
    "kind",
    "number",
    "code",
    "label",
    "status",
    "changes",
    "note",
    "record",
    "place",
    "warned",
    "search_key",
)
TOTALS = ("rows", "created", "updated", "unchanged", "skipped", "errors")


class Place(NamedTuple):
    """Of which file, sheet and kind a row is."""

    upload: int
    sheet: str
    kind: str


class Planned(NamedTuple):
    """One row of a file and what would become of it; faulty rows stand among the faults."""

    upload: int
    sheet: str
    kind: str
    number: int | None
    code: str
    label: str
    status: str
    changes: list[tuple[str, str, str]]
    note: str = ""
    record: Record = NONE
    warned: str = ""

    @property
    def values(self) -> tuple:
        """The values of FIELDS, cut to what the table holds."""
        key = search_key(self.code, self.label, self._other_name)[:400]
        return (
            self.upload,
            self.sheet[:120],
            self.kind,
            self.number,
            self.code[:120],
            self.label[:255],
            self.status,
            self.changes,
            self.note[:300],
            self.record.name[:255],
            self.record.place[:300],
            self.warned[:120],
            key,
        )

    @property
    def _other_name(self) -> str:
        return "" if self.label.startswith(self.record.name) else self.record.name


def rows_of(
    plan: Plan,
    uploads: Collection[Upload],
    remarks_on: Callable[[Upload, list[SheetPlan]], Remarks] = lambda _upload, _sheets: Remarks(),
) -> list[Planned]:
    """All rows of a plan, in the order of files, sheets and rows; `remarks_on`: what a plan alone
    does not tell of a file."""
    found: list[Planned] = []
    for upload in uploads:
        sheets = [sheet for sheet in plan.sheets if sheet.file == upload.file_name]
        found += _of_file(upload, sheets, plan, remarks_on(upload, sheets))
    return found


def keep_rows(rows: Iterable[Planned], uploads: Collection[Upload]) -> None:
    """Store the rows of a batch in place of those of an earlier plan."""
    PlannedRow.objects.filter(upload__in=uploads).delete()
    bulk.upsert(PlannedRow, FIELDS, (row.values for row in rows))


def hash_of(plan: Plan, rows: Iterable[Planned]) -> str:
    """What two plans have in common when they would do the same and find the same faults."""
    digest = hashlib.sha256()
    for row in rows:
        told = (
            row.upload,
            row.sheet,
            row.kind,
            row.number,
            row.code,
            row.status,
            row.changes,
            row.note,
            row.record.name,
            row.record.place,
            row.warned,
        )
        digest.update(repr(told).encode())
    faults = [[sheet.sheet, *sheet.as_json()["errors"]] for sheet in plan.sheets if sheet.errors]
    bodies = plan.reorganization.as_json()["bodies"] if plan.reorganization else []
    digest.update(json.dumps([faults, bodies], sort_keys=True, default=str).encode())
    return digest.hexdigest()


def summary(sheets: Collection[SheetPlan]) -> dict:
    """What the ledger keeps of one file: its sheets with their faults, how many of what, and the
    names of the sheets that its user left out."""
    kept = [sheet.as_dict() for sheet in sheets]
    totals = {
        "rows": sum(sheet.rows for sheet in sheets),
        "skipped": sum(sheet.skipped for sheet in sheets),
        "errors": sum(fault.code != UNDECIDED for sheet in sheets for fault in sheet.errors),
        "undecided": sum(fault.code == UNDECIDED for sheet in sheets for fault in sheet.errors),
    }
    for status in ("created", "updated", "unchanged"):
        totals[status] = sum(sheet.counts.get(status, 0) for sheet in sheets)
    left_out = [sheet.sheet for sheet in sheets if sheet.note.get("skipped")]
    return {"sheets": kept, "totals": totals, "left_out": left_out}


def _of_file(upload: Upload, sheets: list[SheetPlan], plan: Plan, remarks: Remarks) -> Iterator[Planned]:
    for sheet in sheets:
        yield from _of_sheet(upload, sheet, plan, remarks)
    yield from (_absent(upload, row) for row in remarks.absent)


def _of_sheet(upload: Upload, sheet: SheetPlan, plan: Plan, remarks: Remarks) -> Iterator[Planned]:
    place = Place(upload.pk, sheet.sheet or "", sheet.kind or "")
    passed = [
        (number, Planned(*place, number, "", text, PlannedStatus.SKIPPED.value, []))
        for number, text in sheet.passed
    ]
    judged = [
        (row.number, _planned(place, row, plan.record_of(row), remarks))
        for row in sheet.judged
        if not row.fault
    ]
    for _number, row in sorted([*passed, *judged], key=lambda pair: pair[0]) if passed else judged:
        yield row


def _planned(place: Place, row: Row, record: Record, remarks: Remarks) -> Planned:
    changes = [] if row.status == UNCHANGED else shown_changes(row)
    status, note = remarks.marked.get((place.sheet, row.number), (row.status, ""))
    return Planned(
        *place,
        row.number,
        row.code or "",
        _label(row),
        str(status),
        changes,
        " ".join(filter(None, (note, row.note))),
        record,
        marks_of(fault.code for fault in row.warnings) if row.warnings else "",
    )


def _absent(upload: Upload, row: Absent) -> Planned:
    status = PlannedStatus.ABSENT.value
    return Planned(upload.pk, row.sheet, row.kind, None, row.code, row.label, status, [], row.note)


def _label(row: Row) -> str:
    """The name that the row itself gives; of a rating also the year, and what is counted, up to when."""
    name, year = row.text("full_name") or row.text("name"), row.whole("year")
    if not year:
        return name or ""
    parts: list[object] = [name, year]
    if row.text("period") == Period.HALF:
        parts.append(OF_HALF)
    if subject := row.text("subject"):
        parts += [Subject(subject).label, row.text("level")]
    return BETWEEN.join([str(part) for part in parts if part])

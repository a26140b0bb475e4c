"""What a load would do: a value that a command prints and a page shows before it is confirmed."""

from collections import Counter
from collections.abc import Callable
from dataclasses import asdict, dataclass, field

from assessments.rules.models.years import Submission
from assessments.workbooks.kinds.judging.records import NONE, Record
from assessments.workbooks.kinds.judging.reorganizing import Reorganization
from resolution03.lib.workbooks.changes import CREATED, UNCHANGED, UPDATED
from resolution03.lib.workbooks.faults import Fault
from resolution03.lib.workbooks.table import Row, Table


@dataclass(slots=True)
class SheetPlan:
    """One sheet. `kind` is None for a sheet that was skipped; with `is_unreadable` nothing but
    the file and its error is known. `note`: how it was read, for the page (`layouts.sheets`)."""

    file: str
    sheet: str | None
    kind: str | None = None
    header_row: int | None = None
    rows: int = 0
    counts: dict[str, int] = field(default_factory=dict)
    skipped: int = 0
    errors: list[Fault] = field(default_factory=list)
    warnings: list[Fault] = field(default_factory=list)
    is_unreadable: bool = False
    note: dict = field(default_factory=dict)
    judged: list[Row] = field(default_factory=list, repr=False)
    passed: list[tuple[int, str]] = field(default_factory=list, repr=False)

    def as_dict(self) -> dict:
        """What the ledger keeps: plain values that JSON holds, without the rows."""
        return {
            **{name: getattr(self, name) for name in _KEPT},
            "errors": [asdict(fault) for fault in self.errors],
            "warnings": [asdict(fault) for fault in self.warnings],
        }

    def as_json(self) -> dict:
        blank = self.is_unreadable
        known = {
            "kind": self.kind,
            "header_row": self.header_row,
            "rows": self.rows,
            **{status: self.counts.get(status, 0) for status in (CREATED, UPDATED, UNCHANGED)},
            "skipped": self.skipped,
        }
        return {
            "file": self.file,
            "sheet": self.sheet,
            **({name: None for name in known} if blank else known),
            "errors": [fault.as_json() for fault in self.errors],
            "warnings": None if blank else [fault.as_json() for fault in self.warnings],
        }


_KEPT = ("file", "sheet", "kind", "header_row", "rows", "counts", "skipped", "is_unreadable", "note")


@dataclass(slots=True)
class Plan:
    """All sheets of a load. `applied`: what is planned is stored, under `number` in the
    ledger; `record_of`: what was stored
    before under the code of a row; `asked`: the submissions for which the Board will have to say its
    word again; `reorganization`: what becomes of bodies, where a sheet says so."""

    sheets: list[SheetPlan] = field(default_factory=list)
    applied: bool = False
    number: int | None = None
    record_of: Callable[[Row], Record] = field(default=lambda row: NONE, repr=False)
    asked: list[Submission] = field(default_factory=list)
    reorganization: Reorganization | None = None

    def of_file(self, name: str) -> list[SheetPlan]:
        return [sheet for sheet in self.sheets if sheet.file == name]

    @property
    def has_errors(self) -> bool:
        return any(sheet.errors for sheet in self.sheets)

    @property
    def counts(self) -> Counter:
        """How many rows of all sheets would be created, updated and left unchanged."""
        return sum((Counter(sheet.counts) for sheet in self.sheets), Counter())

    def as_json(self) -> dict:
        """The document of `load --json`."""
        return {"applied": self.applied, "sheets": [sheet.as_json() for sheet in self.sheets]}


def sheet_plan(file: str, table: Table) -> SheetPlan:
    """The plan of a judged sheet; the rows of one with a faulty header are not judged."""
    plan = SheetPlan(
        file,
        table.sheet,
        table.kind.name,
        table.header.row,
        len(table.rows),
        skipped=table.skipped,
        errors=list(table.faults),
        note=table.note,
    )
    if table.faults:
        return plan
    plan.warnings = list(table.warnings)
    for row in table.rows:
        plan.warnings += row.warnings
        if row.fault:
            plan.errors.append(row.fault)
    plan.judged, plan.passed = table.rows, table.passed
    plan.counts = dict(Counter(row.status for row in table.rows if not row.fault))
    return plan

"""A batch as its page tells it: sheets, faults, and which of its planned rows are asked for."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Permission, may
from assessments.roster.standing import will_be_asked
from assessments.rules.models.years import Submission
from assessments.workbooks.batches.listed import CHANGES, FAULTS_A_PAGE, QUIET, FaultPage
from assessments.workbooks.kinds.declared import Persons
from assessments.workbooks.kinds.listed import every, title_of
from assessments.workbooks.layouts.hints import near_codes
from assessments.workbooks.layouts.waiting import questions, waits
from assessments.workbooks.loading.chips import Chips
from assessments.workbooks.loading.warned import ON_ROWS, WORDS, Warned, counted, in_words
from assessments.workbooks.models import PlannedRow, PlannedStatus, Upload
from assessments.workbooks.querysets import PlannedRowQuerySet
from assessments.workbooks.reorganizing.told import Told
from resolution03.lib.figures import whole
from resolution03.lib.paging import numbered
from resolution03.lib.phrases import Phrase
from resolution03.lib.workbooks.faults import UNDECIDED

COUNTED = ("created", "updated", "unchanged")
_UNREAD = {
    "hidden_sheet": _("not read: hidden"),
    "unreadable": _("not read: cannot be opened"),
    UNDECIDED: _("not read: nobody said what its columns are"),
}
_SIGNS = {
    PlannedStatus.CREATED: "plus-lg",
    PlannedStatus.UPDATED: "pencil",
    PlannedStatus.CONFLICT: "arrow-left-right",
    PlannedStatus.ABSENT: "dash-lg",
}


@dataclass(frozen=True, slots=True)
class Part:
    """A choice of rows by their status, with how many there are."""

    name: str
    label: Phrase
    count: int
    icon: str = ""


@dataclass(frozen=True)
class Batch:
    """The files of one batch, as one user sees them."""

    uploads: list[Upload]
    user: object

    @property
    def first(self) -> Upload:
        return self.uploads[0]

    @cached_property
    def sees_persons(self) -> bool:
        return may(self.user, Permission.VIEW_PERSONS)

    @cached_property
    def sheets(self) -> list[dict]:
        """The sheets of all files in order, each with its upload and its place in the list."""
        found = [(upload, sheet) for upload in self.uploads for sheet in upload.counts.get("sheets", ())]
        return [_sheet(upload, sheet, place) for place, (upload, sheet) in enumerate(found)]

    @property
    def is_of_persons(self) -> bool:
        of_persons = {kind.name for kind in every() if kind.is_of_persons}
        return bool(of_persons & {sheet["kind"] for sheet in self.sheets})

    @cached_property
    def totals(self) -> dict[str, int]:
        """Rows of what; `undecided`: how many answers are waited for."""
        files = [upload.counts.get("totals", {}) for upload in self.uploads]
        names = ("rows", "skipped", "errors", *COUNTED)
        found = {name: sum(counts.get(name, 0) for counts in files) for name in names}
        return found | {"undecided": sum(questions(sheet["note"]) for sheet in self.waiting)}

    @property
    def changes(self) -> int:
        return self.totals["created"] + self.totals["updated"]

    @property
    def asks_again(self) -> list[str]:
        """For which units and years the Board will have to say its word again, before it is stored."""
        asked = self.first.counts.get("asked", ())
        if not asked or self.first.applied_at:
            return []
        return [
            will_be_asked(row)
            for row in Submission.objects.visible_to(self.user).filter(pk__in=asked)
            if row.is_locked
        ]

    @property
    def is_unread(self) -> bool:
        """No sheet was recognized so far, though there are some."""
        return not self.totals["rows"] and any(
            sheet["note"].get("unknown") or sheet["note"].get("is_incomplete") for sheet in self.sheets
        )

    @property
    def waiting(self) -> list[dict]:
        """The sheets that wait for an answer; while there is one, nothing can be stored."""
        return [] if self.first.applied_at else [s for s in self.sheets if waits(s["note"])]

    @cached_property
    def reorganization(self) -> Told | None:
        """What becomes of bodies, where a sheet says so and nothing is wrong."""
        kept = self.first.counts.get("reorganization")
        return Told(kept) if kept and kept["bodies"] else None

    @property
    def left_behind(self) -> list[dict]:
        """What a plan places nowhere, by the body in which it stays, as long as that blocks it."""
        if self.first.choices.get("leaves") or self.first.applied_at:
            return []
        return self.first.counts.get("reorganization", {}).get("left_behind", [])

    @property
    def correct(self) -> int:
        return sum(self.totals[name] for name in COUNTED)

    @cached_property
    def faults(self) -> list[tuple[str, dict, dict]]:
        """(kind of sign, sheet, fault): all errors by sheet and row, then the warnings."""
        return [
            (kind, sheet, fault)
            for kind, name in (("error", "errors"), ("changed", "warnings"))
            for sheet in self.sheets
            for fault in sheet[name]
            if fault["code"] != UNDECIDED and (self.sees_persons or fault["column"] not in _names())
        ]

    @cached_property
    def rows(self) -> PlannedRowQuerySet:
        return PlannedRow.objects.visible_to(self.user).filter(upload__in=self.uploads)

    @cached_property
    def parts(self) -> list[Part]:
        """How many rows there are of each status and with each warning, counted in one statement."""
        found = self.rows.order_by().values_list("status", "warned").annotate(rows=Count("pk"))
        counts: Counter = Counter()
        for status, warned, rows in found:
            counts += Counter(dict.fromkeys((status, *warned.split()), rows))
        told = sum(counts[status] for status in PlannedStatus if status not in QUIET)
        return [
            Part(CHANGES, str(_("Everything that changes")), told),
            *(
                Part(status.value, status.label, counts[status], _SIGNS.get(status, ""))
                for status in PlannedStatus
                if counts[status]
            ),
            *(Part(code, str(WORDS[code]), counts[code], "eye") for code in ON_ROWS if counts[code]),
        ]

    @cached_property
    def warned(self) -> list[Warned]:
        """How many warnings there are of each kind."""
        return counted(fault["code"] for kind, _sheet, fault in self.faults if kind != "error")

    @cached_property
    def conflicts(self) -> dict[int, int]:
        """How many rows of each file wait for a decision, files without any left out."""
        return self._counted(PlannedStatus.CONFLICT)

    @property
    def returned(self) -> list[dict]:
        """Prepared workbooks that came back: how many rows are in conflict, how many of those are
        decided, and how many are not in the file."""
        absent = self._counted(PlannedStatus.ABSENT)
        return [
            {
                "file": upload,
                "waiting": self.conflicts.get(upload.pk, 0),
                "decided": len(upload.choices.get("conflicts", ())),
                "absent": absent.get(upload.pk, 0),
            }
            for upload in self.uploads
            if upload.prepared_id
        ]

    def _counted(self, status: str) -> dict[int, int]:
        rows = self.rows.filter(status=status).order_by()
        return dict(rows.values_list("upload").annotate(rows=Count("pk")))

    def fault_page(self, asked: str, code: str = "") -> "FaultPage":
        """Some of the faults; `code`: of those with it alone, where there are any."""
        narrowed = [found for found in self.faults if found[2]["code"] == code]
        number = whole(asked) or 1
        page = numbered(narrowed or self.faults, number, FAULTS_A_PAGE, name="faults", has_ends=True)
        unit = self.first.unit.code if self.first.unit else None
        rows = near_codes(page.rows, unit, sees_persons=self.sees_persons)
        return FaultPage(page, rows, bool(narrowed))

    def told(self, rows: Iterable[PlannedRow]) -> list[dict]:
        """Rows of the plan in words; names of persons only for who may see them."""
        files = {upload.pk: upload.file_name for upload in self.uploads}
        chips = Chips()
        return [self._told(row, files, chips) for row in rows]

    def _told(self, row: PlannedRow, files: Mapping[int, str], chips: Chips) -> dict:
        hides = not self.sees_persons and row.kind in {kind.name for kind in every() if kind.names_persons}
        status = PlannedStatus(row.status)
        return {
            "pk": row.pk,
            "upload": row.upload_id,
            "file": files[row.upload_id],
            "sheet": row.sheet,
            "number": row.number,
            "code": row.code,
            "label": "" if hides else row.label,
            "record": "" if hides else row.record,
            "place": "" if hides else row.place,
            "is_other_name": ON_ROWS[0] in row.warned,
            "warned": in_words(row.warned),
            "status": status.label,
            "is_in_conflict": status == PlannedStatus.CONFLICT,
            "icon": _SIGNS.get(status, ""),
            "changes": (changes := [c for c in row.changes if not hides or c[0] not in _names()]),
            "shown": chips.shown(row, changes),
            "note": row.note,
        }


def _names() -> set[str]:
    """The headings of names of persons that not all may see who see the sheet."""
    named = (kind.columns() for kind in every() if kind.persons == Persons.NAMED)
    return {columns.heading(columns.name_key) for columns in named if columns.name_key}


def _mendable(sheet: dict) -> list[dict]:
    return [fault for fault in sheet["errors"] if fault["code"] != UNDECIDED]


def _sheet(upload: Upload, sheet: dict, place: int) -> dict:
    counts = {name: sheet["counts"].get(name, 0) for name in COUNTED}
    about = {"label": _label(upload, sheet), "error_count": len(_mendable(sheet))}
    return {"note": {}} | about | sheet | counts | {"upload": upload, "place": place}


def _label(upload: Upload, sheet: dict) -> Phrase:
    """As what a sheet was read; of one that was not, why not."""
    note = sheet.get("note", {})
    if sheet["kind"]:
        return title_of(sheet["kind"])
    if note.get("skipped"):
        return _("not read: left out, as chosen")
    if waits(note) and not upload.applied_at:
        return _("waits for an answer")
    codes = {fault["code"] for name in ("errors", "warnings") for fault in sheet[name]}
    return next((words for code, words in _UNREAD.items() if code in codes), _("not read: holds no table"))

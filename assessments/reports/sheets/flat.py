"""The flat tables for those who make their own pivots: a row per year, unit, subject and state; one per
count."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from django.utils import translation
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from assessments.figures import board
from assessments.figures.indicators import over_states
from assessments.figures.judge import State, state_of
from assessments.reports.building import workbook
from assessments.reports.building.matter import Matter
from assessments.reports.offices.letterhead import letterhead
from assessments.reports.sheets import flat_counts
from assessments.reports.sheets.control import Control
from assessments.roster.keys import EXEMPT, UNRATED
from assessments.roster.models.tallies import Subject
from assessments.rules.models.years import RatingYear, Submission
from resolution03.lib.checksums import Strip
from resolution03.lib.xlsx import Book
from resolution03.lib.xlsx_cells import FORMATS, write

_COLUMNS = (
    ("Năm", 8, "code"),
    ("Mã đơn vị", 12, "text"),
    ("Đơn vị", 36, "text"),
    ("Đối tượng", 28, "text"),
    ("Mã mức, trạng thái", 20, "text"),
    ("Mức, trạng thái", 40, "text"),
    ("Số lượng", 11, "number"),
    ("Nguồn", 22, "text"),
    ("Bộ mức", 34, "text"),
    ("Tình trạng", 34, "text"),
)
_HOW_FINAL = {
    State.PROVISIONAL: "Tạm tính",
    State.REOPENED: "Tạm tính, đang mở lại",
    State.FINAL: "Đã khóa",
    State.REVISED: "Đã khóa, có sửa đổi",
    State.REPORTED: "Số tổng hợp",
}
_SUBJECTS = {
    Subject.GRASSROOTS: "Tổ chức cơ sở đảng",
    Subject.AFFILIATED: "Trực thuộc đảng ủy cơ sở",
    Subject.MEMBER: "Đảng viên",
    Subject.VILLAGE: "Thôn, tổ dân phố",
    Subject.HEAD: "Thôn trưởng",
    Subject.ADMISSION: "Kết nạp lũy kế nhiệm kỳ",
    Subject.TITLE: "Danh hiệu tiêu biểu",
}
_STATES = {
    UNRATED: "Chưa xếp loại",
    EXEMPT: "Miễn công tác, sinh hoạt",
    "total": "Tổng số",
    "without_cell": "Chưa có tổ chức đảng",
    "without_member": "Chưa có đảng viên",
    "blank_again_cell": "Tái trắng tổ chức đảng",
    "blank_again_member": "Tái trắng đảng viên",
    "shared_cell": "Sinh hoạt ghép",
    "at_risk": "Nguy cơ tái trắng",
    "member": "Là đảng viên",
    "not_member": "Chưa là đảng viên",
    "vacant": "Khuyết",
    "secretary": "Bí thư chi bộ kiêm",
    "probationary": "Là đảng viên dự bị",
    "term": "Trong tỉnh",
    "term_outside": "Ngoài tỉnh",
    Subject.GRASSROOTS: "Tổ chức cơ sở đảng",
    Subject.AFFILIATED: "Trực thuộc đảng ủy cơ sở",
}
_NAME = "Bảng số liệu"


@dataclass(frozen=True)
class Flat:
    """Every count of every year in the report's scope."""

    matter: Matter

    def rows(self) -> Iterator[tuple]:
        for held in self._held:
            counts = self._board.counts.get((held.year_id, held.unit_id), {})
            for subject, words in _SUBJECTS.items():
                reported = (held.year_id, held.unit_id, subject) in self._board.reported
                source = "Số tổng hợp đơn vị báo cáo" if reported else "Đếm từ danh sách"
                for key, name in self._names(held.year_id, subject):
                    if (subject, key) in counts:
                        yield (
                            held.year_id,
                            held.code,
                            held.name,
                            words,
                            key,
                            name,
                            counts[subject, key],
                            source,
                            self._schemes[held.year_id],
                            self._state(held),
                        )

    def _names(self, year: int, subject: str) -> Iterator[tuple[str, str]]:
        """The keys of a subject with their words, levels first and best first."""
        if subject in (Subject.GRASSROOTS, Subject.AFFILIATED, Subject.MEMBER):
            for level in self._board.rules[year].levels_of(Subject(subject).levels):
                yield level.code, level.name
        yield from _STATES.items()
        for one in over_states(subject, _STATES):
            yield one.cells.have, one.paper.column or str(one.label)

    def counts(self) -> Iterator[tuple]:
        """What offices counted, of every year in the scope."""
        states = {held.pk: self._state(held) for held in self._held}
        return flat_counts.rows(self.matter, self._held, states)

    @cached_property
    def _years(self) -> list[RatingYear]:
        return list(RatingYear.objects.select_related("scheme"))

    @cached_property
    def _board(self) -> board.Board:
        return board.board(self._years)

    @cached_property
    def _schemes(self) -> dict[int, str]:
        return {year.pk: year.scheme.name if year.scheme else "" for year in self._years}

    def _state(self, held: Submission) -> str:
        """How final the year is, and whether it was closed without this unit or others."""
        state, without = self._states[held.year_id]
        if not without:
            return state
        return f"{state}, đơn vị chưa đủ" if held.code in without else f"{state}, còn đơn vị khác chưa đủ"

    @cached_property
    def _states(self) -> dict[int, tuple[str, set[str]]]:
        return {
            year.pk: (_HOW_FINAL[state_of(year)], {unit["code"] for unit in year.closed_without})
            for year in self._years
        }

    @cached_property
    def _held(self) -> list[Submission]:
        held = Submission.objects.under(self.matter.scope)
        if self.matter.unit:
            held = held.filter(unit=self.matter.unit.unit)
        return list(held.order_by("year_id", "position", "pk"))


def build(matter: Matter) -> bytes:
    """A sheet with one real table, no merged cells, for all years of the scope, one such of what offices
    counted, and the control sheet."""
    with translation.override("vi"):
        book = Book(f"{_NAME}, {matter.unit.name}" if matter.unit else _NAME, matter.stamp)
        control, flat = Control(matter), Flat(matter)
        tables = (
            Table(_NAME, "SoLieu", _COLUMNS, list(flat.rows())),
            Table(flat_counts.NAME, flat_counts.TABLE, flat_counts.COLUMNS, list(flat.counts())),
        )
        for table in tables:
            table.write(book, book.add_sheet(table.sheet))
            table.vouch(control)
        control.write(book, letterhead(matter), workbook.code(matter, workbook.CONTROL_TAG))
        return book.finish()


@dataclass(frozen=True)
class Table:
    """One real table on a sheet of its own; `columns`: heading, width, format."""

    sheet: str
    name: str
    columns: tuple[tuple[str, int, str], ...]
    rows: list[tuple]

    def vouch(self, control: Control) -> None:
        """Each column by its checksum, and how many rows there are."""
        for col, (heading, _width, _fmt) in enumerate(self.columns):
            values = [row[col] for row in self.rows]
            control.add_strip(heading, Strip(self.sheet, xl_col_to_name(col), 1, [heading, *values]))
        control.add_count(Strip(self.sheet, "A", 2, [row[0] for row in self.rows] or [None]))

    def write(self, book: Book, sheet: Worksheet) -> None:
        """All rows, blank where nobody knows a number."""
        looks = {"code": {"num_format": "0"}, **FORMATS}
        for col, (_heading, width, fmt) in enumerate(self.columns):
            sheet.set_column(col, col, width, book.format(**looks[fmt]))
        for row, values in enumerate(self.rows, start=1):
            for col, (value, (_heading, _width, fmt)) in enumerate(zip(values, self.columns, strict=True)):
                if fmt == "text":
                    write(sheet, book, row, col, value, "text")
                elif value is not None:
                    sheet.write_number(row, col, value)
        _as_table(sheet, self)


def _as_table(sheet: Worksheet, table: Table) -> None:
    sheet.add_table(
        0,
        0,
        max(1, len(table.rows)),
        len(table.columns) - 1,
        {
            "name": table.name,
            "style": "Table Style Light 1",
            "columns": [{"header": heading} for heading, _width, _fmt in table.columns],
        },
    )
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)

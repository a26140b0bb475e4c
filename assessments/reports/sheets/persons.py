"""Lists of members: reports of their own, for those whose scope and role hold persons.

Tens of thousands of rows: each list is one statement and plain cells.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.utils import translation

from assessments.reports.building.matter import Matter
from assessments.reports.building.workbook import CONTROL_TAG, code
from assessments.reports.offices.letterhead import letterhead
from assessments.reports.sheets.control import Control
from assessments.roster.models.lines import MemberLine, OrganizationLine
from assessments.roster.models.movements import Movement, MovementKind
from assessments.roster.querysets import MemberLineQuerySet
from members.models import LeavingReason, Sex
from orgs.models import Organization
from resolution03.lib.checksums import Strip
from resolution03.lib.dates import Precision, written
from resolution03.lib.forms_xlsx import BODY, Form, FormColumn
from resolution03.lib.long_forms import write_long
from resolution03.lib.xlsx import Book

_PERSON = (
    FormColumn("tt", "TT", width=6),
    FormColumn("code", "Mã đảng viên", "text", 12),
    FormColumn("name", "Họ và tên", "text", 24),
    FormColumn("born", "Ngày sinh", "date", 11),
    FormColumn("sex", "Giới tính", "mark", 6),
    FormColumn("admitted", "Ngày kết nạp", "date", 11),
    FormColumn("official", "Ngày chính thức", "date", 11),
)
_PLACE = (
    FormColumn("cell", "Chi bộ", "text", 30),
    FormColumn("grassroots", "Tổ chức cơ sở đảng", "text", 30),
    FormColumn("unit", "Đơn vị", "text", 26),
)
_MEMBER = (
    "member__code",
    "member__full_name",
    "member__born_on",
    "member__born_precision",
    "member__sex",
    "member__admitted_on",
    "member__admitted_precision",
    "member__official_on",
    "member__official_precision",
)
_WHERE = ("cell_id", "grassroots_id", "unit_id")
_SEXES, _REASONS = dict(Sex.choices), dict(LeavingReason.choices)
_CHUNK = 2000
_CARE = (
    "Tài liệu có thông tin cá nhân: dùng đúng mục đích đã ghi, không sao chép, không chuyển cho người khác."
)


@dataclass(frozen=True)
class PersonList:
    """One list as it is declared: which lines, and what follows the person and the place."""

    tag: str
    name: str
    title: str
    lines: Callable[[Matter], QuerySet]
    columns: tuple[FormColumn, ...]
    fields: tuple[str, ...]
    tell: Callable[..., tuple]

    def build(self, matter: Matter) -> bytes:
        """The workbook; its last row of notes says how many the list holds."""
        with translation.override("vi"):
            title = f"{self.title}, NĂM {matter.year.pk}"
            book = Book(f"{title}, {matter.unit.name}" if matter.unit else title, matter.stamp)
            self._write(matter, title, book)
            return book.finish()

    def _write(self, matter: Matter, title: str, book: Book) -> None:
        form, head, control = self._form(matter, title), letterhead(matter), Control(matter)
        control.add(form, (), head)
        sheet, rows = book.add_sheet(form.name), self._rows(matter, self.lines(matter))
        count = write_long(form, rows, book, sheet, head, control.add_strip)
        form.notes = [f"Danh sách có {count} đảng viên." if count else "Không có trường hợp nào.", _CARE]
        control.add_strip("Ghi chú", form.notes_strip(head, BODY + count))
        control.add_count(Strip(form.name, "B", BODY + 1, [1] * count or [None]))
        form.closing = control.summary()
        form.write_below(book, sheet, head, BODY + count)
        control.write(book, head, code(matter, CONTROL_TAG))

    def _form(self, matter: Matter, title: str) -> Form:
        form = Form(
            name=self.name,
            number=f"Danh sách {self.tag}/{matter.mark}",
            title=title,
            unit_line="Đơn vị tính: đảng viên",
            columns=(*_PERSON, *_PLACE, *self.columns),
            rows=[],
            has_total=False,
        )
        form.code = code(matter, self.tag)
        return form

    def _rows(self, matter: Matter, lines: QuerySet) -> Iterator[tuple]:
        names = _Names(matter)
        found = lines.values_list(*_MEMBER, *_WHERE, *self.fields).iterator(chunk_size=_CHUNK)
        for number, row in enumerate(found, start=1):
            person, rest = row[: len(_MEMBER)], row[len(_MEMBER) :]
            yield (
                number,
                *_person(*person),
                *(names.of(place) for place in rest[:3]),
                *self.tell(*rest[3:]),
            )


@dataclass(frozen=True)
class _Names:
    """Names of cells, grassroots organizations and units, as of that year."""

    matter: Matter

    def of(self, organization: int | None) -> str | None:
        return self._names.get(organization)

    @cached_property
    def _names(self) -> dict[int | None, str]:
        scope, year = self.matter.scope, self.matter.year
        lines = OrganizationLine.objects.under(scope).filter(year=year).order_by()
        today = Organization.objects.under(scope).order_by()
        units = {place.id: place.name for place in self.matter.places}
        then = dict(lines.values_list("organization_id", "name"))
        return dict(today.values_list("pk", "name")) | then | units


def _person(code: str, name: str, born, born_as, sex, admitted, admitted_as, official, official_as) -> tuple:
    return (
        code,
        name,
        _day(born, born_as),
        _SEXES.get(sex),
        _day(admitted, admitted_as),
        _day(official, official_as),
    )


def _day(day: date | None, precision: str) -> date | str | None:
    """A date, or as much of one as is known."""
    return day if day is None or precision == Precision.DAY else written(day, precision)


def _mark(is_so: bool) -> str | None:
    return "x" if is_so else None


def _members(matter: Matter) -> MemberLineQuerySet:
    lines = MemberLine.objects.under(matter.scope).filter(year=matter.year)
    return (
        lines.named()
        .in_roster()
        .order_by(
            "unit__position", "unit_id", "grassroots__position", "cell__position", "member__sort_key", "pk"
        )
    )


def _not_rated(matter: Matter) -> QuerySet:
    return _members(matter).unrated()


def _moved(kind: MovementKind) -> Callable[[Matter], QuerySet]:
    def lines(matter: Matter) -> QuerySet:
        rows = Movement.objects.under(matter.scope).filter(
            year=matter.year, kind=kind, on__year=matter.year.pk
        )
        return rows.named().order_by("unit__position", "unit_id", "on", "member__sort_key", "pk")

    return lines


def _standing(is_probationary: bool, is_exempt: bool, level: str | None) -> tuple:
    return _mark(is_probationary), _mark(is_exempt), level


def _reason(is_exempt: bool, reason: str) -> tuple:
    return ("Miễn công tác, sinh hoạt" if is_exempt else reason or "Chưa ghi lý do",)


def _admission(in_province: bool) -> tuple:
    return ("Trong tỉnh" if in_province else "Ngoài tỉnh",)


def _leaving(on: date, reason: str) -> tuple[Any, ...]:
    return on, _REASONS.get(reason, "Chưa ghi lý do")


MEMBERS = PersonList(
    "ĐV",
    "Đảng viên",
    "DANH SÁCH ĐẢNG VIÊN",
    _members,
    (
        FormColumn("probationary", "Dự bị", "mark", 6),
        FormColumn("exempt", "Miễn SH", "mark", 6),
        FormColumn("level", "Mức xếp loại", "mark", 11),
    ),
    ("is_probationary", "is_exempt", "decided__code"),
    _standing,
)
NOT_RATED = PersonList(
    "CXL",
    "Chưa xếp loại",
    "DANH SÁCH ĐẢNG VIÊN CHƯA XẾP LOẠI VÀ LÝ DO",
    _not_rated,
    (FormColumn("reason", "Lý do", "text", 32),),
    ("is_exempt", "reason"),
    _reason,
)
ADMITTED = PersonList(
    "KN",
    "Kết nạp",
    "DANH SÁCH ĐẢNG VIÊN KẾT NẠP",
    _moved(MovementKind.ADMISSION),
    (FormColumn("where", "Nơi kết nạp", "text", 13),),
    ("in_province",),
    _admission,
)
LEFT = PersonList(
    "RA",
    "Ra khỏi đảng bộ",
    "DANH SÁCH ĐẢNG VIÊN RA KHỎI ĐẢNG BỘ",
    _moved(MovementKind.LEAVING),
    (FormColumn("on", "Từ ngày", "date", 11), FormColumn("why", "Lý do", "text", 16)),
    ("on", "leaving_reason"),
    _leaving,
)

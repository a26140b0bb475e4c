"""Form 06: what happened to organizations in the year, by day, with the decision's number; part B: to
villages."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from assessments.reports.building.matter import Matter
from assessments.reports.building.sources import Check, Sheet, Sources
from assessments.reports.sheets.events import Events
from assessments.reports.sheets.village_events import VillageEvents
from resolution03.lib.forms_xlsx import TOTAL, Form, FormColumn, FormRow


@dataclass(frozen=True)
class Part:
    """One part of the form: whose `events`, how it is headed."""

    events: type[Events] | type[VillageEvents]
    name: str
    number: str
    title: str
    column: str
    note: str


ORGANIZATIONS = Part(
    Events,
    name="06 Biến động",
    number="",
    title="TỔ CHỨC ĐẢNG",
    column="Tổ chức đảng",
    note="Từ ngày: ngày bắt đầu có hiệu lực; giải thể, sáp nhập: ngày đầu tiên không còn tính. Đổi loại "
    "hình: so danh sách cuối năm với cuối năm trước. Số quyết định chưa nhập thì để trống.",
)
VILLAGES = Part(
    VillageEvents,
    name="06B Thôn",
    number=", phần B",
    title="THÔN, TỔ DÂN PHỐ",
    column="Thôn, tổ dân phố",
    note="Từ ngày: ngày bắt đầu có hiệu lực; giải thể, sáp nhập, chia tách: ngày đầu tiên không còn tính. "
    "Thôn nhập vào thôn khác không tính là tái trắng. Số quyết định chưa nhập thì để trống.",
)


def build(part: Part, matter: Matter, sources: Sources) -> Form:
    """The form with one row a change."""
    rows = list(_rows(part, sources))
    return Form(
        name=part.name,
        number=f"Biểu số 06/{matter.mark}{part.number}",
        title=f"THAY ĐỔI VỀ {part.title}, NĂM {matter.year.pk}",
        unit_line="Sắp theo ngày",
        columns=_columns(part),
        rows=rows,
        notes=[part.note] if rows else ["Không có thay đổi nào.", part.note],
    )


def checks(part: Part, sources: Sources, form: Form) -> Iterator[Check]:
    """As many rows as changes."""
    yield Check(form, TOTAL, "what", "Số dòng của danh sách", len(sources.once(part.events).all))


def _columns(part: Part) -> tuple[FormColumn, ...]:
    return (
        FormColumn("tt", "TT", width=5),
        FormColumn("on", "Từ ngày", "date", 11),
        FormColumn("what", "Thay đổi", "text", 18, total="count"),
        FormColumn("code", "Mã", "text", 13),
        FormColumn("name", part.column, "text", 32),
        FormColumn("unit", "Đơn vị", "text", 24),
        FormColumn("before", "Trước", "text", 32),
        FormColumn("after", "Sau", "text", 32),
        FormColumn("decision", "Số quyết định", "text", 20),
    )


def _rows(part: Part, sources: Sources) -> Iterator[FormRow]:
    events = sources.once(part.events)
    for number, event in enumerate(events.all, start=1):
        about: Any = event.about
        told = {
            "tt": number,
            "code": about.code,
            "name": events.name_of(about),
            "unit": events.unit_name(about),
        }
        yield FormRow(
            number,
            told | {name: getattr(event, name) for name in ("on", "what", "before", "after", "decision")},
        )


SHEET = Sheet("changes", "B06", partial(build, ORGANIZATIONS), partial(checks, ORGANIZATIONS))
VILLAGE_SHEET = Sheet("village_changes", "B06B", partial(build, VILLAGES), partial(checks, VILLAGES))

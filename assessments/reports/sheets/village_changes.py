"""Form 06, part B: what happened to villages in the year, by day, with the decision's number."""

from collections.abc import Iterator

from assessments.reports.building.matter import Matter
from assessments.reports.building.sources import Check, Sheet, Sources
from assessments.reports.sheets.village_events import VillageEvents
from resolution03.lib.forms_xlsx import TOTAL, Form, FormColumn, FormRow

_COLUMNS = (
    FormColumn("tt", "TT", width=5),
    FormColumn("on", "Từ ngày", "date", 11),
    FormColumn("what", "Thay đổi", "text", 18, total="count"),
    FormColumn("code", "Mã", "text", 13),
    FormColumn("name", "Thôn, tổ dân phố", "text", 32),
    FormColumn("unit", "Đơn vị", "text", 24),
    FormColumn("before", "Trước", "text", 32),
    FormColumn("after", "Sau", "text", 32),
    FormColumn("decision", "Số quyết định", "text", 20),
)
_NOTE = (
    "Từ ngày: ngày bắt đầu có hiệu lực; giải thể, sáp nhập, chia tách: ngày đầu tiên không còn tính. Thôn "
    "nhập vào thôn khác không tính là tái trắng. Số quyết định chưa nhập thì để trống."
)


def build(matter: Matter, sources: Sources) -> Form:
    """The form with one row a change."""
    events = sources.once(VillageEvents)
    rows = [
        FormRow(
            number,
            {
                "tt": number,
                "on": event.on,
                "what": event.what,
                "code": event.village.code,
                "name": events.name_of(event.village),
                "unit": events.unit_name(event.village),
                "before": event.before,
                "after": event.after,
                "decision": event.decision,
            },
        )
        for number, event in enumerate(events.all, start=1)
    ]
    return Form(
        name="06B Thôn",
        number=f"Biểu số 06/{matter.mark}, phần B",
        title=f"THAY ĐỔI VỀ THÔN, TỔ DÂN PHỐ, NĂM {matter.year.pk}",
        unit_line="Sắp theo ngày",
        columns=_COLUMNS,
        rows=rows,
        notes=[_NOTE] if rows else ["Không có thay đổi nào.", _NOTE],
    )


def checks(sources: Sources, form: Form) -> Iterator[Check]:
    """As many rows as changes."""
    yield Check(form, TOTAL, "what", "Số dòng của danh sách", len(sources.once(VillageEvents).all))


SHEET = Sheet("village_changes", "B06B", build, checks)

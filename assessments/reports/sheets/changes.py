"""Form 06: what happened to organizations in the year, by day, with the decision's number."""

from collections.abc import Iterator

from assessments.reports.building.matter import Matter
from assessments.reports.building.sources import Check, Sheet, Sources
from assessments.reports.sheets.events import Events
from resolution03.lib.forms_xlsx import TOTAL, Form, FormColumn, FormRow

_COLUMNS = (
    FormColumn("tt", "TT", width=5),
    FormColumn("on", "Từ ngày", "date", 11),
    FormColumn("what", "Thay đổi", "text", 18, total="count"),
    FormColumn("code", "Mã", "text", 13),
    FormColumn("name", "Tổ chức đảng", "text", 32),
    FormColumn("unit", "Đơn vị", "text", 24),
    FormColumn("before", "Trước", "text", 32),
    FormColumn("after", "Sau", "text", 32),
    FormColumn("decision", "Số quyết định", "text", 20),
)


def build(matter: Matter, sources: Sources) -> Form:
    """The form with one row a change."""
    events = sources.once(Events)
    rows = [
        FormRow(
            number,
            {
                "tt": number,
                "on": event.on,
                "what": event.what,
                "code": event.organization.code,
                "name": events.name_of(event.organization),
                "unit": events.unit_name(event.organization),
                "before": event.before,
                "after": event.after,
                "decision": event.decision,
            },
        )
        for number, event in enumerate(events.all, start=1)
    ]
    notes = [
        "Từ ngày: ngày bắt đầu có hiệu lực; giải thể, sáp nhập: ngày đầu tiên không còn tính. Đổi loại "
        "hình: so danh sách cuối năm với cuối năm trước. Số quyết định chưa nhập thì để trống.",
    ]
    return Form(
        name="06 Biến động",
        number=f"Biểu số 06/{matter.mark}",
        title=f"THAY ĐỔI VỀ TỔ CHỨC ĐẢNG, NĂM {matter.year.pk}",
        unit_line="Sắp theo ngày",
        columns=_COLUMNS,
        rows=rows,
        notes=notes if rows else ["Không có thay đổi nào.", *notes],
    )


def checks(sources: Sources, form: Form) -> Iterator[Check]:
    """As many rows as changes."""
    yield Check(form, TOTAL, "what", "Số dòng của danh sách", len(sources.once(Events).all))


SHEET = Sheet("changes", "B06", build, checks)

"""The Steering Committee's report: one workbook in the Party's form, for the province or a unit."""

from django.utils import timezone, translation

from assessments.models import YearState
from assessments.reports import control, movements, targets, villages
from assessments.reports.kinds import KINDS, Builder
from assessments.reports.lists import Lists
from assessments.reports.matter import Matter
from resolution03.lib.forms_xlsx import Form, Letterhead
from resolution03.lib.xlsx import Book

_BOARD_SIGNS = ("K/T TRƯỞNG BAN", "PHÓ TRƯỞNG BAN")
_UNIT_SIGNS = ("T/M BAN THƯỜNG VỤ", "PHÓ BÍ THƯ")
_PARTY_BODY = "Đảng bộ tỉnh "


def build(matter: Matter) -> bytes:
    """The workbook's bytes. The form is Vietnamese whatever the reader's language."""
    with translation.override("vi"):
        forms = _forms(matter)
        title = f"Báo cáo Ban Chỉ đạo Nghị quyết 03-NQ/TU, năm {matter.year.pk}"
        book = Book(f"{title}, {matter.unit.name}" if matter.unit else title, matter.stamp)
        sheets = [book.add_sheet(form.name) for form in forms]
        head = _letterhead(matter)
        for form, sheet in zip(forms, sheets, strict=True):
            form.write_to(book, sheet, head)
        return book.finish()


def _forms(matter: Matter) -> list[Form]:
    """All forms in the order of the workbook."""
    builders = tuple(Builder(kind, matter) for kind in KINDS)
    kinds = {builder.kind.subject: (builder, builder.build()) for builder in builders}
    sources = targets.Sources(kinds, villages.build(matter), movements.build(matter))
    target_form = targets.build(matter, sources)
    by_unit = targets.build_by_unit(matter, sources)
    lists = Lists(matter, builders).build()
    found = control.checks(matter, target_form, by_unit, sources, lists)
    control_form = control.build(matter, found)
    forms = [
        target_form, by_unit, *(form for _builder, form in kinds.values()),
        sources.villages, sources.movements, *(listed.form for listed in lists), control_form,
    ]
    for number, form in enumerate(forms, start=1):
        form.code = _code(matter, number)
        form.closing = control.summary(control_form, found)
    return forms


def _code(matter: Matter, number: int) -> str:
    """`KT-2018-B01-L2`: whose, of which year, which form, of which closing of the year."""
    whose = matter.unit.code if matter.unit else matter.scope.code
    return f"Mã biểu: {whose}-{matter.year.pk}-B{number:02}-L{matter.year.revision}"


def _letterhead(matter: Matter) -> Letterhead:
    province = matter.year.province_name
    place = province.removeprefix(_PARTY_BODY) if province.startswith(_PARTY_BODY) else "……"
    day = timezone.localdate(matter.stamp)
    if matter.unit:
        body, signer = (province.upper(), matter.unit.name.upper()), _UNIT_SIGNS
        place = "……"
    else:
        office = f"TỈNH ỦY {place}" if province.startswith(_PARTY_BODY) else province
        body, signer = (office.upper(), "BAN TỔ CHỨC"), _BOARD_SIGNS
    return Letterhead(
        body, f"{place}, ngày {day:%d} tháng {day:%m} năm {day.year}", signer, _state(matter)
    )


def _state(matter: Matter) -> str:
    moment = timezone.localtime(matter.stamp)
    read = f"số liệu lúc {moment.hour} giờ {moment:%M}, ngày {moment:%d/%m/%Y}"
    year = matter.year
    roster = f"Danh sách tính đến ngày 31/12/{year.pk}; {read}"
    if year.state == YearState.REPORTED:
        return f"Số tổng hợp do các đơn vị báo cáo; {read}"
    if year.is_closed:
        return f"{roster}; năm {year.pk} đã khóa (lần {year.revision})"
    reopened = "đang mở lại để rà soát" if year.revision else "đang mở"
    return f"{roster}; năm {year.pk} {reopened}, SỐ TẠM TÍNH"

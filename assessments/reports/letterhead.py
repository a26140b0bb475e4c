"""What stands around every form: bodies, place and date, signer, and the state of the figures."""

from django.utils import timezone

from assessments.models import YearState
from assessments.reports.matter import Matter
from resolution03.lib.forms_xlsx import Letterhead

_BOARD_SIGNS = ("K/T TRƯỞNG BAN", "PHÓ TRƯỞNG BAN")
_UNIT_SIGNS = ("T/M BAN THƯỜNG VỤ", "PHÓ BÍ THƯ")
_PARTY_BODY = "Đảng bộ tỉnh "


def letterhead(matter: Matter) -> Letterhead:
    """The province's or the unit's."""
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
        body, f"{place}, ngày {day:%d} tháng {day:%m} năm {day.year}", signer, state(matter)
    )


def state(matter: Matter) -> str:
    """As of which day, read when, and whether the year is closed."""
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

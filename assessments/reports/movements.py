"""Form 05: admissions, arrivals and leavings by unit (DOMAIN §6, Biểu 05).

What nobody recorded is left blank, never 0.
"""

from collections import Counter
from collections.abc import Iterable

from assessments.models import Subject
from assessments.reports.matter import Matter, Place
from assessments.reports.sources import Sheet, Sources
from resolution03.lib.forms_xlsx import Form, FormColumn, FormRow, added

_IN, _OUT = "Tăng trong năm", "Ra khỏi đảng bộ trong năm"
_LEAVING = (
    ("expelled", "Khai trừ"), ("struck_off", "Xóa tên"), ("withdrew", "Xin ra"),
    ("died", "Từ trần"), ("transferred", "Chuyển đi"), ("left", "Chưa ghi lý do"),
)


def build(matter: Matter, sources: Sources) -> Form:
    """The form with one row a unit."""
    return Form(
        name="05 Kết nạp",
        number="Biểu số 05/NQ03",
        title=f"KẾT NẠP ĐẢNG VIÊN VÀ ĐẢNG VIÊN RA KHỎI ĐẢNG BỘ, NĂM {matter.year.pk}",
        unit_line="Đơn vị tính: đảng viên",
        columns=[*_columns(matter)],
        rows=[_row(matter, n, place) for n, place in enumerate(matter.places, start=1)],
        on_one_page=matter.fits_one_page,
        notes=[*_notes(matter)],
    )


def _columns(matter: Matter) -> Iterable[FormColumn]:
    yield FormColumn("tt", "TT", width=4)
    yield FormColumn("name", "Đơn vị", "text", 26)
    yield FormColumn("opening", "Có đầu kỳ", width=8, total="sum")
    yield FormColumn("admitted", "Kết nạp", group=_IN, width=8, total="sum")
    yield FormColumn("women", "Trong đó nữ", group=_IN, width=8, total="sum")
    yield FormColumn("arrived", "Chuyển đến, tiếp nhận", group=_IN, width=8, total="sum")
    for key, heading in _LEAVING:
        yield FormColumn(key, heading, group=_OUT, width=8, total="sum")
    yield added("leavings", "Cộng", [key for key, _heading in _LEAVING], group=_OUT, width=8)
    yield FormColumn(
        "moved", "Chuyển nội bộ, điều chỉnh", width=9, total="formula",
        formula='IF({opening}="","",{closing}-({opening}+{admitted}+{arrived}-{leavings}))',
        compute=_moved,
    )
    yield FormColumn("closing", "Có cuối kỳ", width=8, total="sum")
    yield FormColumn("term", _term_words(matter), group="Lũy kế nhiệm kỳ", width=11, total="sum")
    yield FormColumn(
        "term_outside", "Kết nạp ngoài tỉnh", group="Lũy kế nhiệm kỳ", width=9, total="sum"
    )


def _moved(values: dict) -> int | None:
    if values["opening"] is None:
        return None
    came, went = values["admitted"] + values["arrived"], values["leavings"]
    return (values["closing"] or 0) - (values["opening"] + came - went)


def _row(matter: Matter, number: int, place: Place) -> FormRow:
    values = {"tt": number, "name": place.name}
    if not matter.is_known(Subject.ADMISSION, place):
        return FormRow(place.id, values, is_blank=True)
    found = matter.movements.get(place.id, Counter())
    counts = matter.counts(place)
    values |= {key: found[key] for key in ("admitted", "women", "arrived")}
    values |= {key: found[key] for key, _heading in _LEAVING}
    values |= {key: counts.get((Subject.ADMISSION, key), 0) for key in ("term", "term_outside")}
    return FormRow(place.id, values | {
        "opening": matter.roster_before(place), "closing": matter.figure("members_well", place).roster,
    })


def _term_words(matter: Matter) -> str:
    term = matter.rules.term
    return f"Kết nạp trong tỉnh từ {term.starts_on:%d/%m/%Y}" if term else "Kết nạp trong tỉnh"


def _notes(matter: Matter) -> Iterable[str]:
    if matter.rules.term:
        term = matter.rules.term
        yield (
            f"Nhiệm kỳ {term.name}: từ {term.starts_on:%d/%m/%Y} đến {term.ends_on:%d/%m/%Y}; "
            "lũy kế gồm cả đảng viên kết nạp trong tỉnh sau đó đã ra khỏi đảng bộ."
        )
    yield (
        "Đưa ra khỏi Đảng là khai trừ và xóa tên. Chuyển nội bộ, điều chỉnh: chênh lệch giữa số có cuối "
        "kỳ và đầu kỳ + tăng − giảm; cột để trống khi năm trước không có danh sách."
    )


SHEET = Sheet("movements", "B05", build)

"""Form 04: villages, their cells and their heads, by unit (DOMAIN §6, Biểu 04)."""

from collections.abc import Iterable

from assessments.models import Subject
from assessments.reports.columns import goal, short_column
from assessments.reports.matter import Matter, Place
from assessments.reports.sources import Sheet, Sources
from resolution03.lib.figures import percent
from resolution03.lib.forms_xlsx import Form, FormColumn, FormRow, added, share

_STATES = (
    "total", "shared_cell", "without_cell", "blank_again_cell", "without_member",
    "blank_again_member", "at_risk",
)
_HEADS = ("member", "not_member", "probationary", "secretary", "vacant")
_CELLS, _HEAD = "Tổ chức đảng ở thôn", "Thôn trưởng, tổ trưởng tổ dân phố"


def build(matter: Matter, sources: Sources) -> Form:
    """The form with one row a unit."""
    return Form(
        name="04 Thôn",
        number="Biểu số 04/NQ03",
        title=f"TỔ CHỨC ĐẢNG Ở THÔN, TỔ DÂN PHỐ VÀ THÔN TRƯỞNG, TỔ TRƯỞNG TỔ DÂN PHỐ, NĂM {matter.year.pk}",
        unit_line="Đơn vị tính: thôn, tổ dân phố; người; tỷ lệ: %",
        columns=[*_columns(matter)],
        rows=[_row(matter, n, place) for n, place in enumerate(matter.places, start=1)],
        on_one_page=matter.fits_one_page,
        notes=[
            "Tái trắng: trước đó đã có. Nguy cơ: chi bộ riêng của thôn có từ ba đảng viên chính thức "
            "trở xuống. Thôn sinh hoạt ghép được tính là có tổ chức đảng.",
            "Thôn trưởng là đảng viên tính cả đảng viên dự bị; nơi khuyết không tính vào mẫu số.",
        ],
    )


def _columns(matter: Matter) -> Iterable[FormColumn]:
    yield FormColumn("tt", "TT", width=4)
    yield FormColumn("name", "Đơn vị", "text", 26)
    yield FormColumn("total", "Tổng số thôn, TDP", width=8, total="sum")
    yield FormColumn(
        "own_cell", "Có chi bộ riêng", group=_CELLS, width=8, total="formula",
        formula="{total}-{shared_cell}-{without_cell}",
        label="{total}-{shared_cell}-{without_cell}",
        compute=lambda v: v["total"] - v["shared_cell"] - v["without_cell"],
    )
    for key, heading in (
        ("shared_cell", "Sinh hoạt ghép"), ("without_cell", "Chưa có tổ chức đảng"),
        ("blank_again_cell", "Tái trắng tổ chức đảng"), ("without_member", "Chưa có đảng viên"),
        ("blank_again_member", "Tái trắng đảng viên"), ("at_risk", "Nguy cơ tái trắng"),
    ):
        yield FormColumn(key, heading, group=_CELLS, width=8.5, total="sum")
    yield added("in_post", "Đương nhiệm", ["member", "not_member"], group=_HEAD, width=8.5)
    yield FormColumn("member", "Là đảng viên", group=_HEAD, width=8, total="sum")
    yield share("member_share", "member", "in_post", percent, group=_HEAD, heading="Tỷ lệ (%)",
                width=8)
    yield FormColumn("not_member", "Chưa là đảng viên", group=_HEAD, width=8, total="sum")
    yield FormColumn("probationary", "Trong đó dự bị", group=_HEAD, width=8, total="sum")
    yield FormColumn("secretary", "Bí thư kiêm", group=_HEAD, width=8, total="sum")
    yield share("secretary_share", "secretary", "in_post", percent, group=_HEAD,
                heading="Tỷ lệ (%)", width=8)
    yield FormColumn("vacant", "Khuyết", group=_HEAD, width=7, total="sum")
    target = matter.rules.target("village_heads_members")
    if target and target.value is not None:
        yield short_column("short", "member", "in_post", target, f"So mục tiêu {goal(target)}")


def _row(matter: Matter, number: int, place: Place) -> FormRow:
    values = {"tt": number, "name": place.name}
    if not matter.is_known(Subject.VILLAGE, place):
        return FormRow(place.id, values, is_blank=True)
    counts = matter.counts(place)
    values |= {key: counts.get((Subject.VILLAGE, key), 0) for key in _STATES}
    values |= {key: counts.get((Subject.HEAD, key), 0) for key in _HEADS}
    return FormRow(place.id, values)


SHEET = Sheet("villages", "B04", build)

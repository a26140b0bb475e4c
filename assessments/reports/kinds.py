"""Forms 01 to 03: grassroots organizations, affiliated organizations, members."""

from assessments.models import Meaning, Subject
from assessments.reports.matter import Matter
from assessments.reports.rated import Builder, KindForm
from assessments.reports.sources import Sheet

KINDS: tuple[KindForm, ...] = (
    KindForm(
        "01", "01 TCCSĐ", Subject.GRASSROOTS,
        "KẾT QUẢ ĐÁNH GIÁ, XẾP LOẠI CHẤT LƯỢNG TỔ CHỨC CƠ SỞ ĐẢNG, NĂM {year}",
        "Đơn vị tính: tổ chức cơ sở đảng (TCCSĐ); tỷ lệ: %", "Tổng số TCCSĐ",
        (
            ("grassroots_strong", Meaning.STRONG, "Trong sạch, vững mạnh"),
            ("grassroots_exemplary", Meaning.EXEMPLARY, "Trong đó tiêu biểu"),
        ),
    ),
    KindForm(
        "02", "02 Trực thuộc", Subject.AFFILIATED,
        "KẾT QUẢ ĐÁNH GIÁ, XẾP LOẠI CHẤT LƯỢNG TỔ CHỨC ĐẢNG TRỰC THUỘC ĐẢNG ỦY CƠ SỞ, NĂM {year}",
        "Đơn vị tính: tổ chức đảng; tỷ lệ: %", "Tổng số tổ chức",
        (("affiliated_strong", Meaning.STRONG, "Trong sạch, vững mạnh"),),
    ),
    KindForm(
        "03", "03 Đảng viên", Subject.MEMBER,
        "KẾT QUẢ ĐÁNH GIÁ, XẾP LOẠI CHẤT LƯỢNG ĐẢNG VIÊN, NĂM {year}",
        "Đơn vị tính: đảng viên; tỷ lệ: %", "Tổng số đảng viên",
        (("members_well", Meaning.WELL, "Hoàn thành tốt nhiệm vụ trở lên"),),
    ),
)
_BY_SUBJECT = {kind.subject: kind for kind in KINDS}


def builder(matter: Matter, subject: str) -> Builder:
    """What makes the form of a subject."""
    return Builder(_BY_SUBJECT[subject], matter)


def _sheet(kind: KindForm) -> Sheet:
    return Sheet(
        kind.subject, f"B{kind.number}", lambda matter, sources: Builder(kind, matter).build()
    )


SHEETS = tuple(_sheet(kind) for kind in KINDS)

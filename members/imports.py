"""The workbooks of members and village heads: kinds of sheets and their columns."""

from members.models import LeavingReason, Sex
from resolution03.lib.workbooks.cells import CODE, DATE, LAST_DAY, MARK, choice, text
from resolution03.lib.workbooks.kinds import Column, Kind, Pair

NAME_ALIASES = ("Họ tên",)

VILLAGE_HEADS = Kind(
    "village_heads",
    "village",
    (
        Column("village", "Mã thôn", CODE, required=True),
        Column("full_name", "Họ và tên", text(120), required=True, aliases=NAME_ALIASES),
        Column("is_member", "Đảng viên", MARK),
        Column("member", "Mã đảng viên", CODE),
        Column("is_secretary", "Bí thư chi bộ", MARK),
        Column("starts_on", "Từ ngày", DATE, required=True),
        Column("ends_on", "Đến ngày", LAST_DAY, may_lie_ahead=True),
    ),
)

MEMBERS = Kind(
    "members",
    "code",
    (
        Column("code", "Mã đảng viên", CODE, required=True),
        Column("full_name", "Họ và tên", text(120), required=True, aliases=NAME_ALIASES),
        Column(
            "born_on",
            "Ngày sinh",
            DATE,
            aliases=("Ngày, tháng, năm sinh",),
            age_at="admitted_on",
            earliest=None,
        ),
        Column("sex", "Giới tính", choice({sex.label: sex.value for sex in Sex})),
        Column("admitted_on", "Ngày kết nạp", DATE, required=True, aliases=("Ngày vào Đảng",)),
        Column("admitted_outside", "Kết nạp ngoài tỉnh", MARK),
        Column("arrived_on", "Ngày chuyển đến", DATE),
        Column("official_on", "Ngày chính thức", DATE),
        Column("cell", "Mã chi bộ", CODE, required=True),
        Column("is_exempt", "Miễn sinh hoạt", MARK),
        Column("left_on", "Ngày ra khỏi tổ chức", DATE, may_lie_ahead=True),
        Column(
            "leaving_reason",
            "Lý do",
            choice({reason.label: reason.value for reason in LeavingReason}),
        ),
        Column("applies_on", "Áp dụng từ ngày", DATE),
    ),
    Pair((Sex.MALE.label, Sex.FEMALE.label), choice="sex", instead="born_on"),
)

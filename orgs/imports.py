"""The workbooks of organizations and villages: kinds of sheets and their columns."""

from orgs.models import Form, Level, VillageKind
from resolution03.lib.workbooks.cells import CODE, DATE, LAST_DAY, choice, text
from resolution03.lib.workbooks.kinds import Column, Kind

CODE_ALIASES = ("Mã số", "Mã tổ chức")

ORGANIZATIONS = Kind(
    "organizations",
    "code",
    (
        Column("code", "Mã", CODE, required=True, aliases=CODE_ALIASES),
        Column("name", "Tên tổ chức đảng", text(255), required=True),
        Column("parent", "Mã cấp trên", CODE),
        Column("level", "Cấp", choice({level.label: level.value for level in Level})),
        Column("form", "Hình thức", choice({form.label: form.value for form in Form}), required=True),
        Column("type_label", "Loại hình", text(120)),
        Column("established_on", "Ngày thành lập", DATE),
        Column("dissolved_on", "Ngày giải thể", DATE, may_lie_ahead=True),
        Column("merged_into", "Nhập vào", CODE),
        Column("applies_on", "Áp dụng từ ngày", DATE),
        Column("decision", "Số quyết định", text(120)),
    ),
)

VILLAGES = Kind(
    "villages",
    "code",
    (
        Column("code", "Mã thôn", CODE, required=True),
        Column("name", "Tên thôn, tổ dân phố", text(255), required=True),
        Column("kind", "Loại", choice({kind.label: kind.value for kind in VillageKind})),
        Column("committee", "Mã đảng bộ xã", CODE, required=True),
        Column("cell", "Mã chi bộ", CODE),
        Column("starts_on", "Từ ngày", DATE, earliest=None),
        Column("ends_on", "Đến ngày", LAST_DAY, may_lie_ahead=True),
        Column("merged_into", "Nhập vào", CODE),
        Column("applies_on", "Áp dụng từ ngày", DATE),
        Column("decision", "Số quyết định", text(120)),
    ),
)

REORGANIZATIONS = Kind(
    "reorganizations",
    "old",
    (
        Column("old", "Mã cũ", CODE, required=True),
        Column("old_name", "Tên cũ", text(255)),
        Column("new", "Mã mới", CODE, required=True),
        Column("name", "Tên mới", text(255)),
        Column("parent", "Mã cấp trên mới", CODE),
        Column("level", "Cấp mới", choice({level.label: level.value for level in Level})),
        Column("form", "Hình thức mới", choice({form.label: form.value for form in Form})),
        Column("on", "Ngày hiệu lực", DATE, required=True, may_lie_ahead=True),
        Column("decision", "Số quyết định", text(120), required=True),
    ),
)

"""The workbooks of ratings and reported totals, and all kinds that are taken."""

from assessments.roster.models.counts import OF_HALF, OF_YEAR, Period
from assessments.roster.models.tallies import RATED
from members.imports import MEMBERS, NAME_ALIASES, VILLAGE_HEADS
from orgs.imports import CODE_ALIASES, ORGANIZATIONS, REORGANIZATIONS, VILLAGES
from resolution03.lib.workbooks.cells import CODE, MARK, NUMBER, choice, text
from resolution03.lib.workbooks.kinds import Column, Kind

_LEVEL = text(120)
_LEVELS = (
    Column("self_rated", "Tự xếp loại", _LEVEL),
    Column("decided", "Mức xếp loại", _LEVEL),
)
_REASON = Column("reason", "Lý do chưa xếp loại", text(200))

ORGANIZATION_RATINGS = Kind(
    "organization_ratings",
    "code",
    (
        Column("year", "Năm", NUMBER, required=True),
        Column("code", "Mã", CODE, required=True, aliases=CODE_ALIASES),
        Column("name", "Tên tổ chức đảng", text(255)),
        *_LEVELS,
        Column("awarded", "Danh hiệu tiêu biểu", MARK),
        _REASON,
    ),
)

MEMBER_RATINGS = Kind(
    "member_ratings",
    "code",
    (
        Column("year", "Năm", NUMBER, required=True),
        Column("code", "Mã đảng viên", CODE, required=True),
        Column("name", "Họ và tên", text(120), aliases=NAME_ALIASES),
        *_LEVELS,
        _REASON,
    ),
)

REPORTED_TOTALS = Kind(
    "reported_totals",
    "code",
    (
        Column("year", "Năm", NUMBER, required=True),
        Column("code", "Mã", CODE, required=True, aliases=CODE_ALIASES),
        Column(
            "subject",
            "Đối tượng",
            choice({str(subject.label): subject.value for subject in RATED}),
            required=True,
        ),
        Column("level", "Mức xếp loại", _LEVEL, required=True),
        Column("count", "Số lượng", NUMBER, required=True, adds_up=True),
        Column("total", "Tổng số", NUMBER),
    ),
)

YEARLY_COUNTS = "yearly_counts"
PERIOD = choice(
    {OF_HALF: Period.HALF.value, OF_YEAR: Period.YEAR.value},
    also={
        **dict.fromkeys(("6T", "6 tháng đầu năm", "Sáu tháng", "Sáu tháng đầu năm"), Period.HALF.value),
        **dict.fromkeys(("Cả năm", "12 tháng"), Period.YEAR.value),
    },
    clears=False,
)
"""Up to when a row of counts counts."""
YEARLY_COUNTS_BY_ALL = (
    Column("year", "Năm", NUMBER, required=True),
    Column("period", "Kỳ", PERIOD, aliases=("Kỳ báo cáo", "Kỳ số liệu"), default=Period.YEAR.value),
    Column("code", "Mã", CODE, required=True, aliases=CODE_ALIASES),
    Column("name", "Tên tổ chức đảng", text(255)),
)
"""What every sheet of yearly counts has; the rest follows the Board's list (workbooks/kinds/counts.py)."""

KINDS = (
    ORGANIZATIONS,
    VILLAGES,
    VILLAGE_HEADS,
    MEMBERS,
    ORGANIZATION_RATINGS,
    MEMBER_RATINGS,
    REPORTED_TOTALS,
    REORGANIZATIONS,
)
"""All kinds whose columns are fixed: no count may be named as one of these columns is headed."""

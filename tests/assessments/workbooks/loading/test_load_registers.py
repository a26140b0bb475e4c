from datetime import date

import pytest

from members.models import Member, VillageHead
from orgs.models import AuditEntry, FormerName, Organization, Village
from tests.workbooks import (
    AFFILIATED,
    GRASSROOTS,
    HEADS,
    MEMBERS,
    ORGANIZATIONS,
    PROVINCE_SHEETS,
    UNIT,
    VILLAGES,
)


def rows(header, *added):
    return {"s": [header, *added]}


def test_a_province_in_any_order_and_again_changes_nothing(province):
    paths = dict(Organization.objects.values_list("code", "path"))
    assert paths["A.X1.1"].startswith(paths["A.X1"]) and paths["A"].startswith(paths["KT"])
    assert Organization.objects.get(code="A.X1.1").placements.get().starts_on is None
    entries = AuditEntry.objects.count()
    assert entries == 18 and AuditEntry.objects.filter(actor_name="thử nghiệm").count() == 18
    assert province.counts(PROVINCE_SHEETS) == {"unchanged": 18}
    assert AuditEntry.objects.count() == entries


def test_children_before_parents_and_over_two_sheets(loader):
    sheets = dict(reversed([(name, [s[0], *s[:0:-1]]) for name, s in PROVINCE_SHEETS.items()]))
    assert loader.counts(sheets) == {"created": 18}


def test_check_stores_nothing(loader):
    plan = loader(PROVINCE_SHEETS, check=True)
    assert not plan.applied and plan.counts == {"created": 18}
    assert not Organization.objects.exists()


def test_one_error_stores_nothing(loader):
    broken = PROVINCE_SHEETS | {"x": [VILLAGES, ["V", None, "Thôn", "A.X1"]]}
    assert loader.errors(broken) == [(2, "Tên thôn, tổ dân phố", "required")]
    assert not Organization.objects.exists()


@pytest.mark.parametrize(
    ("row", "error"),
    [
        (["N", "Mới", "KHONG", GRASSROOTS, "Đảng bộ"], ("Mã cấp trên", "unknown_code")),
        (["N", "Mới", "A.X1.1", AFFILIATED, "Chi bộ"], ("Mã cấp trên", "inconsistent")),
        (["N", "Mới", None, "Đảng bộ tỉnh", "Đảng bộ"], ("Mã cấp trên", "inconsistent")),
        (["N", "Mới", "N", AFFILIATED, "Đảng bộ"], ("Mã cấp trên", "inconsistent")),
        (["A", "Huyện A", "A.X1", UNIT, "Đảng bộ"], ("Mã cấp trên", "inconsistent")),
        (["N", "Mới", "A", AFFILIATED, "Đảng bộ"], ("Cấp", "inconsistent")),
        (["A.X1", "Xã A1", "A", GRASSROOTS, "Chi bộ"], ("Hình thức", "inconsistent")),
        (["A.X1.1", "Chi bộ 1", "A.X1", AFFILIATED, "Đảng bộ bộ phận"], ("Hình thức", "inconsistent")),
        (["N", "Mới", "A", GRASSROOTS, "Đảng bộ", None, 2015, "12/2014"], ("Ngày giải thể", "inconsistent")),
        (["N", "=A1", "A", GRASSROOTS, "Đảng bộ"], ("Tên tổ chức đảng", "formula")),
    ],
)
def test_faults_of_organizations(province, row, error):
    assert province.errors(rows(ORGANIZATIONS, row)) == [(2, *error)]


def test_a_loop_of_two_rows(province):
    assert province.errors(
        rows(
            ORGANIZATIONS,
            ["P", "P", "Q", AFFILIATED, "Đảng bộ"],
            ["Q", "Q", "P", AFFILIATED, "Đảng bộ"],
        )
    ) == [(2, "Mã cấp trên", "inconsistent"), (3, "Mã cấp trên", "inconsistent")]


def test_a_code_in_the_load_is_known_though_its_own_row_is_faulty(province):
    errors = province.errors(
        {
            "tc": [ORGANIZATIONS, ["N", None, "A", GRASSROOTS, "Chi bộ"]],
            "dv": [MEMBERS, ["M5", "A Năm", 2015, "N"]],
            "thieu": [VILLAGES[:3] + VILLAGES[4:], ["V9", "Thôn", None, None]],
            "tt": [HEADS, ["V9", "A Trưởng", None, None, None, 2015]],
        }
    )
    assert errors == [(2, "Tên tổ chức đảng", "required"), (1, "Mã đảng bộ xã", "missing_column")]


def test_duplicates_over_two_sheets_stand_at_the_later_row(loader):
    again = ["A.T1", "Thôn 1", "Thôn", "A.X1", "A.X1.1"]
    assert loader.errors(PROVINCE_SHEETS | {"lại": [VILLAGES, again, again]}) == [
        (2, "Mã thôn", "duplicate"),
        (3, "Mã thôn", "duplicate"),
    ]


def test_an_empty_cell_changes_nothing_and_the_word_clears(province):
    member = ["M1", "A Một", "1/2/2010", "A.X1.1", "1/3/2011", "5/2016", "Chuyển đi", "x"]
    assert province.counts(rows(MEMBERS, member)) == {"updated": 1}
    assert province.counts(rows(MEMBERS, ["M1", "A Một", "1/2/2010", "A.X1.1"])) == {"unchanged": 1}
    stored = Member.objects.get(code="M1")
    assert (stored.left_on, stored.left_precision) == (date(2016, 5, 1), "m")
    assert stored.leaving_reason == "transferred" and stored.is_exempt
    cleared = [*member[:5], "xóa", "Xoá", "-"]
    assert province.counts(rows(MEMBERS, cleared)) == {"updated": 1}
    stored = Member.objects.get(code="M1")
    assert (stored.left_on, stored.leaving_reason, stored.is_exempt) == (None, "", False)
    assert stored.official_on == date(2011, 3, 1)


def test_a_move_on_a_day_and_a_correction(province):
    moved = ["M1", "A Một", "1/2/2010", "A.X1.2", *[None] * 4, "1/7/2018"]
    assert province.counts(rows(MEMBERS, moved)) == {"updated": 1}
    assert province.counts(rows(MEMBERS, moved)) == {"unchanged": 1}
    assert province.counts(rows(MEMBERS, ["M1", "A Một", "1/2/2010", "B.X1.1"])) == {"updated": 1}
    stretches = Member.objects.get(code="M1").memberships.values_list("cell__code", "starts_on", "ends_on")
    assert list(stretches) == [("A.X1.1", None, date(2018, 7, 1)), ("B.X1.1", date(2018, 7, 1), None)]
    early = ["M1", "A Một", "1/2/2010", "A.X1.1", *[None] * 4, "1/7/2017"]
    assert province.errors(rows(MEMBERS, early)) == [(2, "Áp dụng từ ngày", "inconsistent")]


def moves(day, decision, parent, level, cell):
    organization = ["A.X1.1", "Chi bộ 1", parent, level, "Chi bộ", *[None] * 3, day, decision]
    member = ["M1", "A Một", "1/2/2010", cell, *[None] * 4, day]
    return {"o": [ORGANIZATIONS, organization], "m": [MEMBERS, member]}


def test_moves_loaded_again_after_later_ones_change_nothing(province):
    first = moves("1/7/2018", "QĐ 1", "B", GRASSROOTS, "B.X1.1")
    later = moves("1/7/2019", "QĐ 2", "B.X1", AFFILIATED, "A.X1.1")
    assert [province.counts(sheets) for sheets in (first, later)] == [{"updated": 2}] * 2
    assert [province.counts(sheets) for sheets in (first, later)] == [{"unchanged": 2}] * 2
    placement = Organization.objects.get(code="A.X1.1").placements.last()
    assert (placement.parent.code, placement.decision) == ("B.X1", "QĐ 2")
    renamed = ["M1", "A Mốt", "1/2/2010", "B.X1.1", *[None] * 4, "1/7/2018"]
    assert province.errors(rows(MEMBERS, renamed)) == [(2, "Áp dụng từ ngày", "inconsistent")]


def test_a_new_code_with_a_day_from_which_it_applies_is_a_new_code(province):
    """The day says nothing of what was never otherwise."""
    row = ["A.X9", "Xã A9", "A", GRASSROOTS, "Đảng bộ", None, None, None, "1/7/2018"]
    member = ["N9", "A Mới", "1/2/2010", "A.X1.1", *[None] * 4, "1/7/2018"]
    assert province.counts(rows(ORGANIZATIONS, row) | {"dv": [MEMBERS, member]}) == {"created": 2}


def test_an_organization_moves_with_all_below_it_and_keeps_its_former_name(province):
    row = ["A.X1", "Xã A1 mới", "B", GRASSROOTS, "Đảng bộ", None, None, None, "1/1/2019", "QĐ 5"]
    assert province.counts(rows(ORGANIZATIONS, row)) == {"updated": 1}
    assert province.counts(rows(ORGANIZATIONS, row)) == {"unchanged": 1}
    paths = dict(Organization.objects.values_list("code", "path"))
    assert paths["A.X1.1"].startswith(paths["B"])
    last = Organization.objects.get(code="A.X1").placements.last()
    assert (last.parent.code, last.starts_on, last.decision) == ("B", date(2019, 1, 1), "QĐ 5")
    former = FormerName.objects.get()
    assert (former.name, former.until) == ("Xã A1", date(2019, 1, 1))


@pytest.mark.parametrize(
    ("row", "error"),
    [
        (["M5", "A Năm", 2015, "A.X1"], ("Mã chi bộ", "inconsistent")),
        (["M5", "A Năm", 2015, "KHONG"], ("Mã chi bộ", "unknown_code")),
        (["M5", "A Năm", "5/2015", "A.X1.1", "4/2015"], ("Ngày chính thức", "inconsistent")),
        (["M5", "A Năm", "5/2015", "A.X1.1", None, 2015], ("Ngày ra khỏi tổ chức", "inconsistent")),
        (["M5", "A Năm", None, "A.X1.1"], ("Ngày kết nạp", "required")),
        (["M5", "xoá", 2015, "A.X1.1"], ("Họ và tên", "required")),
        (["M5", "A Năm", 2015, "A.X1.1", None, 2016, "Nghỉ hưu"], ("Lý do", "bad_choice")),
    ],
)
def test_faults_of_members(province, row, error):
    assert province.errors(rows(MEMBERS, row)) == [(2, *error)]


def test_warnings_of_members_store_all_the_same(province):
    founded = ["A.X1.2", "Chi bộ 2", "A.X1", AFFILIATED, "Chi bộ", None, 2016]
    plan = province(
        {
            "tc": [ORGANIZATIONS, founded],
            "dv": [MEMBERS, ["M5", "A Năm", "5/2015", "A.X1.2", "4/2016"]],
        }
    )
    assert plan.applied
    assert [(w.row, w.column, w.code) for w in plan.sheets[1].warnings] == [
        (2, "Ngày chính thức", "early_official"),
        (2, "Ngày kết nạp", "before_cell"),
    ]


@pytest.mark.parametrize(
    ("row", "error"),
    [
        (["V", "Thôn", "Thôn", "A.X1.1"], ("Mã đảng bộ xã", "inconsistent")),
        (["V", "Thôn", "Thôn", "A.X1", "A.X2"], ("Mã chi bộ", "inconsistent")),
        (["V", "Thôn", "Thôn", "A.X1", "KHONG"], ("Mã chi bộ", "unknown_code")),
        (["V", "Thôn", "Khu vực", "A.X1"], ("Loại", "bad_choice")),
        (["V", "Thôn", "Thôn", "A.X1", None, "3/2010", "2/2010"], ("Đến ngày", "inconsistent")),
    ],
)
def test_faults_of_villages(province, row, error):
    assert province.errors(rows(VILLAGES, row)) == [(2, *error)]


def test_a_village_loses_its_cell_and_ends_on_the_last_day_of_a_month(province):
    row = ["A.T1", "Thôn 1", "Thôn", "A.X1", "xoá", None, "2/2016"]
    assert province.counts(rows(VILLAGES, row)) == {"updated": 1}
    village = Village.objects.get(code="A.T1")
    assert (village.cell, village.ends_on) == (None, date(2016, 2, 29))
    assert village.coverages.get().cell is None


@pytest.mark.parametrize(
    ("added", "error"),
    [
        ([["A.T1", "B", None, None, None, "1/1/2016"]], (2, "Từ ngày", "inconsistent")),
        ([["A.T1", "B", None, None, None, "1/1/2014", "2/1/2015"]], (2, "Từ ngày", "inconsistent")),
        ([["A.T2", "B", None, None, None, "1/1/2016"]], (2, "Từ ngày", "inconsistent")),
        ([["A.T2", "B", None, None, None, "2/1/2017", "1/1/2017"]], (2, "Đến ngày", "inconsistent")),
        (
            [["B.T1", "B", None, None, None, 2015, 2016], ["B.T1", "C", None, None, None, "6/2016"]],
            (3, "Từ ngày", "inconsistent"),
        ),
        ([["A.T1", "B", None, "M77", None, 2016]], (2, "Mã đảng viên", "unknown_code")),
        ([["KHONG", "B", None, None, None, 2016]], (2, "Mã thôn", "unknown_code")),
        (
            [["B.T1", "B", None, None, None, 2016], ["B.T1", "C", None, None, None, "1/1/2016"]],
            (3, "Mã thôn", "duplicate"),
        ),
    ],
)
def test_faults_of_heads(province, added, error):
    assert province.errors(rows(HEADS, *added)) == [error]


def test_a_successor_may_start_on_the_last_day(province):
    assert province.counts(
        rows(
            HEADS,
            ["A.T1", "A Một", "x", "M1", "x", "1/1/2015", "30/6/2017"],
            ["A.T1", "Y Mới", None, None, None, "30/6/2017"],
        )
    ) == {"updated": 1, "created": 1}
    assert VillageHead.objects.filter(village__code="A.T1").count() == 2


def test_a_mark_that_differs_from_the_members_dates_is_a_warning(province):
    plan = province(rows(HEADS, ["B.T1", "Y Chín", "x", "M9", None, "1/1/2011"]))
    assert plan.applied
    assert [(w.row, w.column, w.code) for w in plan.sheets[0].warnings] == [(2, "Đảng viên", "mark_differs")]


@pytest.mark.parametrize(
    ("sheet", "error"),
    [
        (rows(ORGANIZATIONS, ["B.X2", "Xã", "B", GRASSROOTS, "Đảng bộ"]), ("Mã", "outside_unit")),
        (rows(ORGANIZATIONS, ["A.X1", "Xã A1", "B", GRASSROOTS, "Đảng bộ"]), ("Mã", "outside_unit")),
        (rows(VILLAGES, ["B.T1", "Thôn B", "Thôn", "B.X1", "B.X1.1"]), ("Mã đảng bộ xã", "outside_unit")),
        (rows(HEADS, ["B.T1", "B", None, None, None, 2016]), ("Mã thôn", "outside_unit")),
        (rows(MEMBERS, ["M9", "Y Chín", 2012, "B.X1.1"]), ("Mã chi bộ", "outside_unit")),
        (rows(MEMBERS, ["M9", "Y Chín", 2012, "A.X1.1"]), ("Mã chi bộ", "outside_unit")),
    ],
)
def test_rows_outside_the_unit(province, sheet, error):
    assert province.errors(sheet, unit="A") == [(2, *error)]


def test_the_unit_itself_is_inside(province):
    assert province.counts(rows(ORGANIZATIONS, ["A", "Huyện A mới", "KT", UNIT, "Đảng bộ"]), unit="A") == {
        "updated": 1
    }


def test_for_an_officer_what_is_outside_is_not_there(province):
    assert province.errors(rows(VILLAGES, ["V", "Thôn", "Thôn", "A.X1", "B.X1.1"]), unit="A", hides=True) == [
        (2, "Mã chi bộ", "unknown_code")
    ]
    assert province.errors(rows(HEADS, ["A.T2", "B", None, "M9", None, 2018]), unit="A", hides=True) == [
        (2, "Mã đảng viên", "unknown_code")
    ]


def test_who_holds_a_village_keeps_its_form(province):
    """A cell that covers one, a committee to which one belongs; unless the same load moves it."""
    moved = {"dv": [MEMBERS, ["M3", "A Ba", 2012, "A.X1.1", None, None, None, None, "1/1/2020"]]}
    no_cell = {"tc": [ORGANIZATIONS, ["A.X1.2", "Chi bộ 2", "A.X1", AFFILIATED, "Đảng bộ bộ phận"]]}
    away = {"thon": [VILLAGES, ["A.T2", "Thôn 2", "Làng", "A.X1", "A.X1.1"]]}
    assert province.errors(moved | no_cell) == [(2, "Hình thức", "inconsistent")]
    assert province.errors(moved | no_cell | away) == []
    province({
        "tc": [ORGANIZATIONS, ["A.X9", "Xã A9", "A", GRASSROOTS, "Đảng bộ"]],
        "thon": [VILLAGES, ["A.T9", "Thôn 9", "Thôn", "A.X9", "A.X1.1"]],
    })  # fmt: skip
    cell = {"tc": [ORGANIZATIONS, ["A.X9", "Xã A9", "A", GRASSROOTS, "Chi bộ"]]}
    assert province.errors(cell) == [(2, "Hình thức", "inconsistent")]

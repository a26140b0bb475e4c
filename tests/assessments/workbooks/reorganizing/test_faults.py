"""A bad plan: one message a row that says where and what would be right; nothing is stored."""

from orgs.models import Organization
from tests.assessments.workbooks.reorganizing.plans import (
    AFFILIATED,
    CELL,
    COMMITTEE,
    GRASSROOTS,
    JULY,
    UNIT,
    new_unit,
    plan,
    row,
)
from tests.workbooks import ORGANIZATIONS

FAULTS = [
    ([row("KHONG", "A")], [(2, "Mã cũ", "unknown_code")]),
    ([row("A.X1", "M")], [(2, "Tên mới", "required")]),
    ([row("A.X1", "M", "Xã M", "KT", UNIT)], [(2, "Hình thức mới", "required")]),
    ([row("A.X1", "M", "Xã M", None, UNIT, COMMITTEE)], [(2, "Mã cấp trên mới", "required")]),
    ([row("A.X1", "M", "Xã M", "KT", None, COMMITTEE)], [(2, "Cấp mới", "required")]),
    ([row("A.X1", "m n", "Xã M", "KT", UNIT, COMMITTEE)], [(2, "Mã mới", "bad_code")]),
    ([row("A.X1", "M", "Xã M", "KHONG", UNIT, COMMITTEE)], [(2, "Mã cấp trên mới", "unknown_code")]),
    ([row("A.X1", "A.X1", None, "A.X1.1")], [(2, "Mã cấp trên mới", "inconsistent")]),
    ([row("A", "A", None, "A.X1")], [(2, "Mã cấp trên mới", "inconsistent")]),
    ([row("A.X2", "A.X2", None, "B.X1.1")], [(2, "Mã cấp trên mới", "inconsistent")]),
    ([row("A.X1", "A.X1", None, "B"), row("B", "KT")], [(2, "Mã cấp trên mới", "inconsistent")]),
    ([row("A.X1", "A.X1", "Mới"), row("A", "KT")], [(2, "Mã cấp trên mới", "inconsistent")]),
    ([row("A.X1", "A.X1", None, "KT", AFFILIATED)], [(2, "Cấp mới", "inconsistent")]),
    ([row("A.X1", "A.X1", None, "B", UNIT)], [(2, "Cấp mới", "inconsistent")]),
    ([row("A.X1", "A.X1", None, "KT")], [(2, "Cấp mới", "required")]),
    ([row("A.X1", "A.X2"), row("A.X2", "B.X1")], [(2, "Mã mới", "inconsistent")]),
    ([row("A.X1.1", "B.X1")], [(2, "Mã mới", "inconsistent")]),
    ([row("A.X1", "B.X1.1")], [(2, "Mã mới", "inconsistent")]),
    ([row("A.X1.1", "A.X1")], [(2, "Mã mới", "inconsistent")]),
    ([row("A.X1", "A.X1.1")], [(2, "Mã mới", "inconsistent")]),
    ([row("KT", "A")], [(2, "Mã mới", "inconsistent")]),
    ([row("A.X1", "A.X1", form=CELL)], [(2, "Mã mới", "inconsistent")]),
    ([row("A.X1.1", "A.X1.1", form=COMMITTEE)], [(2, "Mã mới", "inconsistent")]),
    ([row("A.X2", "A.X1"), row("A.X2", "B.X1")], [(3, "Mã cũ", "duplicate")]),
    ([row("A.X2", "A.X1", on=None)], [(2, "Ngày hiệu lực", "required")]),
    ([row("A.X2", "A.X1", on="31/2/2025")], [(2, "Ngày hiệu lực", "bad_date")]),
    ([row("A.X2", "A.X1", decision=None)], [(2, "Số quyết định", "required")]),
    ([row("A.X2", "A.X1", level="Huyện")], [(2, "Cấp mới", "bad_choice")]),
    ([new_unit("A.X1"), new_unit("A.X2", on="2/7/2025")], [(3, "Mã mới", "inconsistent")]),
    (
        [new_unit("A.X1"), row("A.X2", "M", "Tên khác", None, None, None)],
        [(3, "Tên mới", "inconsistent")],
    ),
    ([row("A.X1", "A.X1", None, "A.X1")], [(2, "Mã cấp trên mới", "inconsistent")]),
]


def test_faults(province):
    before = set(Organization.objects.values_list("code", "path", "dissolved_on"))
    found = [province.errors(plan(*rows)) for rows, _errors in FAULTS]
    assert found == [errors for _rows, errors in FAULTS]
    assert set(Organization.objects.values_list("code", "path", "dissolved_on")) == before


def test_an_old_body_that_ended_before(province):
    province({"tc": [ORGANIZATIONS, ["A.X2", "Xã A2", "A", GRASSROOTS, COMMITTEE, None, None, "1/1/2025"]]})
    assert province.errors(plan(row("A.X2", "A.X1"))) == [(2, "Mã mới", "inconsistent")]
    assert province.errors(plan(row("A.X1", "A.X2"))) == [(2, "Mã mới", "inconsistent")]
    assert province.errors(plan(row("A.X1", "A.X1", None, "A.X2"))) == [
        (2, "Mã cấp trên mới", "inconsistent")
    ]


def test_a_day_before_the_latest_change(province):
    province(plan(row("A.X2", "A.X2", None, "B", on="1/9/2025")))
    assert province.errors(plan(row("A.X2", "A.X2", None, "A"))) == [(2, "Mã mới", "inconsistent")]
    province(plan(row("A.X1", "A.X1", "Tên mới", on="1/9/2025")))
    assert province.errors(plan(row("A.X1", "A.X1", "Tên khác"))) == [(2, "Mã mới", "inconsistent")]


def test_another_name_is_told(province):
    done = province(plan(row("A.X2", "A.X1", old_name="Xã Khác")), check=True)
    assert [(one.row, one.column, one.code) for one in done.sheets[0].warnings] == [
        (2, "Tên cũ", "name_differs")
    ]
    assert not province(plan(row("A.X2", "A.X1", old_name="XÃ A2")), check=True).sheets[0].warnings


def test_one_fault_stores_nothing_of_any_sheet(province):
    found = {"tc": [ORGANIZATIONS, ["N", "Chi bộ N", "A.X2", AFFILIATED, CELL]]}
    assert province.errors(plan(*JULY, row("KHONG", "M"), **found)) == [(5, "Mã cũ", "unknown_code")]
    assert not Organization.objects.filter(code__in=("M", "N")).exists()


def test_a_load_limited_to_a_unit_reaches_no_other(province):
    assert province.errors(plan(row("B.X1", "B.X1", "Mới")), unit="A") == [(2, "Mã cũ", "outside_unit")]
    assert province.errors(plan(row("A.X1", "B.X1")), unit="A") == [(2, "Mã mới", "outside_unit")]
    assert province.errors(plan(row("B.X1", "B.X1", "Mới")), unit="A", hides=True) == [
        (2, "Mã cũ", "unknown_code")
    ]
    assert province.errors(plan(row("A.X1", "A.X1", "Mới")), unit="A") == []


def test_a_name_in_capitals_alone_renames_nothing(province):
    assert province.counts(plan(row("A.X2", "A.X2", "XÃ A2"))) == {"unchanged": 1}


def test_a_unit_is_not_reorganized_by_its_own_load(province):
    renamed = plan(row("A", "A", "Mới"))
    assert province.errors(renamed, unit="A", hides=True) == [(2, "Mã cũ", "outside_unit")]
    assert province.errors(renamed, unit="A") == []

"""What a new code may be made of: one rule for page, grid and workbook; codes in use stay."""

import pytest
from django.urls import reverse

from accounts.actors import Actor
from accounts.models import Role
from members.models import Member
from orgs.models import Organization, Village
from resolution03.lib.codes import fault_of_new, fault_of_number, lookalike
from resolution03.lib.text import clean, code
from tests import factories
from tests.assessments.loads import Loader
from tests.assessments.registers.test_registers import DECIDED

GOOD = ("A", "Đ1", "KR.X01.01", "ZZ_0005.A-1", "007", "A" * 60, "1")
BAD = (
    "",
    "A/B",
    "-A",
    ".A",
    "_A",
    "A B",
    "A" * 61,
    "A?",
    "A#",
    "A%41",
    "É1",
    "А1",
    "Ω",
    "A\\B",
    "A:B",
    "=A",
    "Ð1",
)
UNSEEN = "\ufeff\u200b\u00ad\u2060\u200e\u202e\u180e\ufe0f\x00\x07\ud800\U000e0041\u034f"
MEMBERS = ("Mã đảng viên", "Họ và tên", "Ngày kết nạp", "Mã chi bộ")
VILLAGES = ("Mã thôn", "Tên thôn, tổ dân phố", "Mã đảng bộ xã")
TREE = ("Mã", "Tên tổ chức đảng", "Mã cấp trên", "Cấp", "Hình thức")


@pytest.mark.once
def test_a_new_code():
    assert [one for one in GOOD if fault_of_new(one)] == []
    assert [one for one in BAD if not fault_of_new(one)] == []


@pytest.mark.once
def test_a_number_that_excel_has_cut_is_no_code():
    assert [n for n in (7, 7.0, 999032320001885, 0) if fault_of_number(n)] == []
    lost = (1.5, 1.5e-5, 1e15, 1234567890123456, 12345678901234569216, float("inf"), float("nan"))
    assert [n for n in lost if not fault_of_number(n)] == []


@pytest.mark.once
def test_what_nobody_sees_and_what_excel_puts_before_a_text_is_no_part_of_it():
    assert code(f"{UNSEEN}k{UNSEEN}r.c01\u00a0{UNSEEN}") == "KR.C01"
    assert clean(f"’ Nguyễn{UNSEEN}  Thị\u00a0Thử'") == "Nguyễn Thị Thử'"
    assert clean("'12/05/1980") == "12/05/1980" and code("'kr.c01") == "KR.C01"
    assert clean("Trần Văn ɖoàn, A Ɖăng Ðức") == "Trần Văn đoàn, A Đăng Đức"
    assert clean("K'Bang 'xã'") == "K'Bang 'xã'" and clean("'") == clean("") == ""


@pytest.mark.once
def test_a_letter_that_only_looks_like_ours_is_named_with_its_place():
    told = lookalike("KR.С01", {"KR.C01"}.__contains__)
    assert "“С”" in told and "4" in told and told.endswith("KR.C01")
    assert not lookalike("KR.Z99", {"KR.C01"}.__contains__)
    assert "KR.C01" not in lookalike("KR.С01", {"B.C01"}.__contains__)


@pytest.fixture
def at(world):
    """An organization, a village and a member whose codes no new one may have."""
    world.alpha.village.code = world.alpha.members[0].code = world.alpha.cells[1].code = "A/B  1"
    for row in (world.alpha.village, world.alpha.members[0], world.alpha.cells[1]):
        row.save()
    return world


def test_a_workbook_creates_no_odd_code_and_keeps_those_in_use(at, tmp_path):
    load = Loader(tmp_path)
    new = {
        "ĐV": [MEMBERS, *((one, "A Mới", 2010, "A.X01.1") for one in BAD[1:])],
        "T": [VILLAGES, *((one, "Thôn mới", "A.X01") for one in BAD[1:])],
        "TC": [TREE, *((one, "Mới", "A.X01", "Trực thuộc đảng uỷ cơ sở", "Chi bộ") for one in BAD[1:])],
    }
    found = load.errors(new)
    assert {code for _row, _column, code in found} <= {"bad_code", "formula"}
    assert len(found) == 3 * len(BAD[1:])
    assert {column for _row, column, _code in found} == {"Mã đảng viên", "Mã thôn", "Mã"}
    kept = {
        "ĐV": [MEMBERS, ("a/b  1", "Y Alpha khác", 2010, "A/B  1")],
        "T": [VILLAGES, ("A/B  1", "Thôn B", "A.X01")],
    }
    assert load.counts(kept)["updated"] == 2
    assert Member.objects.get(full_name="Y Alpha khác").code == "A/B  1"


@pytest.mark.once
def test_pages_create_no_odd_code_and_keep_those_in_use(at, client_as):
    board = client_as(Role.BOARD, at.province)
    cell = at.alpha.cells[0]
    forms = {
        reverse("registers:member_enrol"): {
            "full_name": "Y Mới",
            "cell": cell.code,
            "admitted_on": "1/1/2010",
            "sex": "f",
        },
        reverse("registers:village_found"): {"name": "Thôn", "committee": "A.X01", "kind": "thon"},
        reverse("registers:organization_found"): {
            "name": "Chi bộ",
            "form": "cell",
            "parent": "A.X01",
            **DECIDED,
        },  # fmt: skip
    }
    before = [model.objects.count() for model in (Member, Village, Organization)]
    for address, values in forms.items():
        for one in (*BAD[1:], "A\x00B"):
            answer = board.post(address, values | {"code": one})
            assert answer.status_code in {200, 400}, (address, one)
            assert answer.status_code == 400 or "code" in answer.context["form"].errors, (address, one)
    assert before == [model.objects.count() for model in (Member, Village, Organization)]
    village = at.alpha.village
    answer = board.post(
        reverse("registers:village_correct", args=[village.pk]),
        {"code": "A/B  1", "name": "Thôn Sửa", "committee": "A.X01", "cell": cell.code},
    )
    assert answer.status_code == 302
    village.refresh_from_db()
    assert (village.code, village.name) == ("A/B  1", "Thôn Sửa")


def test_a_reference_that_does_not_exist_stays_unknown(world, tmp_path):
    rows = [("M1", "A Mới", 2010, "А.X01.1"), ("M2", "A Mới", 2010, "A/X01"), ("M3", "A Mới", 2010, 1.5)]
    plan = Loader(tmp_path)({"ĐV": [MEMBERS, *rows]})
    faults = plan.sheets[0].errors
    assert [(fault.column, fault.code) for fault in faults] == [
        ("Mã chi bộ", "unknown_code"),
        ("Mã chi bộ", "unknown_code"),
        ("Mã chi bộ", "bad_code"),
    ]
    assert "A.X01.1" in faults[0].message and "Excel" in faults[2].message


def test_the_nearest_code_lies_inside_the_unit(world, tmp_path):
    """A hint is no way to ask what stands elsewhere."""
    officer = factories.user(Role.OFFICER, world.alpha.unit)
    load = Loader(tmp_path)
    rows = [("M1", "A Mới", 2010, "В.X01.1"), ("M2", "A Mới", 2010, "А.X01.1")]
    plan = load({"ĐV": [MEMBERS, *rows]}, by=Actor.of(officer), unit="A", hides=True)
    told = [fault.message for fault in plan.sheets[0].errors]
    assert "B.X01.1" not in told[0] and "A.X01.1" in told[1]

"""Forms, exemptions and returns in workbooks (INTERFACE, reading 8); the same file twice changes nothing."""

from datetime import date

import pytest

from accounts.actors import Actor
from assessments.workbooks.batches.actions import store
from assessments.workbooks.loading.files import Source
from assessments.workbooks.loading.run import Options
from assessments.workbooks.models import Upload
from assessments.workbooks.undoing.actions import undo
from members.models import Member
from orgs.models import Organization
from tests.workbooks import AFFILIATED, GRASSROOTS, ORGANIZATIONS, UNIT, book

BY = Actor(name="thử nghiệm")
MEMBERS = (
    "Mã đảng viên", "Họ và tên", "Ngày kết nạp", "Ngày chuyển đến", "Mã chi bộ", "Miễn sinh hoạt",
    "Ngày ra khỏi tổ chức", "Lý do", "Áp dụng từ ngày",
)  # fmt: skip


def member(**values) -> dict:
    told = {"Mã đảng viên": "M1", "Họ và tên": "A Một", "Ngày kết nạp": "1/2/2010", "Mã chi bộ": "A.X1.1"}
    return {"dv": [MEMBERS, [(told | values).get(heading) for heading in MEMBERS]]}


def exempt(mark, day=None) -> dict:
    return member(**{"Miễn sinh hoạt": mark, "Áp dụng từ ngày": day})


def left(day, reason="Chuyển đi") -> dict:
    return member(**{"Ngày ra khỏi tổ chức": day, "Lý do": reason})


def back(day, **values) -> dict:
    return member(**{"Ngày chuyển đến": day} | values)


def body(code, form, day=None, decision=None, **values) -> dict:
    row = [code, {"C": "Huyện C"}.get(code, "Huyện B"), "KT", UNIT, form, None, None, None, day, decision]
    return {"tc": [ORGANIZATIONS, row]}


def once_and_again(load, *files: dict) -> None:
    """Each changes something, none a second time, whatever came between."""
    for file in files:
        assert load.counts(file) == {"updated": 1}, file
        assert load.counts(file) == {"unchanged": 1}, file
    assert [load.counts(file) for file in files] == [{"unchanged": 1}] * len(files)


def stored(code="M1") -> Member:
    return Member.objects.get(code=code)


def test_an_exemption_from_a_day_and_its_end(province):
    once_and_again(province, exempt("x", "1/5/2018"), exempt("-", "1/5/2021"))
    assert list(stored().former_exemptions.values_list("is_exempt", "until")) == [
        (False, date(2018, 5, 1)), (True, date(2021, 5, 1)),
    ]  # fmt: skip
    assert province.errors(exempt("x", "1/4/2021")) == [(2, "Áp dụng từ ngày", "inconsistent")]


def test_an_exemption_without_a_day_was_wrong_from_its_start(province):
    once_and_again(province, exempt("x"))
    assert stored().is_exempt and not stored().former_exemptions.exists()
    assert province.counts(exempt("-", "1/5/2021")) == {"updated": 1}
    assert province.counts(exempt("x")) == {"updated": 1}
    assert province.counts(exempt("-", "1/3/2020")) == {"updated": 1}
    assert list(stored().former_exemptions.values_list("is_exempt", "until")) == [(True, date(2020, 3, 1))]


def test_a_move_and_an_exemption_of_one_row_hold_from_the_same_day(province):
    both = member(**{"Mã chi bộ": "A.X1.2", "Miễn sinh hoạt": "x", "Áp dụng từ ngày": "1/5/2018"})
    later = member(**{"Mã chi bộ": "A.X1.2", "Miễn sinh hoạt": "-", "Áp dụng từ ngày": "1/5/2021"})
    once_and_again(province, both, later)
    assert stored().memberships.last().starts_on == date(2018, 5, 1)


def test_a_form_from_a_day_with_its_decision(province):
    first = body("B", "Đảng bộ bộ phận", "1/1/2018", "5-QĐ")
    once_and_again(province, first, body("B", "Đảng bộ", "1/1/2020", "6-QĐ"))
    found = Organization.objects.get(code="B")
    assert list(found.former_forms.values_list("form", "until", "decision")) == [
        ("committee", date(2018, 1, 1), "5-QĐ"), ("section", date(2020, 1, 1), "6-QĐ"),
    ]  # fmt: skip
    assert found.placements.get().decision == ""
    assert province.errors(body("B", "Đảng bộ bộ phận", "1/1/2019")) == [
        (2, "Áp dụng từ ngày", "inconsistent")
    ]
    assert province.counts(body("B", "Đảng bộ bộ phận")) == {"updated": 1}
    assert found.former_forms.count() == 2


def test_a_cell_becomes_a_committee_with_its_members_in_a_new_cell(province):
    sheets = {
        "tc": [
            ORGANIZATIONS,
            ["A.X1.2", "Chi bộ 2", "A.X1", AFFILIATED, "Đảng bộ", None, None, None, "1/1/2020"],
            ["A.X1.2.1", "Chi bộ 2.1", "A.X1.2", AFFILIATED, "Chi bộ", None, "1/1/2020"],
        ],
        "thon": [
            ("Mã thôn", "Tên thôn, tổ dân phố", "Mã đảng bộ xã", "Mã chi bộ"),
            ("A.T2", "Thôn 2", "A.X1", "A.X1.2.1"),
        ],
        "dv": [MEMBERS, ["M3", "A Ba", 2012, None, "A.X1.2.1", None, None, None, "1/1/2020"]],
    }  # fmt: skip
    assert province(sheets).applied
    assert province.counts(sheets) == {"unchanged": 4}
    found = Organization.objects.get(code="A.X1.2")
    assert (found.form, found.former_forms.get().form) == ("committee", "cell")


def test_who_and_what_is_gone_by_the_day_keeps_no_form(province):
    villages = ("Mã thôn", "Tên thôn, tổ dân phố", "Mã đảng bộ xã", "Đến ngày")
    gone = ["M3", "A Ba", 2012, None, "A.X1.2", None, "1/1/2020", "Chuyển đi"]
    ended = {"thon": [villages, ("A.T2", "Thôn 2", "A.X1", "31/12/2019")], "dv": [MEMBERS, gone]}
    form = ["A.X1.2", "Chi bộ 2", "A.X1", AFFILIATED, "Đảng bộ", None, None, None]
    assert province.counts(ended) == {"updated": 2}
    for day in (None, "31/12/2019"):
        file = {"tc": [ORGANIZATIONS, [*form, day]]}
        assert province.errors(file) == [(2, "Hình thức", "inconsistent")], day
    once_and_again(province, {"tc": [ORGANIZATIONS, [*form, "1/1/2020"]]})


def test_what_stands_again_in_the_same_load_keeps_the_form(province):
    above = ["A.X9", "Xã A9", "A", GRASSROOTS]
    below = ["A.X9.1", "Chi bộ 9", "A.X9", AFFILIATED, "Chi bộ", None, None]
    founded = {"tc": [ORGANIZATIONS, [*above, "Đảng bộ"], [*below, "1/1/2019"]]}
    assert province.counts(founded) == {"created": 2}
    cell = [*above, "Chi bộ", None, None, None, "1/1/2020"]
    again = {"tc": [ORGANIZATIONS, cell, [*below, "xoá"]]}
    assert province.errors(again) == [(2, "Hình thức", "inconsistent")]
    assert province.counts({"tc": [ORGANIZATIONS, cell]}) == {"updated": 1}


def test_an_arrival_after_the_leaving_is_a_return(province):
    """Whether the old leaving stands in the row or not; the years between stay as they were."""
    province.counts(left("1/3/2016"))
    again = back("1/7/2019", **{"Ngày ra khỏi tổ chức": "1/3/2016", "Lý do": "Chuyển đi"})
    assert [province.counts(file) for file in (back("1/7/2019"), again)] == [{"updated": 1}, {"unchanged": 1}]
    once_and_again(province, left("1/2/2021"), back("1/7/2022"))
    assert province.counts(left("1/3/2016")) == {"unchanged": 1}
    days = (
        date(2015, 12, 31),
        date(2018, 12, 31),
        date(2020, 12, 31),
        date(2021, 12, 31),
        date(2022, 12, 31),
    )
    assert [stored().is_present_on(day) for day in days] == [True, False, True, False, True]
    assert not stored().left_on and not stored().leaving_reason


def test_the_plan_says_from_when_and_what_stays(province):
    def note(file) -> str:
        ((row,),) = ([row for row in sheet.judged] for sheet in province(file, check=True).sheets)
        return row.note

    assert note(exempt("x", "1/5/2018")) == "Áp dụng từ ngày 01/05/2018."
    assert note(exempt("x")) == "Không ghi ngày áp dụng: sửa lại từ đầu."
    province.counts(exempt("x", "1/5/2018"))
    assert note(exempt("-")) == "Không ghi ngày áp dụng: sửa lại từ lần thay đổi gần nhất, ngày 01/05/2018."
    province.counts(left("1/3/2019"))
    assert "đến ngày 01/03/2019, giữ nguyên" in note(back("1/7/2019"))
    assert note(member()) == ""


def test_the_cell_of_a_return_holds_from_its_day(province):
    province.counts(left("1/3/2016"))
    once_and_again(province, back("1/7/2019", **{"Mã chi bộ": "B.X1.1"}))
    past, now = stored().memberships.all()
    assert (past.cell.code, now.cell.code, now.starts_on) == ("A.X1.1", "B.X1.1", date(2019, 7, 1))


def test_an_arrival_with_a_new_leaving_is_a_correction(province):
    province.counts(left("1/3/2016"))
    file = back("1/7/2019", **{"Ngày ra khỏi tổ chức": "1/8/2020", "Lý do": "Xin ra"})
    once_and_again(province, file)
    assert not stored().past_stays.exists() and stored().left_on == date(2020, 8, 1)


@pytest.mark.parametrize(
    ("first", "then"),
    [
        ([left("1/3/2016", "Từ trần")], back("1/7/2019")),
        ([left("1/3/2016"), back("1/7/2019")], back("1/2/2016")),
        ([left("1/3/2016"), back("1/7/2019")], back("xoá")),
    ],
)
def test_what_cannot_be_a_return(province, first, then):
    for file in first:
        province.counts(file)
    before = list(Member.objects.order_by("pk").values())
    assert province.errors(then) == [(2, "Ngày chuyển đến", "inconsistent")]
    assert list(Member.objects.order_by("pk").values()) == before


def test_an_undone_load_puts_every_stretch_back(province, tmp_path):
    province.counts(left("1/3/2016"))
    province.counts(body("B", "Đảng bộ bộ phận", "1/1/2018", "5-QĐ"))

    def state():
        m, o = stored(), Organization.objects.get(code="B")
        tables = (Member.objects, m.past_stays, m.former_exemptions, m.memberships, o.former_forms)
        return [list(rows.values()) for rows in tables]

    before = state()
    sheets = back("1/7/2019", **{"Mã chi bộ": "B.X1.1", "Miễn sinh hoạt": "x"})
    path = book(tmp_path / "sổ.xlsx", sheets | body("B", "Đảng bộ", "1/1/2020", "6-QĐ"))
    plan = store(by=BY, sources=[Source(path, path.name)], options=Options())
    assert plan.applied and [len(rows) for rows in state()] == [4, 1, 1, 2, 2]
    undo(by=BY, uploads=[Upload.objects.latest("pk")])
    assert state() == before

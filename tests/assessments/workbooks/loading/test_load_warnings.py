"""What a load warns of: names of other records, doubtful days, old fonts, hidden rows; no more."""

import datetime
from datetime import timedelta

import openpyxl
import pytest
from django.utils import timezone
from openpyxl.styles import Font

from accounts.actors import Actor
from assessments.review.years.actions import open_year
from assessments.workbooks.loading.files import Source
from assessments.workbooks.loading.run import load
from members.models import Member
from tests.workbooks import HEADS, MEMBER_RATINGS, ORGANIZATIONS, VILLAGES, book

# What is doubtful is judged before anything is written.
pytestmark = pytest.mark.once

MEMBERS = ["Mã đảng viên", "Họ và tên", "Ngày sinh", "Ngày kết nạp", "Mã chi bộ", "Ngày ra khỏi tổ chức"]
NEW = ["N1", "A Mới", "1/1/1980", "1/2/2010", "A.X1.1"]


def told(plan):
    return [(w.row, w.column, w.code) for sheet in plan.sheets for w in sheet.warnings]


def messages(plan):
    return [w.message for sheet in plan.sheets for w in sheet.warnings]


def member(number, *, name="A Mới", born="1/1/1980", admitted="1/2/2010", left=None):
    return [f"N{number}", name, born, admitted, "A.X1.1", left]


def test_a_register_tells_another_name_beside_the_change_and_no_other_spelling(province):
    def of(name):
        row = ["M1", name, None, "1/2/2010", "A.X1.1"]
        plan = province({"dv": [MEMBERS, row]}, check=True)
        return plan.counts, told(plan)

    another = [(2, "Họ và tên", "name_differs")]
    cases = {
        "A Một": ({"unchanged": 1}, []),
        "A  Một ": ({"unchanged": 1}, []),
        "A MỘT": ({"unchanged": 1}, []),
        "a một": ({"updated": 1}, []),
        "A Mốt": ({"updated": 1}, another),
        "A MỐT": ({"updated": 1}, another),
        "Y Hai": ({"updated": 1}, another),
        "A Môt": ({"updated": 1}, another),
    }
    assert {name: of(name) for name in cases} == cases
    plan = province({"dv": [MEMBERS, ["M1", "Người Khác", None, "1/2/2010", "A.X1.1"]]}, check=True)
    assert "A Một" in messages(plan)[0]


def test_capitals_and_tone_placement_together_change_no_stored_name(province):
    Member.objects.filter(code="M1").update(full_name="Nguyễn Thuý Hoà")
    rows = {"NGUYỄN THÚY HÒA": "unchanged", "NGUYỄN THUÝ HOÀ": "unchanged", "Nguyễn Thúy Hòa": "updated"}
    for name, status in rows.items():
        plan = province({"dv": [MEMBERS, ["M1", name, None, "1/2/2010", "A.X1.1"]]}, check=True)
        assert (dict(plan.counts), told(plan)) == ({status: 1}, []), name


def test_a_new_name_in_capitals_is_kept_as_typed(province):
    province({"dv": [MEMBERS, member(1, name="A MỚI")]})
    assert Member.objects.get(code="N1").full_name == "A MỚI"


def test_every_register_tells_another_name(province):
    grassroots, first = "Tổ chức cơ sở đảng", "1/1/2015"
    sheets = {
        "tc": [
            ORGANIZATIONS,
            ["A.X1", "XÃ A1", "A", grassroots, "Đảng bộ"],
            ["A.X2", "Xã Khác", "A", grassroots, "Đảng bộ"],
        ],
        "thon": [VILLAGES, ["A.T1", "Thôn Khác", "Thôn", "A.X1", "A.X1.1"]],
        "tt": [
            HEADS,
            ["A.T1", "A Hai", "x", "M1", "x", first],
            ["A.T2", "A Năm", None, None, None, first],
            ["B.T1", "B Mới", None, None, None, first],
            ["A.T2", "A một", "x", "M1", None, "1/1/2020"],
        ],
    }
    plan = province(sheets, check=True)
    assert [(s.sheet, w.row, w.column, w.code) for s in plan.sheets for w in s.warnings] == [
        ("tc", 3, "Tên tổ chức đảng", "name_differs"),
        ("thon", 2, "Tên thôn, tổ dân phố", "name_differs"),
        ("tt", 2, "Họ và tên", "name_differs"),
        ("tt", 3, "Họ và tên", "name_differs"),
    ]


def test_ratings_tell_another_name_changed_or_not_and_know_earlier_names(province, actor):
    open_year(2018, by=actor)
    heading = ["Năm", "Mã", "Tên tổ chức đảng", "Mức xếp loại"]
    rows = [
        heading,
        [2018, "A.X1", "Xã Khác", "HTTNV"],
        [2018, "A.X2", "XÃ  a2", "HTTNV"],
        [2018, "B.X1", None, "HTTNV"],
    ]
    plan = province({"s": rows})
    assert told(plan) == told(province({"s": rows})) == [(2, "Tên tổ chức đảng", "name_differs")]
    assert "Xã A1" in messages(plan)[0]
    renamed = ["A.X1", "Xã Khác", "A", "Tổ chức cơ sở đảng", "Đảng bộ", None, None, None, "1/7/2025"]
    province({"tc": [ORGANIZATIONS, renamed]})
    assert told(province({"s": [heading, [2018, "A.X1", "Xã A1", "HTTNV"]]})) == []
    persons = ["Năm", "Mã đảng viên", "Họ và tên", "Mức xếp loại"]
    plan = province({"s": [persons, [2018, "M1", "A Mốt", "HTTNV"], [2018, "M2", "y  hai", "HTTNV"]]})
    assert told(plan) == [(2, "Họ và tên", "name_differs")]
    both = {
        "dv": [MEMBERS, ["M2", "Y Đổi", None, "3/2011", "A.X1.1"]],
        "s": [persons, [2018, "M2", "Y Đổi", "HTNV"]],
    }
    assert told(province(both)) == [(2, "Họ và tên", "name_differs")]


def test_days_that_can_hardly_be_meant(province):
    today = timezone.localdate()
    soon = f"{today + timedelta(days=40):%d/%m/%Y}"
    cases = [
        (member(1), []),
        (member(2, born="1/2/1994"), []),
        (member(3, born="2/2/1994"), ["Ngày kết nạp"]),
        (member(4, born="1/2/1910"), []),
        (member(5, born="31/1/1910"), ["Ngày kết nạp"]),
        (member(6, born=None, admitted="31/12/1929"), ["Ngày kết nạp"]),
        (member(7, born=None, admitted="3/2/1930"), []),
        (member(8, born="1929", admitted="1950"), []),
        (member(9, born=None, admitted=soon), ["Ngày kết nạp"]),
        (member(10, left=soon), []),
        (member(11, born=soon, admitted="1/2/2010"), ["Ngày sinh", "Ngày kết nạp"]),
        (member(12, left=f"{today:%d/%m/%Y}"), []),
        (member(13, born=None, admitted=f"{today:%d/%m/%Y}"), []),
        (member(14, born=None, admitted=datetime.date(1905, 6, 23)), ["Ngày kết nạp"]),
        (member(15, born=datetime.date(1905, 5, 18)), ["Ngày sinh", "Ngày kết nạp"]),
        (member(16, born="18/05/1915"), []),
        (member(17, born=1965), []),
    ]
    for row, columns in cases:
        plan = province({"dv": [MEMBERS, row]}, check=True)
        assert told(plan) == [(2, column, "doubtful_date") for column in columns], row


def test_a_village_may_be_old_and_an_end_decided_ahead(province):
    soon = f"{timezone.localdate() + timedelta(days=40):%d/%m/%Y}"
    rows = [
        VILLAGES,
        ["V1", "Làng", "Làng", "A.X1", "A.X1.1", "1/1/1905", soon],
        ["V2", "Làng", "Làng", "A.X1", "A.X1.1", soon],
    ]
    heads = [
        HEADS,
        ["V1", "A Đầu", None, None, None, "1/1/2020", soon],
        ["V2", "A Đầu", None, None, None, soon],
    ]
    plan = province({"thon": rows, "tt": heads}, check=True)
    assert [(s.sheet, w.row, w.column) for s in plan.sheets for w in s.warnings] == [
        ("thon", 3, "Từ ngày"),
        ("tt", 3, "Từ ngày"),
    ]


def dated(births, admissions):
    rows = [member(n, born=b, admitted=a) for n, (b, a) in enumerate(zip(births, admissions, strict=True))]
    return {"dv": [["Danh sách"], [], MEMBERS, *rows]}


def test_days_and_months_that_changed_places_are_told_once_a_column(province):
    day = datetime.date
    plan = province(dated([day(1980, 5, 12), "30/11/1975"], [day(2010, 3, 1), "15/3/2011"]), check=True)
    assert told(plan) == [(3, "Ngày sinh", "doubtful_date"), (3, "Ngày kết nạp", "doubtful_date")]
    assert messages(plan)[0].endswith("4") and plan.sheets[0].warnings[0].value is None
    fine = [
        ([day(1980, 5, 13), "30/11/1975"], ["1/2/2010", "1/3/2010"]),
        ([day(1980, 5, 12), "3/11/1975"], [day(2010, 3, 13), "15/3/2011"]),
        ([day(1980, 5, 12), day(1980, 5, 1)], ["15/3/2010", "16/3/2011"]),
        ([day(1980, 5, 12), "1975"], ["15/3/2010", "5/2011"]),
    ]
    for births, admissions in fine:
        assert told(province(dated(births, admissions), check=True)) == [], (births, admissions)


def test_a_year_in_a_workbook_that_counts_from_1904(province, tmp_path):
    workbook = openpyxl.Workbook()
    workbook.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    for row in (
        MEMBERS,
        member(1, born=None),
        member(2, born=datetime.date(1909, 5, 20)),
        member(3, born=datetime.date(1985, 5, 20)),
    ):
        workbook.active.append(row)
    workbook.active["C2"] = 1965
    workbook.active["C2"].number_format = "dd/mm/yyyy"
    workbook.save(tmp_path / "mac.xlsx")
    plan = load([Source(tmp_path / "mac.xlsx", "mac.xlsx")], by=Actor(name="x"))
    assert [w for w in told(plan) if w[1] == "Ngày sinh"] == [
        (2, "Ngày sinh", "doubtful_date"),
        (3, "Ngày sinh", "doubtful_date"),
    ]


def test_cells_of_an_old_font_among_others_are_told_each(province):
    names = {
        "Nguyễn Thị Thử": False,
        "NguyÔn ThÞ Thö": True,
        "§ç V¨n MÉu": True,
        "A §¨k": True,
        "Nguyeãn Thò Thöû": True,
        "Ñoã Vaên Maãu": True,
        "Y Blưk": False,
        "Siu Hloê": False,
        "Y Niê": False,
        "A Têi": False,
        "Hoàng Công Mông": False,
        "Rô Lan Hiêng": False,
        "A Mâo": False,
        "Kpă Êban": False,
        "N÷": True,
        "Lò A Sô": False,
        "A Thuó": False,
        "Y Soâ": False,
        "Chi boä thoân Ñaék Haø": True,
        "A Pôk": False,
        "Y Lêk": False,
    }
    rows = [member(number, name=name) for number, name in enumerate(names)]
    plan = province({"dv": [MEMBERS, *rows]}, check=True)
    old = [number for number, is_old in enumerate(names.values(), 2) if is_old]
    assert told(plan) == [(number, "Họ và tên", "old_font") for number in old]
    assert "Nguyễn Thị Thử" in messages(plan)[0] and plan.counts == {"created": len(rows)}


def test_levels_and_reasons_of_an_old_font_are_told_beside_their_fault(province, actor):
    open_year(2018, by=actor)
    row = [2018, "M1", None, "Hoµn thµnh tèt nhiÖm vô", None]
    plan = province({"s": [MEMBER_RATINGS, row, [2018, "M2", None, None, "§i häc"]]}, check=True)
    assert told(plan) == [(2, "Mức xếp loại", "old_font"), (3, "Lý do chưa xếp loại", "old_font")]
    assert [(e.row, e.code) for e in plan.sheets[0].errors] == [(2, "bad_choice")]


@pytest.mark.parametrize("writer", ["plain", "odd"])
def test_hidden_rows_that_are_read_are_told_at_the_first(province, tmp_path, writer):
    rows = [["Danh sách"], MEMBERS, *(member(n) for n in range(6)), ["Cộng", None, None, None, None]]
    path = book(tmp_path / "a.xlsx", {"dv": rows})
    workbook = openpyxl.load_workbook(path)
    sheet = workbook.active
    for number in (1, 5, 7, 9, 40):
        sheet.row_dimensions[number].hidden = True
    if writer == "odd":
        for cell in ("B5", "B7"):
            sheet[cell].font = Font(name=".VnTime")
            sheet[cell].value = "A & Mới"
    workbook.save(path)
    plan = load([Source(path, "a.xlsx")], by=Actor(name="x"))
    [warning] = plan.sheets[0].warnings
    assert (warning.row, warning.column, warning.value, warning.code) == (5, None, None, "hidden_rows")
    assert "5, 7" in warning.message and plan.counts == {"created": 6}
    for number in (5, 7):
        sheet.row_dimensions[number].hidden = False
    workbook.save(path)
    assert told(load([Source(path, "a.xlsx")], by=Actor(name="x"))) == []


def test_no_name_of_a_head_is_told_where_no_names_are_stored(province, settings):
    settings.STORE_NAMES = False
    plan = province({"tt": [HEADS, ["A.T1", "NguyÔn ThÞ Thö", "x", "M1", "x", "1/1/2015"]]})
    assert told(plan) == []


def test_no_name_outside_the_loaders_unit_is_told(province, actor):
    """Codes of others cannot be tried out for the names behind them."""
    open_year(2018, by=actor)
    persons = ["Năm", "Mã đảng viên", "Họ và tên", "Mức xếp loại"]
    names = ["Năm", "Mã", "Tên tổ chức đảng", "Mức xếp loại"]
    other = "Người Ngoài"
    sheets = {
        "dv": [MEMBERS, ["M9", other, None, 2012, "B.X1.1"], ["M3", other, None, 2012, "A.X1.2"]],
        "thon": [VILLAGES, ["B.T1", other, "Thôn", "B.X1", "B.X1.1"]],
        "tc": [ORGANIZATIONS, ["B.X1", other, "B", "Tổ chức cơ sở đảng", "Đảng bộ"]],
        "tt": [
            HEADS,
            ["A.T1", other, None, "M9", None, "1/1/2015"],
            ["B.T1", other, None, None, None, "1/1/2015"],
        ],
        "xl": [persons, [2018, "M9", other, "HTTNV"]],
        "xt": [names, [2018, "B.X1", other, "HTTNV"]],
    }
    plan = province(sheets, check=True, unit="A", hides=True)
    assert [(s.sheet, w.row, w.code) for s in plan.sheets for w in s.warnings] == [
        ("dv", 3, "name_differs"),
    ]
    told_all = " ".join(f.message for s in plan.sheets for f in (*s.errors, *s.warnings))
    assert not any(name in told_all for name in ("Y Chín", "Thôn B", "Xã B1"))


def test_a_death_ahead_is_doubtful_and_another_end_is_not(province):
    ahead = f"{timezone.localdate() + timedelta(days=30):%d/%m/%Y}"
    for reason, warned in (("Từ trần", [(2, "Ngày ra khỏi tổ chức", "doubtful_date")]), ("Chuyển đi", [])):
        plan = province({"dv": [[*MEMBERS, "Lý do"], [*member(1, left=ahead), reason]]}, check=True)
        assert told(plan) == warned, reason

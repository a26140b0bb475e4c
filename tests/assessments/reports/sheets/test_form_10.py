"""Form 10: programmes and plans, reviews, contests and training of each unit."""

from datetime import date
from io import BytesIO

import openpyxl
import pytest

from assessments.reports import declared
from assessments.reports.documents.facts import Facts
from assessments.reports.documents.fields import filled
from assessments.reports.offices.letterhead import DOTS
from assessments.rules.models.years import RatingYear, Submission
from tests.assessments.entry.records.keeping import enter
from tests.assessments.office_files import column
from tests.assessments.year import opened

SHEET = "10 Kế hoạch, bồi dưỡng"


@pytest.fixture
def year(world):
    opened(world)
    alpha, beta = world.alpha.unit, world.beta.unit
    enter(alpha, "programme", number="12-CTr/HU", on=date(2018, 1, 5))
    enter(alpha, "plan", number="7-KH/HU")
    enter(alpha, "plan", number="9-KH/HU", on=date(2018, 4, 1))
    enter(beta, "final", number="3-BC/HU", on=date(2018, 9, 9))
    enter(alpha, "training", persons=40, school_persons=10, funds=30)
    enter(alpha, "training", number="2", persons=20)
    enter(beta, "training", persons=30, school_persons=0)
    enter(beta, "contest", participants=12, prizes=3)
    enter(world.province, "training", classes=2, persons=99)
    enter(world.province, "plan", number="44-KH/TU")
    return RatingYear.objects.get(pk=2018)


def built(year, unit=None, slug="organized") -> bytes:
    held = unit and Submission.objects.select_related("unit").get(year=year, unit=unit)
    scope = held.unit if held else year.province
    return declared.BY_SLUG[slug].build(declared.matter_of(year, scope, held or None))


def cells(content):
    sheet = openpyxl.load_workbook(BytesIO(content))[SHEET]
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def test_a_row_a_unit_with_its_documents_and_numbers(year, world):
    rows = {row[1]: row for row in cells(built(year)) if row[1]}
    alpha, beta, other = rows["Huyện ủy Alpha"], rows["Huyện ủy Beta"], rows["Huyện ủy 1"]
    assert alpha[2:4] == [1, "12-CTr/HU"] and alpha[4].date() == date(2018, 1, 5)
    assert alpha[5:7] == [1, "7-KH/HU; 9-KH/HU"] and alpha[7].date() == date(2018, 4, 1)
    assert beta[8:10] == [1, "3-BC/HU"] and beta[11:14] == [1, 12, 3]
    assert alpha[14:17] == [2, 60, 10] and alpha[17] == 30
    assert beta[14:17] == [1, 30, 0] and beta[17] is None
    assert other[2] == other[5] == other[8] == 0 and not any(other[11:17])


def test_the_total_is_of_formulas_and_what_is_the_provinces_stands_below(year):
    content = built(year)
    rows = cells(content)
    total = next(row for row in rows if row[1] == "Tổng cộng")
    assert total[2].startswith("=SUM(") and total[15].startswith("=SUM(")
    text = " ".join(str(value) for row in rows for value in row if value)
    assert "Biểu số 10/NQ03" in text and "chương trình: 1/14" in text and "kế hoạch trong năm: 1/14" in text
    assert "Cột 17: cộng chưa đủ; còn thiếu ở Huyện ủy Alpha." in text, "one of two classes"
    assert "Cột 18: cộng chưa đủ; còn thiếu ở Huyện ủy Alpha; Huyện ủy Beta." in text
    assert "Cột 14" not in text
    assert "Cấp tỉnh, không cộng vào biểu" in text and "44-KH/TU" in text and "99 lượt người" in text
    shown = openpyxl.load_workbook(BytesIO(content), data_only=True)[SHEET]
    kept = next([c.value for c in row] for row in shown.iter_rows() if row[1].value == "Tổng cộng")
    assert (kept[2], kept[5], kept[8], kept[15], kept[16]) == (1, 1, 1, 90, 10)
    assert set(column(content, "Kiểm tra", "Kết quả")) == {"khớp"}


def test_a_units_form_holds_the_unit_alone(year, world):
    text = " ".join(str(value) for row in cells(built(year, world.beta.unit)) for value in row if value)
    assert (
        "Huyện ủy Beta" in text and "Alpha" not in text and "Cấp tỉnh" not in text and "44-KH/TU" not in text
    )


def test_it_comes_in_the_whole_report_and_blank(year):
    whole = openpyxl.load_workbook(BytesIO(built(year, slug="steering-committee")))
    assert SHEET in whole.sheetnames
    blank = openpyxl.load_workbook(BytesIO(built(year, slug="blank")))[SHEET]
    text = [str(cell.value) for row in blank.iter_rows() for cell in row if cell.value is not None]
    assert "Trong đó Trường Chính trị" in text and "7-KH/HU" not in text


def test_word_fields_say_what_the_form_says(year, world):
    told = filled(Facts(declared.matter_of(year, year.province, None)))
    whole = told["to_chuc_thuc_hien"]
    assert (whole["don_vi"], whole["co_chuong_trinh"], whole["co_ke_hoach"], whole["co_so_tong_ket"]) == (
        "14",
        "1",
        "1",
        "1",
    )
    assert (whole["luot_nguoi"], whole["so_lop"], whole["truong_chinh_tri"]) == ("90", "3", "10")
    rows = {row["ma"]: row for row in told["to_chuc_thuc_hien_don_vi"]}
    assert len(rows) == 14 and rows["A"]["chuong_trinh"] == "12-CTr/HU, 05/01/2018"
    assert rows["B"]["so_tong_ket"] == "3-BC/HU, 09/09/2018" and rows["B"]["ke_hoach"] == ""
    assert rows["U1"]["luot_nguoi"] == DOTS and rows["B"]["truong_chinh_tri"] == "0"
    held = Submission.objects.select_related("unit").get(year=year, unit=world.beta.unit)
    own = filled(Facts(declared.matter_of(year, held.unit, held)))
    assert [row["ma"] for row in own["to_chuc_thuc_hien_don_vi"]] == ["B"]
    assert own["to_chuc_thuc_hien"]["luot_nguoi"] == "30"

"""Every report of the set, by slug: computed again by LibreOffice, read by others, and checked."""

from datetime import date
from io import BytesIO

import openpyxl
import pytest
from django.utils import timezone, translation
from python_calamine import load_workbook

from assessments.figures.board import figures
from assessments.reports import declared
from assessments.reports.sheets import blanks
from assessments.review.years.actions import close_year
from assessments.roster import following, tallies
from assessments.roster.models.lines import MemberLine, OrganizationLine
from assessments.rules.models.schemes import Level
from assessments.rules.models.years import RatingYear, Submission
from members.models import Member, VillageHead
from orgs.actions import reorganize
from resolution03.lib.dates import PartialDate
from tests import factories, short
from tests.assessments.office_files import (
    column,
    formulas,
    readable,
    recalculated_together,
    values,
    without_cached_values,
)
from tests.assessments.years import opened, rate

SLUGS = [report.slug for report in declared.REPORTS if not report.is_of_persons]
OF_PERSONS = [report.slug for report in declared.REPORTS if report.is_of_persons]


@pytest.fixture
def years(world, actor):
    """2017 and 2018 closed; between them a cell is founded, one dissolved, a member moves."""
    for year, level in ((2017, "TSVM"), (2018, "HTTNV")):
        if year == 2018:
            _happen(world, actor)
        found = opened(year, actor)
        rate(found, world.alpha.commune, "HTNV")
        rate(found, world.alpha.cells[0], reason="Mới thành lập")
        for lines, subject, code in (
            (OrganizationLine, "organization", level),
            (MemberLine, "member", "HTTNV"),
        ):
            decided = Level.objects.get(scheme=found.scheme, subject=subject, code=code)
            lines.objects.filter(year=found, decided=None, reason="").update(decided=decided)
        tallies.recount(found)
        close_year(year, by=actor)
    return world


def _happen(world, actor):
    commune, day = world.alpha.commune, date(2018, 5, 4)
    reorganize.found(
        by=actor,
        code="A.X01.3",
        name="Chi bộ mới",
        form="cell",
        parent=commune,
        established_on=PartialDate(day),
        decision="Số 7-QĐ/HU",
    )
    reorganize.rename(by=actor, organization=commune, name="Đảng bộ xã Alpha Mới", on=day, decision="Số 8")
    reorganize.dissolve(by=actor, organization=world.alpha.cells[1], on=day, decision="Số 9-QĐ/HU")
    factories.member(
        world.beta.cells[1], code="B9", full_name="Y Beta 9", admitted_on=date(2018, 6, 1), sex="f"
    )


def built(slug, year, code=None) -> bytes:
    found = RatingYear.objects.get(pk=year)
    held = code and Submission.objects.select_related("unit").get(year=year, code=code)
    scope = held.unit if held else found.province
    return declared.BY_SLUG[slug].build(declared.matter_of(found, scope, held or None))


@pytest.mark.long
@pytest.mark.once
def test_every_cell_of_every_report_computes_to_what_it_keeps(years, tmp_path):
    """The whole report of the province: tests/assessments/reports/sheets/test_reports.py."""
    made = {
        f"{slug}-{year}-{code or 'KT'}": built(slug, year, code)
        for slug in SLUGS
        for year, code in ((2017, None), (2018, None), (2018, "A"))
        if code or slug != "steering-committee"
    }
    spoiled = {name: without_cached_values(content) for name, content in made.items()}
    computed = recalculated_together(spoiled, tmp_path)
    for name, content in made.items():
        cells, kept = formulas(content), values(content)
        differing = {
            cell: (kept.get(cell), computed[name].get(cell))
            for cell in cells
            if kept.get(cell) != computed[name].get(cell)
        }
        assert differing == {}, name


@pytest.mark.once
def test_the_control_sheet_of_every_report_agrees(years):
    for slug in short.some((*SLUGS, *OF_PERSONS)):
        for year, code in ((2017, None), (2018, None), (2018, "A")):
            results = column(built(slug, year, code), "Kiểm tra", "Kết quả")
            assert results and set(results) == {"khớp"}, (slug, year, code)


@pytest.mark.once
@pytest.mark.parametrize("slug", SLUGS)
def test_others_read_it_and_it_names_no_person_and_nobody_elses(years, slug):
    content = built(slug, 2018, "A")
    assert load_workbook(BytesIO(content)).sheet_names == openpyxl.load_workbook(BytesIO(content)).sheetnames
    text = readable(content)
    persons = [
        *Member.objects.values_list("full_name", flat=True),
        *VillageHead.objects.values_list("full_name", flat=True),
    ]
    assert [word for word in ("Beta", "B.X01", "T.B.1", *persons) if word in text] == []


@pytest.mark.once
@pytest.mark.parametrize(
    ("slug", "sheet", "heading", "code", "attribute"),
    [
        ("grassroots", "01 TCCSĐ", "Tổng số TCCSĐ", "grassroots_strong", "roster"),
        ("affiliated", "02 Trực thuộc", "Tổng số tổ chức", "affiliated_strong", "roster"),
        ("members", "03 Đảng viên", "Tổng số đảng viên", "members_well", "roster"),
        ("villages", "04 Thôn", "Là đảng viên", "village_heads_members", "numerator"),
        ("movements", "05 Kết nạp", "Trong tỉnh", "admissions_term", "numerator"),
    ],
)
def test_a_form_alone_is_the_form_of_the_whole(years, slug, sheet, heading, code, attribute):
    alone = column(built(slug, 2018), sheet, heading)
    assert alone == column(built("steering-committee", 2018), sheet, heading)
    figure = next(f for f in figures(RatingYear.objects.get(pk=2018)) if f.code == code)
    assert alone[-1] == getattr(figure, attribute)


def test_what_happened_to_organizations_is_told_by_day_and_decision(years):
    content = built("changes", 2018)
    told = set(
        zip(column(content, "06 Biến động", "Thay đổi"), column(content, "06 Biến động", "Mã"), strict=False)
    )
    assert told >= {("Thành lập", "A.X01.3"), ("Đổi tên", "A.X01"), ("Giải thể", "A.X01.2")}
    text = readable(content)
    assert "Số 7-QĐ/HU" in text and "Số 9-QĐ/HU" in text
    assert "A.X01.3" not in readable(built("changes", 2017))
    assert "A.X01.3" not in readable(built("changes", 2018, "B"))


def test_a_merged_cell_and_one_split_off_are_told_with_each_other(years, actor):
    from members.actions import cells  # noqa: PLC0415

    one, other = years.beta.cells
    cells.merge(by=actor, source=one, target=other, on=date(2018, 9, 1), decision="Số 10")
    following.refresh(RatingYear.objects.get(pk=2018), by=actor)
    text = readable(built("changes", 2018))
    assert "Sáp nhập" in text and f"Nhập vào {other.name}" in text


def test_opening_and_closing_balance_with_those_who_changed_units(years, actor):
    content = built("movements", 2018)
    assert set(column(content, "05 Kết nạp", "Kiểm tra")) == {"khớp"}
    row = column(content, "05 Kết nạp", "Có đầu kỳ")[-1], column(content, "05 Kết nạp", "Có cuối kỳ")[-1]
    assert row[1] - row[0] == 1
    assert column(built("movements", 2018, "B"), "05 Kết nạp", "Nữ")[0] == 1


@pytest.mark.once
def test_an_unbalanced_row_says_by_how_much(years):
    year = RatingYear.objects.get(pk=2018)
    matter = declared.matter_of(year, year.province, None)
    beta = next(place for place in matter.places if place.code == "B")
    matter.movements[beta.id]["admitted"] += 2
    found = column(declared.BY_SLUG["movements"].build(matter), "05 Kết nạp", "Kiểm tra")
    assert 2 in found


@pytest.mark.once
def test_what_nobody_counted_is_blank_and_said_to_be(years):
    sheet = openpyxl.load_workbook(BytesIO(built("movements", 2018)), data_only=True)["05 Kết nạp"]
    heading = next(c for row in sheet.iter_rows(8, 9) for c in row if c.value == "Dân tộc thiểu số")
    assert {sheet.cell(row, heading.column).value for row in range(11, 26)} == {None}
    assert "để trống" in readable(built("movements", 2018))


@pytest.mark.once
def test_years_stand_side_by_side_with_a_mark_where_the_scheme_changed(years):
    content = built("years", 2018)
    sheet = openpyxl.load_workbook(BytesIO(content), data_only=True)["Các năm"]
    assert [sheet.cell(9, col).value for col in (4, 5)] == ["2017", "2018"]
    assert (sheet.cell(12, 4).border.left.style, sheet.cell(12, 5).border.left.style) == ("thin", "thick")
    assert "Nét đậm trước năm 2018" in readable(content)
    for col, year in ((4, 2017), (5, 2018)):
        figure = figures(RatingYear.objects.get(pk=year))[0]
        shown = [sheet.cell(row, col).value for row in (11, 12, 13)]
        assert shown == [figure.numerator, figure.denominator, float(figure.percent)]


@pytest.mark.once
def test_the_flat_table_is_a_real_table_of_every_year_without_merged_cells(years):
    content = built("flat", 2018)
    sheet = openpyxl.load_workbook(BytesIO(content))["Bảng số liệu"]
    table = sheet.tables["SoLieu"]
    assert table.autoFilter and not sheet.merged_cells.ranges
    rows = [*sheet.iter_rows(2, values_only=True)]
    assert table.ref == f"A1:J{len(rows) + 1}"
    for year, codes in ((2017, {"TSVMTB", "TSVM"}), (2018, {"HTXSNV", "HTTNV"})):
        counted = sum(
            row[6] for row in rows if row[0] == year and row[3] == "Tổ chức cơ sở đảng" and row[4] in codes
        )
        assert counted == figures(RatingYear.objects.get(pk=year))[0].numerator
    assert {
        row[1]
        for row in openpyxl.load_workbook(BytesIO(built("flat", 2018, "A"))).active.iter_rows(
            2, values_only=True
        )
    } == {"A"}


@pytest.mark.once
def test_blank_forms_hold_headings_and_no_figure(years):
    content = built("blank", 2018)
    assert {cell[0] for sheet, cell in formulas(content) if sheet != "Kiểm tra"} == {"A"}
    book = openpyxl.load_workbook(BytesIO(content))
    assert len(book.sheetnames) > len(blanks.FORMS)
    for sheet in book.worksheets[:-1]:
        body = [cell.value for row in sheet.iter_rows(11, 26, min_col=3) for cell in row]
        assert not [value for value in body if isinstance(value, int) and sheet.title != "Mục tiêu"]


@pytest.mark.once
def test_a_return_stands_on_one_page_for_the_unit_to_sign(years):
    content = built("return", 2018, "A")
    sheet = openpyxl.load_workbook(BytesIO(content))["Báo cáo đơn vị"]
    assert (sheet.page_setup.fitToHeight or 1, sheet.page_setup.fitToWidth or 1) == (1, 1)
    text = readable(content)
    assert "NGƯỜI LẬP BIỂU" in text and "T/M BAN THƯỜNG VỤ" in text and "HUYỆN ỦY ALPHA" in text


@pytest.mark.parametrize("slug", OF_PERSONS)
def test_a_list_of_persons_names_who_stands_in_the_scope(years, slug):
    text = readable(built(slug, 2018, "A"))
    assert "Beta" not in text and "thông tin cá nhân" in text


def test_lists_of_persons_hold_the_lines_of_the_year(years):
    assert column(built("members-list", 2018), "Đảng viên", "Mã đảng viên") == [
        "A1",
        "A2",
        "A3",
        "B1",
        "B2",
        "B3",
        "B9",
    ]
    assert column(built("admitted", 2018), "Kết nạp", "Mã đảng viên") == ["B9"]
    assert column(built("left", 2018), "Ra khỏi đảng bộ", "Mã đảng viên") == []
    MemberLine.objects.filter(year=2018, member__code="A2").update(decided=None, reason="Đi học")
    content = built("not-rated-members", 2018)
    assert column(content, "Chưa xếp loại", "Mã đảng viên") == ["A2"]
    assert column(content, "Chưa xếp loại", "Lý do") == ["Đi học"]


def test_progress_tells_who_was_late(years, actor):
    from assessments.rules.models.deadlines import Deadline  # noqa: PLC0415

    sent = timezone.make_aware(timezone.datetime(2019, 2, 3, 9))
    Submission.objects.filter(year=2018, unit=years.alpha.unit).update(
        state="accepted", submitted_at=sent, since=sent
    )
    Deadline.objects.create(year_id=2018, stage="submission", due_on=date(2019, 1, 31))
    content = built("progress", 2018, "A")
    assert column(content, "07 Tiến độ", "Muộn (ngày)")[0] == 3
    assert column(content, "07 Tiến độ", "Trạng thái")[0] == "Đã duyệt"


@pytest.mark.once
def test_the_set_is_vietnamese_whatever_the_reader_speaks(years):
    with translation.override("en"):
        for slug in SLUGS:
            text = readable(built(slug, 2018))
            assert "grassroots organization" not in text and "Members performing" not in text, slug


def test_an_earlier_year_bears_the_names_of_its_time(years):
    then, now = (readable(built("steering-committee", year, "A")) for year in (2017, 2018))
    assert "Đảng bộ xã Alpha" in then and "Alpha Mới" not in then
    assert "Đảng bộ xã Alpha Mới" in now

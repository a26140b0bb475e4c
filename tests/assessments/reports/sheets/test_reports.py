from io import BytesIO

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from python_calamine import load_workbook

from assessments.entry.totals.years import ensure_reported_year
from assessments.figures.board import figures
from assessments.reports import declared
from assessments.review.years.actions import close_year
from assessments.roster import following, tallies
from assessments.roster.models.lines import MemberLine, OrganizationLine
from assessments.roster.models.tallies import Tally
from assessments.rules.models.schemes import Level
from assessments.rules.models.years import RatingYear, Submission
from members.models import Member, VillageHead
from tests import factories
from tests.assessments.office_files import (
    column,
    formulas,
    readable,
    recalculated,
    values,
    without_cached_values,
)
from tests.assessments.years import opened, rate, rate_all

REPORT = declared.BY_SLUG["steering-committee"]


@pytest.fixture
def rated(world, actor):
    """2017 and 2018 closed: in alpha the commune falls short in 2018, a cell is not rated."""
    for year, level, low in ((2017, "TSVM", "HTNV"), (2018, "HTTNV", "HTNV")):
        found = opened(year, actor)
        rate(found, world.alpha.commune, low)
        rate(found, world.alpha.cells[1], reason="Mới thành lập")
        rate(found, world.alpha.members[0], reason="Lý do riêng của Y Alpha 1")
        _rate_rest(found, level, "HTTNV")
        close_year(year, by=actor)
    return world


def _rate_rest(year, organizations, members):
    for lines, subject, code in (
        (OrganizationLine, "organization", organizations),
        (MemberLine, "member", members),
    ):
        level = Level.objects.get(scheme=year.scheme, subject=subject, code=code)
        lines.objects.filter(year=year, decided=None, reason="").update(decided=level)
    tallies.recount(year)


def province_book(year) -> bytes:
    found = RatingYear.objects.get(pk=year)
    return REPORT.build(declared.matter_of(found, found.province, None))


def unit_book(year, code) -> bytes:
    held = Submission.objects.select_related("unit").get(year=year, code=code)
    return REPORT.build(declared.matter_of(held.year, held.unit, held))


def results(content) -> list[str]:
    return column(content, "Kiểm tra", "Kết quả")


def test_figures_equal_the_indicators(rated):
    content = province_book(2018)
    book = openpyxl.load_workbook(BytesIO(content), data_only=True)["Mục tiêu"]
    rows = [row for row in book.iter_rows(11, 40, values_only=True) if str(row[0]).isdecimal()]
    shown = [(row[4], row[5], row[6], row[8]) for row in rows]
    assert shown == [
        (f.numerator, f.denominator, None if f.percent is None else float(f.percent), f.short)
        for f in figures(RatingYear.objects.get(pk=2018))
    ]


def test_last_year_stands_beside_by_its_own_rules(rated):
    shown = column(province_book(2018), "Mục tiêu", "Mục tiêu")
    assert len(shown) > 10
    book = openpyxl.load_workbook(BytesIO(province_book(2018)), data_only=True)["Mục tiêu"]
    before = figures(RatingYear.objects.get(pk=2017))[0]
    assert (book["L11"].value, book["M11"].value) == (before.numerator, before.denominator)


@pytest.mark.once
@pytest.mark.parametrize("year", [2017, 2018])
def test_every_cell_computes_to_what_it_keeps(rated, year, tmp_path):
    content = province_book(year)
    kept, computed = values(content), recalculated(without_cached_values(content), tmp_path)
    cells = formulas(content)
    assert len(cells) > 300
    assert {cell: computed.get(cell) for cell in cells} == {cell: kept.get(cell) for cell in cells}
    assert set(results(content)) == {"khớp"}


def test_the_control_sheet_names_a_cell_that_is_wrong(rated):
    year = RatingYear.objects.get(pk=2018)
    matter = declared.matter_of(year, year.province, None)
    place = next(place for place in matter.places if place.code == "A")
    matter.board.counts[2018, place.id]["grassroots", "HTTNV"] += 1
    wrong = [result for result in results(REPORT.build(matter)) if result != "khớp"]
    assert "lệch: Mục tiêu!E11" in wrong


def test_lists_name_the_organizations_behind_the_shortfall(rated):
    content = province_book(2018)
    assert column(content, "DS 01 TCCSĐ", "Mã")[0] == "A.X01"
    assert "A.X01.2" in column(content, "DS 03 Chưa xếp loại", "Mã")
    assert "Mới thành lập" in column(content, "DS 03 Chưa xếp loại", "Lý do chưa xếp loại")
    assert {"T.A.1", "T.B.1"} <= set(column(content, "DS 05 Thôn trưởng", "Mã thôn"))


def test_a_units_workbook_holds_nothing_of_another(rated):
    text = readable(unit_book(2018, "A"))
    assert "Alpha" in text
    others = ["Beta", "B.X01", "T.B.1", *(f"Huyện ủy {n}<" for n in range(1, 13))]
    assert [word for word in others if word in text] == []


def test_no_workbook_names_a_person(rated):
    names = [
        *Member.objects.values_list("full_name", flat=True),
        *VillageHead.objects.values_list("full_name", flat=True),
    ]
    for content in (province_book(2018), unit_book(2018, "A")):
        text = readable(content)
        assert names and [name for name in names if name in text] == []


def test_a_level_over_its_cap_is_listed(world, actor):
    year = opened(2019, actor)
    rate_all(year, "HTTNV")
    rate(year, world.alpha.commune, "HTXSNV")
    rate(year, world.alpha.members[0], "HTXSNV")
    content = province_book(2019)
    assert column(content, "DS 06 Vượt trần", "Đối tượng") == ["Tổ chức cơ sở đảng", "Đảng viên"]
    assert column(content, "DS 06 Vượt trần", "Vượt")[:2] == [1, 1]
    assert set(results(content)) == {"khớp"}


def test_an_open_year_says_that_it_is_provisional(world, actor):
    opened(2018, actor)
    content = province_book(2018)
    assert "SỐ TẠM TÍNH" in values(content)["Mục tiêu", "A6"]
    assert set(results(content)) == {"khớp"}
    assert ("Mục tiêu", "G11") not in values(content)


@pytest.fixture
def reported(world, actor):
    """2016 known only by what alpha reported of its grassroots organizations."""
    year = ensure_reported_year(2016, by=actor)
    for key, count in (("TSVM", 6), ("HTTNV", 3), ("total", 10)):
        Tally.objects.create(
            year=year,
            unit=world.alpha.unit,
            organization=world.alpha.unit,
            subject="grassroots",
            key=key,
            count=count,
            is_reported=True,
        )
    return world


def test_a_reported_year_leaves_blank_what_nobody_gave(reported):
    content = province_book(2016)
    kept = values(content)
    row = next(
        row for (sheet, row), value in kept.items() if sheet == "01 TCCSĐ" and value == "Huyện ủy Alpha"
    )[1:]
    beta = next(
        row for (sheet, row), value in kept.items() if sheet == "01 TCCSĐ" and value == "Huyện ủy Beta"
    )[1:]
    assert (kept["01 TCCSĐ", f"C{row}"], kept["01 TCCSĐ", f"F{row}"]) == (10, 9)
    assert ("01 TCCSĐ", f"C{beta}") not in kept and ("01 TCCSĐ", f"D{row}") not in kept
    assert not [
        cell
        for cell in kept
        if cell[0] == "04 Thôn" and cell[1][0] == "C" and cell[1] not in ("C8", "C9", "C10")
    ]
    assert set(results(content)) == {"khớp"}


@pytest.mark.once
def test_a_reported_year_computes_to_what_it_keeps(reported, tmp_path):
    content = province_book(2016)
    kept, computed = values(content), recalculated(without_cached_values(content), tmp_path)
    assert {cell: computed.get(cell) for cell in formulas(content)} == {
        cell: kept.get(cell) for cell in formulas(content)
    }


def test_a_name_like_a_formula_stays_text(world, actor):
    evil = factories.organization(world.alpha.unit, code="A.X99", name="=HYPERLINK(1)")
    rate(opened(2018, actor), evil, reason="+1")
    content = province_book(2018)
    assert "=HYPERLINK(1)" in column(content, "DS 03 Chưa xếp loại", "Tên tổ chức đảng")
    assert not [text for text in formulas(content).values() if "HYPERLINK" in text]


def test_other_readers_open_it(rated):
    book = load_workbook(BytesIO(province_book(2018)))
    assert book.sheet_names[0] == "Mục tiêu" and book.sheet_names[-1] == "Kiểm tra"
    assert book.get_sheet_by_name("01 TCCSĐ").to_python()[0]


def test_every_sheet_prints_as_the_offices_print(rated):
    for sheet in openpyxl.load_workbook(BytesIO(province_book(2018))):
        setup = sheet.page_setup
        assert (setup.orientation, setup.paperSize) == ("landscape", 9)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage and setup.fitToWidth in (None, 1)
        assert sheet.print_title_rows == "$8:$10"
        assert sheet.oddFooter.right.text.endswith("Trang &P/&N")


def test_the_form_is_vietnamese_whatever_the_reader_speaks(rated):
    with translation.override("en"):
        text = readable(province_book(2018))
    assert "grassroots" not in text and "Tổ chức cơ sở đảng" in text


def test_queries_do_not_grow_with_units(world, actor):
    year = opened(2019, actor)
    rate_all(year, "HTXSNV")
    few = _queries(2019)
    for number in range(30):
        unit = factories.organization(world.province, code=f"N{number}", name=f"Đơn vị {number}")
        factories.village(factories.organization(unit, code=f"N{number}.X"))
    following.refresh(year, by=actor)
    rate_all(year, "HTXSNV")
    assert _queries(2019) == few


def _queries(year) -> int:
    with CaptureQueriesContext(connection) as captured:
        province_book(year)
    return len(captured)

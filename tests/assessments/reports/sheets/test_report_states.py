"""The set in years that are open, known by totals only, or counted in part."""

from io import BytesIO

import openpyxl
import pytest
from django.urls import reverse

from accounts.models import Role
from assessments.entry.totals.years import ensure_reported_year
from assessments.reports import declared
from assessments.roster.models.counts import ActivityCount
from assessments.roster.models.tallies import Tally
from assessments.rules.models.counts import Activity
from assessments.rules.models.years import RatingYear, Submission
from tests import factories
from tests.assessments.office_files import column, readable, values
from tests.assessments.years import opened, rate_all

PARTLY = '#,##0"*"'
WITH_CONTROL = [
    report.slug
    for report in declared.REPORTS
    if report.group in ("whole", "forms", "years") and report.slug != "flat" and report.suffix == ".xlsx"
]


def built(slug, year, code=None) -> bytes:
    found = RatingYear.objects.get(pk=year)
    held = code and Submission.objects.select_related("unit").get(year=year, code=code)
    scope = held.unit if held else found.province
    return declared.BY_SLUG[slug].build(declared.matter_of(found, scope, held or None))


@pytest.fixture
def reported(world, actor):
    """2016 known only by what alpha reported of its members."""
    year = ensure_reported_year(2016, by=actor)
    for key, count in (("HTXSNV", 2), ("HTTNV", 5), ("total", 8)):
        Tally.objects.create(
            year=year,
            unit=world.alpha.unit,
            organization=world.alpha.unit,
            subject="member",
            key=key,
            count=count,
            is_reported=True,
        )
    return world


@pytest.mark.parametrize("slug", WITH_CONTROL)
def test_the_control_sheet_agrees_in_an_open_and_in_a_reported_year(reported, actor, slug):
    opened(2017, actor)
    for year, code in ((2016, None), (2016, "A"), (2017, None), (2017, "B")):
        assert set(column(built(slug, year, code), "Kiểm tra", "Kết quả")) <= {"khớp"}, (year, code)


@pytest.mark.parametrize("report", declared.REPORTS, ids=lambda report: report.slug)
def test_every_report_can_be_made_of_a_year_without_anybody(world, actor, report):
    opened(2017, actor)
    assert report.build(declared.matter_of(RatingYear.objects.get(pk=2017), world.province, None))


def test_totals_over_what_is_known_in_part_say_so(reported):
    content = built("members", 2016)
    sheet = openpyxl.load_workbook(BytesIO(content), data_only=True)["03 Đảng viên"]
    total = next(row for row in sheet.iter_rows(11) if row[1].value == "Tổng cộng")
    marked = [cell.value for cell in total if cell.number_format == '#,##0"*"']
    assert 2 in marked and 5 in marked and "chưa đủ" in readable(content)


@pytest.fixture
def counted(world, actor):
    """2019 open: of two grassroots organizations of alpha one has told two of its counts."""
    second = factories.organization(world.alpha.unit, code="A.X02", name="Đảng bộ xã Alpha hai")
    factories.village(second, code="T.A.2")
    year = opened(2019, actor)
    rate_all(year, "HTTNV")
    for code, count in (("admitted_ethnic", 0), ("cells_with_committee", 2)):
        ActivityCount.objects.create(
            year=year,
            organization=world.alpha.commune,
            grassroots=world.alpha.commune,
            unit=world.alpha.unit,
            activity=Activity.objects.get(code=code),
            count=count,
        )
    return world


@pytest.mark.parametrize(
    ("slug", "sheet", "heading", "count"),
    [
        ("movements", "05 Kết nạp", "Dân tộc thiểu số", 0),
        ("villages", "04 Thôn", "Chi bộ có chi ủy", 2),
    ],
)
def test_what_an_office_counted_stands_in_its_form_and_says_who_is_missing(
    counted, slug, sheet, heading, count
):
    content = built(slug, 2019, "A")
    cell = _below(content, sheet, heading)
    assert (cell.value, cell.number_format) == (count, '#,##0"*"')
    assert "chưa đủ" in readable(content)
    assert _below(built(slug, 2019, "B"), sheet, heading).value is None


def test_a_total_bears_the_mark_of_its_parts_and_says_how_many_gave(counted, client_as):
    """In the forms, the return and the pages: beta gave nothing, of alpha one of two."""
    whole = built("steering-committee", 2019)
    for sheet, heading, count in (("05 Kết nạp", "Dân tộc thiểu số", 0), ("04 Thôn", "Chi bộ có chi ủy", 2)):
        total = _below(whole, sheet, heading, "Tổng cộng")
        assert (total.value, total.number_format) == (count, PARTLY), sheet
        words = f"Cột {total.column}: cộng chưa đủ: 1/3 tổ chức cơ sở đảng có số; còn thiếu ở "
        notes = [value for (at, _cell), value in values(whole).items() if at == sheet]
        [note] = [note for note in notes if str(note).startswith(words)]
        assert note == words + "Huyện ủy Alpha (1/2); Huyện ủy Beta (0/1).", sheet
    for code, gave in ((None, "1/3"), ("A", "1/2")):
        page = openpyxl.load_workbook(BytesIO(built("return", 2019, code)))["Báo cáo đơn vị"]
        label = next(
            cell
            for row in page.iter_rows(11)
            for cell in row
            if cell.value == "Chi bộ có chi ủy (mọi chi bộ)"
        )
        count = page.cell(label.row, label.column + 1)
        assert (count.value, count.number_format) == (2, PARTLY), code
        said = f"(*) Chi bộ có chi ủy (mọi chi bộ): cộng chưa đủ: {gave} tổ chức cơ sở đảng có số."
        assert said in readable(built("return", 2019, code)), code
    board = client_as(Role.BOARD, counted.province)
    group = {"group": "Cấp ủy, chi bộ"}
    assert _incomplete(board.get("/counts/2019/", group), "1/3")
    unit = board.get(reverse("assessments:counts_unit", args=[2019, "A"]), group)
    assert _incomplete(unit, "1/2")
    excel = board.get(unit.request["PATH_INFO"] + "?export=xlsx").content
    sheet = openpyxl.load_workbook(BytesIO(excel)).active
    assert "Chi bộ có chi ủy 1/2" in sheet["A2"].value


def _incomplete(answer, gave: str) -> bool:
    """Whether the row of sums says that one is incomplete and how many gave it."""
    words = answer.content.decode().partition('<tr class="total">')[2].partition("</tr>")[0]
    return " part" in words and f">báo {gave}<" in words


def test_what_is_counted_of_every_cell_does_not_stand_among_villages(counted):
    """Biểu 04 and the return have it under a name of its own until the count is split."""
    page = openpyxl.load_workbook(BytesIO(built("villages", 2019)))["04 Thôn"]
    at = next(cell for cell in page[9] if cell.value == "Chi bộ có chi ủy").column
    groups = {cell.column: cell.value for cell in page[8] if cell.value}
    own = max(column for column in groups if column <= at)
    assert groups[own] == "Mọi chi bộ" and own == at
    villages = next(column for column, words in groups.items() if words == "Tổ chức đảng ở thôn")
    assert next(column for column in sorted(groups) if column > villages) <= at
    right = [
        row[4:6]
        for row in openpyxl.load_workbook(BytesIO(built("return", 2019)))["Báo cáo đơn vị"].iter_rows(
            11, 60, values_only=True
        )
    ]
    place = right.index(("1", "Chi bộ có chi ủy (mọi chi bộ)"))
    assert right[place - 1] == ("VI", "SỐ DO ĐƠN VỊ ĐẾM")


def test_totals_of_a_year_of_totals_say_which_units_gave(reported):
    content = built("steering-committee", 2016)
    assert "cộng chưa đủ: 1/14 đơn vị có số" in readable(content)
    for sheet, heading in (("Theo đơn vị", "Cơ sở"), ("03 Đảng viên", "Tổng số đảng viên")):
        page = openpyxl.load_workbook(BytesIO(content))[sheet]
        total = next(row for row in page.iter_rows(11) if row[1].value == "Tổng cộng")
        marked = [cell.column for cell in total if cell.number_format == PARTLY]
        assert marked, (sheet, heading)
    page = openpyxl.load_workbook(BytesIO(content), data_only=True)["Mục tiêu"]
    members = next(row for row in page.iter_rows(11) if row[0].value == "4")
    assert [cell.number_format for cell in members[4:6]] == [PARTLY, PARTLY]
    for slug in ("steering-committee", "return"):
        for cell in openpyxl.load_workbook(BytesIO(built(slug, 2016, "A"))).worksheets[0]["E11:F40"]:
            assert PARTLY not in {one.number_format for one in cell}, slug


def _below(content, sheet, heading, row="1"):
    """The cell below a heading in the first row, or in the one that bears `row`."""
    page = openpyxl.load_workbook(BytesIO(content), data_only=True)[sheet]
    at = next(cell for found in page.iter_rows(8, 9) for cell in found if cell.value == heading)
    first = next(found for found in page.iter_rows(11) if row in (str(found[0].value), found[1].value))
    return page.cell(first[0].row, at.column)

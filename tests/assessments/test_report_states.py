"""The set in years that are open, known by totals only, or counted in part."""

from io import BytesIO

import openpyxl
import pytest

from assessments import reports
from assessments.actions.periods import ensure_reported_year
from assessments.models import Activity, ActivityCount, RatingYear, Submission, Tally
from tests import factories
from tests.assessments.workbooks import column, readable
from tests.assessments.years import opened, rate_all

WITH_CONTROL = [
    report.slug for report in reports.REPORTS
    if report.group in ("whole", "forms", "years") and report.slug != "flat"
    and report.suffix == ".xlsx"
]


def built(slug, year, code=None) -> bytes:
    found = RatingYear.objects.get(pk=year)
    held = code and Submission.objects.select_related("unit").get(year=year, code=code)
    scope = held.unit if held else found.province
    return reports.BY_SLUG[slug].build(reports.matter_of(found, scope, held or None))


@pytest.fixture
def reported(world, actor):
    """2016 known only by what alpha reported of its members."""
    year = ensure_reported_year(2016, by=actor)
    for key, count in (("HTXSNV", 2), ("HTTNV", 5), ("total", 8)):
        Tally.objects.create(
            year=year, unit=world.alpha.unit, organization=world.alpha.unit,
            subject="member", key=key, count=count, is_reported=True,
        )
    return world


@pytest.mark.parametrize("slug", WITH_CONTROL)
def test_the_control_sheet_agrees_in_an_open_and_in_a_reported_year(reported, actor, slug):
    opened(2017, actor)
    for year, code in ((2016, None), (2016, "A"), (2017, None), (2017, "B")):
        assert set(column(built(slug, year, code), "Kiểm tra", "Kết quả")) <= {"khớp"}, (year, code)


@pytest.mark.parametrize("report", reports.REPORTS, ids=lambda report: report.slug)
def test_every_report_can_be_made_of_a_year_without_anybody(world, actor, report):
    opened(2017, actor)
    assert report.build(reports.matter_of(RatingYear.objects.get(pk=2017), world.province, None))


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
            year=year, grassroots=world.alpha.commune, unit=world.alpha.unit,
            activity=Activity.objects.get(code=code), count=count,
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


def _below(content, sheet, heading):
    page = openpyxl.load_workbook(BytesIO(content), data_only=True)[sheet]
    at = next(cell for row in page.iter_rows(8, 9) for cell in row if cell.value == heading)
    return page.cell(11, at.column)

"""The flat table of counts: a row per year, unit, period and count, with whole and how many gave."""

from io import BytesIO

import openpyxl
import pytest

from assessments.reports import declared
from assessments.review.years.actions import close_year
from assessments.roster.models.counts import ActivityCount
from assessments.roster.models.lines import OrganizationLine
from assessments.rules.models.counts import Activity
from assessments.rules.models.years import RatingYear, Submission
from tests import factories
from tests.assessments.office_files import column
from tests.assessments.years import opened, rate_all

SHEET = "Bảng số đếm"


def give(year, organization, period="year", **counts):
    line = OrganizationLine.objects.get(year=year, organization=organization)
    for code, count in counts.items():
        ActivityCount.objects.create(
            year_id=year,
            period=period,
            organization=organization,
            grassroots_id=line.grassroots_id,
            unit_id=line.unit_id,
            activity=Activity.objects.get(code=code),
            count=count,
        )


@pytest.fixture
def counted(world, actor):
    """Two years with the counts of alpha's two grassroots organizations and a zero of beta's."""
    second = factories.organization(world.alpha.unit, code="A.X02", name="Đảng bộ xã Alpha hai")
    rate_all(opened(2021, actor), "HTTNV")
    give(2021, world.alpha.commune, issues_raised=1)
    close_year(2021, by=actor)
    opened(2022, actor)
    give(2022, world.alpha.commune, issues_raised=7, issues_solved=5, checks_planned=2)
    give(2022, second, issues_raised=2)
    give(2022, world.beta.commune, issues_raised=0)
    give(2022, world.alpha.commune, "half", checks_planned=1)
    return world


def book(code=None) -> openpyxl.Workbook:
    year = RatingYear.objects.get(pk=2022)
    held = code and Submission.objects.select_related("unit").get(year=year, code=code)
    scope = held.unit if held else year.province
    content = declared.BY_SLUG["flat"].build(declared.matter_of(year, scope, held or None))
    assert set(column(content, "Kiểm tra", "Kết quả")) == {"khớp"}
    return openpyxl.load_workbook(BytesIO(content))


def rows(code=None) -> dict:
    """By year, unit, period and count: count, part, whole, how many gave, of how many."""
    heads, *found = book(code)[SHEET].iter_rows(values_only=True)
    keys = [heads.index(name) for name in ("Năm", "Mã đơn vị", "Mã kỳ", "Mã chỉ tiêu")]
    numbers = [
        heads.index(name) for name in ("Số lượng", "Tử số", "Mẫu số", "Nơi đã có số", "Nơi phải có số")
    ]
    return {tuple(row[at] for at in keys): tuple(row[at] for at in numbers) for row in found}


def test_zero_is_a_row_and_what_nobody_gave_is_none(counted):
    found = {key: row for key, row in rows().items() if key[3].startswith(("issues_", "checks_"))}
    assert found == {
        (2021, "A", "year", "issues_raised"): (1, None, None, 1, 2),
        (2022, "A", "year", "issues_raised"): (9, None, None, 2, 2),
        (2022, "A", "year", "issues_solved"): (5, 5, 7, 1, 2),
        (2022, "A", "year", "checks_planned"): (2, None, None, 1, 2),
        (2022, "A", "half", "checks_planned"): (1, None, None, 1, 2),
        (2022, "B", "year", "issues_raised"): (0, None, None, 1, 1),
    }


def test_a_units_table_tells_only_the_unit(counted):
    whole = {key: row for key, row in rows().items() if key[1] == "A"}
    assert rows("A") == whole and whole
    assert "Beta" not in str([*book("A")[SHEET].iter_rows(values_only=True)])


def test_it_is_a_real_table_beside_that_of_levels(counted):
    found = book()
    sheet = found[SHEET]
    (table,) = sheet.tables.values()
    assert (found.sheetnames[0], table.name) == ("Bảng số liệu", "SoDem")
    assert table.ref == f"A1:S{sheet.max_row}" and not sheet.merged_cells.ranges
    heads, *told = sheet.iter_rows(values_only=True)
    names = dict(Activity.objects.values_list("code", "name"))
    at = heads.index("Mã chỉ tiêu")
    assert {row[at]: row[at + 1] for row in told}.items() <= names.items()


def test_without_any_count_it_is_an_empty_table(world, actor):
    Activity.objects.update(is_off=True)
    opened(2022, actor)
    assert not any(key[0] for key in rows())

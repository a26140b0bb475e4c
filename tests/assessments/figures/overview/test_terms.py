"""Admissions term by term on the overview, its chart and the table of the numbers."""

from datetime import date

import pytest

from accounts.models import Role
from assessments.review.rulebook import target_actions
from assessments.rules.models.target_sets import TargetSet
from assessments.rules.models.targets import Target
from members.models import Member
from tests import factories
from tests.assessments.years import opened

pytestmark = pytest.mark.django_db
FIRST, LAST = date(2020, 10, 1), date(2025, 9, 30)


@pytest.fixture
def years(world, actor):
    for day in (date(2016, 1, 1), date(2020, 9, 30), FIRST, date(2021, 5, 1), LAST, date(2025, 10, 1)):
        factories.member(world.alpha.cells[0], admitted_on=day)
    factories.member(world.beta.cells[0], admitted_on=date(2024, 1, 1))
    factories.member(world.beta.cells[0], admitted_on=date(2024, 1, 1), admitted_outside=True)
    return {year: opened(year, actor) for year in (2020, 2024, 2025)}


def counted(first: date, last: date) -> int:
    return Member.objects.filter(admitted_outside=False, admitted_on__range=(first, last)).count()


def told(client, year: int, unit: str = ""):
    return client.get(f"/years/{year}/{unit}").context


def test_the_row_of_the_current_term_stands_in_place_of_the_one_that_is_over(world, client_as, years):
    client = client_as(Role.VIEWER, world.province)
    codes = {
        year: [row.figure.code for row in told(client, year)["rows"] if "admissions" in row.figure.code]
        for year in years
    }
    assert codes == {
        2020: ["admissions_term", "admissions_current"],
        2024: ["admissions_current"],
        2025: ["admissions_current"],
    }
    row = next(row for row in told(client, 2025)["rows"] if row.figure.code == "admissions_current")
    assert (row.place, row.name, row.value) == (6, "Kết nạp, nhiệm kỳ 2025-2030", "1")
    assert (row.verdict, row.rule) == ("Không đặt mục tiêu nhiệm kỳ mới", "từ 01/10/2025; chưa có văn bản")


def test_the_panel_has_every_term_with_its_target(world, client_as, years):
    client = client_as(Role.BOARD, world.province)
    rows = {row.name: row for row in told(client, 2025)["terms"]}
    assert {name: row.have for name, row in rows.items()} == {
        "2015-2020": counted(date(2015, 10, 1), date(2020, 9, 30)),
        "2020-2025": counted(FIRST, LAST),
        "2025-2030": counted(date(2025, 10, 1), date(2025, 12, 31)),
    }
    assert [row.have for row in rows.values()] == [2, 4, 1]
    assert (rows["2015-2020"].sign, rows["2015-2020"].needed) == ("> 5.000", 5001)
    assert rows["2015-2020"].verdict == "chưa đạt, thiếu 4.999 người"
    assert [row.is_current for row in rows.values()] == [False, False, True]
    assert rows["2020-2025"].verdict == "không đặt mục tiêu"
    unit = {row.name: row.have for row in told(client, 2025, "units/B/")["terms"]}
    assert unit == {"2015-2020": 0, "2020-2025": 1, "2025-2030": 0}
    assert [row.name for row in told(client, 2020)["terms"]] == ["2015-2020", "2020-2025"]


@pytest.mark.parametrize(("value", "verdict"), [(4, "đạt, dư 0 người"), (5, "chưa đạt, thiếu 1 người")])
def test_a_set_gives_a_term_its_target(world, client_as, years, actor, value, verdict):
    congress = TargetSet.objects.create(
        code="DH16", name="Đại hội XVI", title="Đại hội XVI", short_name="ĐH XVI", document_number="NQ ĐH XVI"
    )
    target = Target(
        set=congress, indicator="admissions_current", comparison=">=", value=value,
        first_year=2021, last_year=2025, due=2025,
    )  # fmt: skip
    target_actions.save_target(target, by=actor)
    rows = {row.name: row for row in told(client_as(Role.BOARD, world.province), 2025)["terms"]}
    assert (rows["2020-2025"].sign, rows["2020-2025"].verdict) == (f"≥ {value}", verdict)
    assert "NQ ĐH XVI" in rows["2020-2025"].document
    assert rows["2025-2030"].sign == ""


def test_the_chart_and_the_table_have_a_line_a_term(world, client_as, years):
    client = client_as(Role.BOARD, world.province)
    chart = next(one for one in told(client, 2025)["charts"] if one.name == "Kết nạp theo nhiệm kỳ")
    assert len(chart.series.dots) == 1 + 3 + 1 and len(chart.series.lines) == 1
    table = {
        str(row.name): [cell.value for cell in row.cells] for row in told(client, 2025, "history/")["table"]
    }
    assert table["Kết nạp, nhiệm kỳ 2015-2020"] == ["2", "", ""]
    assert table["Kết nạp, nhiệm kỳ 2020-2025"] == ["1", "3", "4"]
    assert table["Kết nạp, nhiệm kỳ 2025-2030"] == ["", "", "1"]
    assert "Kết nạp trong nhiệm kỳ" not in table

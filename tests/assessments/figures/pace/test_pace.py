"""Admissions and village heads as of a day, beside the same day last year (counted here by the registers)."""

import io
from datetime import date

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Role
from assessments.review.years.actions import close_year
from assessments.rules.models.target_sets import Quota, TargetScope, TargetSet
from assessments.rules.models.targets import Target
from members.models import Member
from tests import factories
from tests.assessments.years import opened

pytestmark = pytest.mark.django_db


@pytest.fixture
def years(world, actor):
    """2022 closed, 2023 open: admissions on both sides of each day, a head who became a member in between."""
    cells = {"a": world.alpha.cells[0], "b": world.beta.cells[0]}
    days = [
        ("a", 2022, 6, 30), ("a", 2022, 7, 1), ("a", 2022, 12, 31), ("a", 2023, 1, 1), ("a", 2023, 6, 30),
        ("a", 2023, 7, 1), ("b", 2023, 9, 30), ("b", 2023, 10, 1), ("a", 2020, 9, 30), ("a", 2020, 10, 1),
    ]  # fmt: skip
    for unit, *day in days:
        factories.member(cells[unit], admitted_on=date(*day))
    factories.member(cells["a"], admitted_on=date(2023, 2, 2), admitted_outside=True)
    gone = {"left_on": date(2023, 4, 1), "leaving_reason": "died"}
    factories.member(cells["a"], admitted_on=date(2023, 3, 3), **gone)
    village = factories.village(world.alpha.commune, cells["a"], name="Thôn hai")
    late = factories.member(cells["a"], admitted_on=date(2022, 8, 1))
    factories.head(village, date(2020, 1, 1), member=late)
    opened(2022, actor)
    close_year(2022, by=actor, reason="thử")
    return opened(2023, actor)


def counted(first: date, last: date, letter: str = "") -> int:
    found = Member.objects.filter(admitted_outside=False, admitted_on__range=(first, last))
    return found.filter(cell__code__startswith=letter).count()


def page(client, day: str, unit: str = ""):
    return client.get(f"/years/2023/pace/{unit}?day={day}").context


@pytest.mark.parametrize("day", ["06-30", "09-30", "12-31"])
def test_each_day_beside_the_same_day_last_year(world, client_as, years, day):
    shown = page(client_as(Role.BOARD, world.province), day)
    on = {year: date.fromisoformat(f"{year}-{day}") for year in (2022, 2023)}
    rows = {line.name[-5:]: line for line in shown["lines"]} | {"": shown["total"]}
    for name, letter in (("Alpha", "A"), ("", "")):
        for year in on:
            in_year = counted(date(year, 1, 1), on[year], letter)
            in_term = counted(date(2020, 10, 1), on[year], letter)
            line = rows[name]
            told = (line.in_year.have, line.in_term.have)
            assert (told if year == 2023 else (line.in_year.before, line.in_term.before)) == (
                in_year,
                in_term,
            )
    total = shown["total"].heads
    assert (total.have, total.base, total.before, total.before_base) == (1, 3, 1 if day > "08" else 0, 3)
    closed_days = [f"{on[2022]:%d/%m/%Y}: theo sổ hiện nay, năm đã khoá"] if day != "12-31" else []
    assert shown["notes"] == closed_days


def quotas(world, due, **values):
    congress = TargetSet.objects.create(code="KH", name="KH", title="KH", short_name="KH")
    row = Target.objects.create(
        set=congress, indicator="admissions_current", comparison=">=", value=None, scope=TargetScope.QUOTA,
        first_year=2021, last_year=2025, due=due,
    )  # fmt: skip
    for letter, value in values.items():
        Quota.objects.create(target=row, unit=getattr(world, letter).unit, value=value)


@pytest.mark.parametrize(("quota", "short"), [(4, 0), (5, 1)])
def test_a_quota_of_the_year_is_held_against_the_admissions_of_the_year(
    world, client_as, years, quota, short
):
    quotas(world, 2023, alpha=quota, beta=3)
    shown = page(client_as(Role.BOARD, world.province), "06-30")
    line = next(line for line in shown["lines"] if line.name == "Huyện ủy Alpha")
    assert (line.in_year.have, line.in_year.needed, line.in_year.short) == (3, quota, short + 1)
    shown = page(client_as(Role.BOARD, world.province), "09-30")
    line = next(line for line in shown["lines"] if line.name == "Huyện ủy Alpha")
    assert (line.in_year.have, line.in_year.needed, line.in_year.short) == (4, quota, short)
    assert line.in_term.needed is None
    assert shown["total"].in_year.needed == quota + 3


def test_a_quota_of_the_term_and_a_milestone(world, client_as, years):
    quotas(world, 2025, alpha=10)
    shown = page(client_as(Role.BOARD, world.province), "12-31")
    line = next(line for line in shown["lines"] if line.name == "Huyện ủy Alpha")
    assert (line.in_term.needed, line.in_term.is_quota, line.in_year.needed) == (10, True, None)
    assert line.heads.aim.goal() == "> 90%" and line.heads.needed == 2 * 90 // 100 + 1


def test_scopes_names_and_the_workbook(world, client_as, years):
    officer = client_as(Role.OFFICER, world.alpha.unit)
    assert officer.get("/years/2023/pace/").url == "/years/2023/pace/A/"
    shown = officer.get("/years/2023/pace/A/?day=06-30")
    assert [line.name for line in shown.context["lines"]] == ["Huyện ủy Alpha"]
    assert "Beta" not in shown.content.decode()
    assert officer.get("/years/2023/pace/B/").status_code == 404
    assert client_as(Role.CLERK, world.alpha.commune).get("/years/2023/pace/A/").status_code == 403
    viewer = client_as(Role.VIEWER, world.province)
    assert "Nguyễn Văn" not in viewer.get("/years/2023/pace/?day=06-30").content.decode()
    book = viewer.get("/years/2023/pace/?day=06-30&export=xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(book.content)).active
    rows = {row[0]: row for row in sheet.iter_rows(min_row=5, values_only=True) if row[0]}
    assert rows["Huyện ủy Alpha"][1] == 3 and rows["Toàn tỉnh"][1] == 3


def test_statements_do_not_grow(world, client_as, years):
    client = client_as(Role.BOARD, world.province)
    page(client, "06-30")
    with CaptureQueriesContext(connection) as few:
        page(client, "06-30")
    for number in range(6):
        cell = factories.cell(world.beta.commune)
        factories.member(cell, admitted_on=date(2023, 1, 5))
        factories.head(factories.village(world.beta.commune, cell, name=f"Thôn {number}"))
    with CaptureQueriesContext(connection) as many:
        assert page(client, "06-30")["total"].in_year.have == 3 + 6
    assert len(few) == len(many)

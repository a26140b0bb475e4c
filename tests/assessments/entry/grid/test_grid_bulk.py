"""Many rows at once: filling, choosing, and undoing, also what is saved already."""

import pytest

from accounts.actors import Actor
from assessments.review.years.actions import open_year
from assessments.roster.models.lines import OrganizationLine
from assessments.rules.models.schemes import Level
from tests.assessments.entry.grid.grid import GRID, levels, stored


def count(code: str) -> int:
    return OrganizationLine.objects.filter(decided__code=code, year=2018).count()


def test_filling_says_how_many_and_is_undone_after_it_is_saved(grid):
    grid.button("Điền HTTNV vào 12 dòng trống").click()
    grid.page.get_by_text("Vừa đổi 12 dòng").wait_for()
    grid.saved(*range(1, 13))
    assert count("HTTNV") == 12
    grid.press("Control+z")
    grid.page.get_by_text("Đã hoàn tác 12 dòng").wait_for()
    grid.settle()
    assert count("HTTNV") == 0
    grid.press("Control+z")
    grid.page.get_by_text("Không còn gì để hoàn tác").wait_for()


def test_several_steps_are_undone_one_by_one(grid):
    grid.focus(1).press("2", "3", "ArrowDown", "4")
    grid.settle()
    for expected in (["HTNV", ""], ["HTTNV", ""], ["", ""]):
        grid.press("Control+z")
        grid.settle()
        assert levels(1, 2) == expected


def test_chosen_rows_are_changed_together(grid):
    grid.focus(2).press("x", "ArrowDown", "Shift+ArrowDown", "Shift+ArrowDown")
    grid.page.get_by_text("Đang chọn 4 dòng").wait_for()
    assert grid.row(3).get_attribute("aria-selected") == "true"
    grid.press("f", "3")
    assert grid.button("Đổi 4 dòng sang HTNV").is_visible()
    grid.press("Enter")
    grid.settle()
    assert (count("HTNV"), levels(2, 3, 4, 5)) == (4, ["HTNV"] * 4)
    grid.button("Bỏ chọn").click()
    grid.row(8).locator("input").click()
    grid.row(10).locator("input").click(modifiers=["Shift"])
    grid.page.get_by_text("Đang chọn 3 dòng").wait_for()
    grid.press("Escape", "Control+a")
    grid.page.get_by_text("Đang chọn 12 dòng").wait_for()


def test_filtered_rows_are_filled_and_no_others(grid):
    grid.focus(1).press("/")
    grid.type("dak 1")
    grid.press("Enter")
    grid.button("Điền HTTNV vào 3 dòng trống").click()
    grid.settle()
    assert (count("HTTNV"), levels(10, 11, 12)) == (3, ["HTTNV"] * 3)


@pytest.fixture
def last_year(entry):
    """2019 opened after a 2018 in which all were rated."""
    level = Level.objects.get(scheme__years=2018, subject="organization", code="HTNV")
    OrganizationLine.objects.filter(year=2018).exclude(code="A.X12").update(decided=level)
    open_year(2019, by=Actor(name="thử nghiệm"))
    return entry


def test_like_last_year_fills_who_was_rated_then(last_year, open_grid):
    grid = open_grid(last_year.officer, GRID.replace("2018", "2019"))
    grid.press("l", "Enter")
    grid.page.get_by_text("Vừa đổi 11 dòng").wait_for()
    grid.settle()
    rated = OrganizationLine.objects.filter(year=2019, kind="grassroots", decided__code="HTNV")
    assert rated.count() == 11


def test_like_last_year_is_not_offered_when_the_levels_changed(entry, open_grid):
    """2017 had other levels than 2018."""
    open_year(2017, by=Actor(name="thử nghiệm"))
    level = Level.objects.filter(scheme__years=2017, subject="organization").first()
    OrganizationLine.objects.filter(year=2017).update(decided=level)
    grid = open_grid(entry.officer)
    assert grid.button("Điền HTTNV vào 12 dòng trống").is_visible()
    assert "như năm" not in grid.page.locator("#actions").inner_text()
    assert stored(1).decided is None

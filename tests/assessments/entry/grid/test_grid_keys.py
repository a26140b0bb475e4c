"""The entry grid with the keyboard: moving, rating, reaching a row, finding, reasons."""

import pytest

from assessments.roster.models.lines import MemberLine, OrganizationLine
from tests.assessments.entry.grid.grid import levels, stored


def test_levels_are_set_and_saved_with_the_keyboard(grid):
    grid.focus(1).press("2", "ArrowDown", "3", "Enter", "ArrowLeft", "1")
    grid.saved(1, 2)
    grid.settle()
    assert levels(1, 2, 3) == ["HTTNV", "HTNV", ""]
    assert levels(3, field="self_rated") == ["HTXSNV"]


def test_home_end_tab_and_page_keys_move(grid):
    grid.focus(1)
    for key, row, field in (
        ("End", 1, "awarded"),
        ("Home", 1, "self_rated"),
        ("Tab", 1, "decided"),
        ("Tab", 1, "note"),
        ("Tab", 1, "awarded"),
        ("Tab", 2, "self_rated"),
        ("Shift+Tab", 1, "awarded"),
        ("Control+End", 12, "awarded"),
        ("Shift+Enter", 11, "awarded"),
        ("Control+Home", 1, "awarded"),
        ("Enter", 2, "awarded"),
    ):
        assert grid.press(key).at() == [row, field], key
    page_down = grid.press("PageDown").at()[0]
    assert page_down > 4
    assert grid.press("PageUp").at()[0] <= 2


def test_delete_clears_and_zero_asks_for_a_reason(grid):
    grid.focus(1).press("2")
    grid.saved(1)
    grid.press("Delete")
    grid.says(1, "Trống")
    grid.press("0")
    grid.type("Mới thành lập")
    grid.press("Enter")
    grid.saved(1)
    assert (levels(1), stored(1).reason) == ([""], "Mới thành lập")


def test_the_list_of_levels_opens_and_is_used_with_keys(grid):
    grid.focus(2).press("Space", "ArrowDown", "ArrowDown", "Enter")
    grid.saved(2)
    assert levels(2) == ["HTNV"]
    assert grid.at() == [2, "decided"]
    grid.press("F2", "Escape")
    assert grid.page.locator(".keys").count() == 0
    grid.press("F2", "4")
    grid.settle()
    assert levels(2) == ["KHTNV"]


def test_a_click_opens_the_list_and_a_click_chooses(grid):
    grid.cell(3).click()
    grid.page.get_by_role("option", name="HTXSNV").click()
    grid.saved(3)
    assert levels(3) == ["HTXSNV"]


def test_a_row_is_reached_by_its_number(grid):
    grid.focus(1).press("g")
    grid.type("11")
    assert grid.press("Enter").at() == [11, "decided"]
    for key, row in (("Alt+2", 12), ("Alt+Shift+1", 11), ("Alt+Shift+3", 3), ("Alt+0", 10)):
        assert grid.press(key).at() == [row, "decided"], key
    grid.press("g")
    grid.type("77")
    grid.press("Enter")
    grid.page.get_by_text("Dòng 77 không có").wait_for()


def test_control_and_arrow_go_to_the_next_blank_row(grid):
    grid.focus(1).press("2", "ArrowDown", "2", "ArrowDown", "2", "Control+Home")
    assert grid.press("Control+ArrowDown").at() == [4, "decided"]
    assert grid.press("ArrowDown", "Control+ArrowUp").at() == [4, "decided"]


def test_the_filter_takes_no_diacritics(grid):
    grid.focus(1).press("/")
    grid.type("dak 5")
    assert grid.shown() == ["A.X05"]
    grid.press("Enter", "4")
    grid.page.get_by_text("Đã lưu").first.wait_for()
    assert OrganizationLine.objects.get(code="A.X05", year=2018).decided.code == "KHTNV"
    grid.press("/", "Escape")
    assert len(grid.shown()) == 12


def test_the_question_mark_lists_all_keys(grid):
    assert not grid.page.locator("#allkeys").is_visible()
    grid.focus(1).press("?")
    assert grid.page.locator("#allkeys").is_visible()


def test_letters_in_the_column_of_reasons_are_text(grid):
    grid.focus(1).press("3", "ArrowRight")
    grid.type("Ghi / lý do? L")
    grid.press("Enter")
    grid.saved(1)
    assert stored(1).note == "Ghi / lý do? L"


def test_the_column_of_proposed_levels_is_shown_on_demand(grid):
    assert not grid.cell(1, "proposed").is_visible()
    grid.button("Cột “Đề nghị”").click()
    grid.focus(1, "self_rated").press("ArrowRight", "2")
    grid.settle()
    assert levels(1, field="proposed") == ["HTTNV"]


def test_a_clerk_enters_drafts_only(entry, open_grid):
    grid = open_grid(entry.clerk)
    assert grid.cell(1, "decided").get_attribute("aria-readonly") == "true"
    grid.focus(1, "decided").press("2")
    grid.focus(1, "proposed").press("3")
    grid.settle()
    assert (levels(1), levels(1, field="proposed")) == ([""], ["HTNV"])


@pytest.mark.parametrize("part", ["", "?grassroots=A.X01", "?cell=A.X01.1"])
def test_members_of_the_unit_of_one_organization_or_of_one_cell(entry, open_grid, part):
    grid = open_grid(entry.officer, f"/ratings/2018/members/{part}")
    grid.focus(1).press("2")
    grid.saved(1)
    assert MemberLine.objects.filter(decided__code="HTTNV").count() == 1

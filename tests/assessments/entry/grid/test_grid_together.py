"""Two people on one row: the later one sees both values, who and when, and chooses."""

import pytest

from accounts.models import Role
from tests import factories
from tests.assessments.entry.grid.grid import GRID, Grid, levels, stored

pytestmark = pytest.mark.both


@pytest.fixture
def two(entry, grid, browser, client_of, live_server, world):
    """The grid of the officer, and that of a colleague in a browser of their own."""
    context = browser.new_context(locale="vi-VN")
    colleague = factories.user(Role.OFFICER, world.alpha.unit, full_name="Nguyễn Thị Thử")
    cookie = client_of(colleague).cookies["sessionid"]
    context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])
    other = Grid(context.new_page())
    other.page.goto(live_server.url + GRID)
    yield grid, other.ready()
    other.settle()
    context.close()


def rate(grid, number: int, key: str) -> None:
    grid.focus(number).press(key)
    grid.saved(number)


@pytest.mark.parametrize(("button", "kept"), [("Giữ HTTNV của tôi", "HTTNV"), ("Lấy HTNV", "HTNV")])
def test_the_later_one_chooses(two, button, kept):
    mine, theirs = two
    rate(theirs, 1, "3")
    mine.focus(1).press("2")
    mine.says(1, "Người khác vừa đổi")
    more = mine.page.locator(".conflict-more")
    assert "Nguyễn Thị Thử" in more.inner_text() and "HTTNV" in more.inner_text()
    assert levels(1) == ["HTNV"]
    more.get_by_role("button", name=button).click()
    mine.saved(1)
    mine.settle()
    assert levels(1) == [kept]
    assert (more.count(), mine.kept()) == (0, {})


def test_it_goes_both_ways_and_for_reasons_too(two):
    mine, theirs = two
    mine.focus(2).press("0")
    mine.type("Mới thành lập")
    mine.press("Enter")
    mine.saved(2)
    theirs.focus(2).press("0")
    theirs.type("Chờ quyết định")
    theirs.press("Enter")
    theirs.says(2, "Người khác vừa đổi")
    words = theirs.page.locator(".conflict-more").inner_text()
    assert "Mới thành lập" in words and "Chờ quyết định" in words
    theirs.button("Giữ “Chờ quyết định” của tôi").click()
    theirs.saved(2)
    theirs.settle()
    assert stored(2).reason == "Chờ quyết định"
    rate(mine, 3, "1")
    theirs.focus(3, "self_rated").press("2")
    theirs.says(3, "Người khác vừa đổi")
    theirs.focus(3).press("4")
    assert "Tự xếp" in theirs.page.locator(".conflict-more").inner_text()
    theirs.button("Lấy tất cả của người kia").click()
    theirs.settle()
    assert (levels(3), levels(3, field="self_rated")) == (["HTXSNV"], [""])
    theirs.press("Control+z")
    theirs.settle()
    assert levels(3) == ["HTXSNV"]


def test_ones_own_second_window_is_not_another_person(grid, live_server):
    second = Grid(grid.page.context.new_page())
    second.page.goto(live_server.url + GRID)
    rate(second.ready(), 1, "3")
    grid.focus(1).press("2")
    grid.says(1, "Bạn vừa đổi ở cửa sổ khác")
    words = grid.page.locator(".conflict-more").inner_text()
    assert "bạn, ở cửa sổ khác" in words and "gười khác" not in words
    grid.button("Giữ HTTNV của tôi").click()
    grid.saved(1)
    second.page.close()


def test_only_rows_that_were_changed_or_undone_are_counted(two):
    mine, theirs = two
    rate(theirs, 5, "3")
    mine.button("Điền HTTNV vào 12 dòng trống").click()
    mine.page.get_by_text("Vừa đổi 11 dòng; 1 dòng chưa lưu").wait_for()
    mine.settle()
    theirs.page.reload()
    rate(theirs.ready(), 6, "4")
    mine.press("Control+z")
    mine.page.get_by_text("Đã hoàn tác 10 dòng; 1 dòng chưa").wait_for()
    mine.settle()
    assert levels(4, 5, 6, 7) == ["", "HTNV", "KHTNV", ""]
    mine.says(6, "Người khác vừa đổi")
    assert "HTNV" in mine.cell(5).inner_text() and mine.page.locator(".conflict-more").count() == 1
    mine.button("Lấy KHTNV").click()
    mine.settle()


def test_other_rows_are_saved_beside_a_conflict(two):
    mine, theirs = two
    rate(theirs, 5, "3")
    mine.button("Điền HTTNV vào 12 dòng trống").click()
    mine.says(5, "Người khác vừa đổi")
    mine.saved(1, 4, 6, 12)
    assert levels(4, 5, 6) == ["HTTNV", "HTNV", "HTTNV"]
    mine.page.locator("[data-filter=conflict]").click()
    assert mine.shown() == ["A.X05"]

"""A lost line, a server that restarts, an expired sign-in: nothing typed is lost, and it is said."""

import pytest

from accounts.actors import Actor
from accounts.models import Role
from assessments.review.years.actions import close_year
from assessments.roster.models.lines import OrganizationLine
from assessments.rules.models.years import Submission
from tests import factories
from tests.assessments.entry.grid.grid import GRID, Grid, levels, sign_in, stored


def online(grid) -> None:
    grid.page.context.set_offline(False)


def test_nothing_is_lost_when_the_line_is_down(grid):
    grid.focus(1)
    grid.page.context.set_offline(True)
    grid.press("2")
    grid.says(1, "mất kết nối")
    assert "Mất kết nối: 1 dòng chưa lưu" in grid.notice("trouble").inner_text()
    kept = str(grid.kept())
    assert "HTTNV" in kept and "Alpha" not in kept
    assert levels(1) == [""]
    online(grid)
    grid.saved(1)
    assert levels(1) == ["HTTNV"]
    assert (grid.kept(), grid.notice("trouble").count()) == ({}, 0)


def test_what_was_typed_survives_a_reload(grid):
    grid.focus(1)
    grid.page.context.set_offline(True)
    grid.press("2", "ArrowDown", "3")
    grid.says(2, "mất kết nối")
    grid.page.route("**/save/", lambda route: route.abort())
    online(grid)
    grid.page.reload()
    grid.ready()
    assert "2 dòng gõ trước đây" in grid.notice("restored").inner_text()
    assert grid.cell(2).inner_text() == "HTNV"
    grid.notice("trouble").wait_for()
    grid.page.unroute("**/save/")
    grid.button("Thử lại ngay").click()
    grid.saved(1, 2)
    assert levels(1, 2) == ["HTTNV", "HTNV"]


@pytest.mark.parametrize("status", [500, 502, 503])
def test_a_server_that_restarts_is_tried_again(grid, status):
    grid.page.route("**/save/", lambda route: route.fulfill(status=status, body="Bad gateway"))
    grid.focus(1).press("2")
    grid.says(1, "hệ thống chưa trả lời")
    assert "Hệ thống không trả lời: 1 dòng chưa lưu" in grid.notice("trouble").inner_text()
    grid.page.unroute("**/save/")
    grid.page.evaluate("() => dispatchEvent(new Event('focus'))")
    grid.saved(1)
    assert levels(1) == ["HTTNV"]


def test_an_expired_sign_in_goes_on_after_signing_in_in_another_window(entry, world, live_server, page):
    factories.user(Role.OFFICER, world.alpha.unit, username="can.bo")
    sign_in(page, live_server, "can.bo")
    page.goto(live_server.url + GRID)
    grid = Grid(page).ready()
    page.context.clear_cookies()
    grid.focus(1).press("2")
    grid.says(1, "bạn đã bị thoát")
    with page.context.expect_page() as opening:
        grid.notice("trouble").get_by_role("link", name="Đăng nhập lại").click()
    other = opening.value
    other.get_by_label("Tên đăng nhập").fill("can.bo")
    other.get_by_label("Mật khẩu").fill(factories.PASSWORD)
    page.route("**/save/", lambda route: route.continue_())
    other.get_by_role("button", name="Đăng nhập").click()
    Grid(other).ready().saved(1)
    other.close()
    page.evaluate("() => dispatchEvent(new Event('focus'))")
    grid.saved(1)
    grid.focus(2).press("3")
    grid.saved(2)
    assert levels(1, 2) == ["HTTNV", "HTNV"]


def expire(grid) -> None:
    """The sign-in ends while one types; what is typed is kept."""
    grid.page.context.clear_cookies()
    grid.focus(1).press("2")
    grid.says(1, "bạn đã bị thoát")


def test_another_user_neither_sees_nor_sends_what_is_kept(entry, grid, page_of, world):
    expire(grid)
    kept = grid.kept()
    other = factories.user(Role.OFFICER, world.alpha.unit)
    theirs = Grid(page_of(other, GRID)).ready()
    assert theirs.cell(1).inner_text() == "chưa xếp"
    theirs.focus(2).press("3")
    theirs.saved(2)
    assert (theirs.kept(), levels(1, 2)) == (kept, ["", "HTNV"])
    theirs.button("Thoát").click()
    theirs.page.wait_for_url("**/sign-in/**")
    assert theirs.kept() == kept
    mine = Grid(page_of(entry.officer, GRID)).ready()
    mine.saved(1)
    assert (mine.kept(), levels(1)) == ({}, ["HTTNV"])


def test_signing_out_forgets_what_is_kept(grid):
    grid.page.route("**/save/", lambda route: route.abort())
    grid.focus(1).press("2")
    grid.says(1, "mất kết nối")
    assert grid.kept()
    grid.button("Thoát").click()
    grid.page.wait_for_url("**/sign-in/**")
    assert (grid.kept(), levels(1)) == ({}, [""])


def test_leaving_with_an_unsaved_reason_is_asked_for(grid):
    asked = []
    grid.page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    grid.page.route("**/save/", lambda route: route.abort())
    grid.focus(1).press("0")
    grid.type("Mới thành lập")
    grid.press("Enter")
    grid.says(1, "mất kết nối")
    assert grid.kept() == {}
    grid.page.reload()
    assert asked == ["beforeunload"]
    grid.page.unroute("**/save/")


def reopened(entry, page_of, grid) -> Grid:
    return Grid(page_of(entry.officer, GRID)).ready()


def test_what_was_typed_into_a_year_locked_meanwhile_is_said_and_discarded(entry, grid, page_of):
    expire(grid)
    close_year(2018, by=Actor(name="thử nghiệm"), reason="thử")
    grid = reopened(entry, page_of, grid)
    notice = grid.notice("refused")
    notice.get_by_text("Năm 2018 đã khoá").wait_for()
    assert "A.X01" in notice.inner_text() and "Quyết định HTTNV" in notice.inner_text()
    assert grid.cell(1).inner_text() == "HTTNV"
    grid.button("Bỏ 1 dòng").click()
    assert (grid.cell(1).inner_text(), notice.count(), grid.kept()) == ("chưa xếp", 0, {})


def test_a_submission_meanwhile_refuses_what_is_typed_and_keeps_it(entry, grid):
    Submission.objects.filter(pk=entry.submission.pk).update(
        state="submitted", submitted_at="2019-01-01T00:00Z"
    )
    grid.focus(1).press("2")
    grid.says(1, "Đơn vị đã gửi năm này")
    grid.notice("refused").wait_for()
    assert grid.kept()


def test_a_row_that_left_the_roster_is_named(entry, grid, page_of):
    expire(grid)
    OrganizationLine.objects.filter(pk=entry.line.pk).update(dropped=True)
    grid = reopened(entry, page_of, grid)
    grid.notice("refused").get_by_text("A.X01 Đảng bộ xã Alpha").wait_for()
    words = grid.notice("refused").inner_text()
    assert "HTTNV" in words and "31/12/2018" in words and grid.kept()
    grid.button("Bỏ 1 dòng").click()
    assert grid.kept() == {}


def test_a_level_that_the_scheme_no_longer_has_is_said_on_the_row(entry, grid, page_of):
    expire(grid)
    grid.page.evaluate(
        "() => { for (const [key, text] of Object.entries(localStorage))"
        " localStorage.setItem(key, text.replace('HTTNV', 'TSVM')); }"
    )
    grid = reopened(entry, page_of, grid)
    grid.says(1, "“TSVM” không thuộc bộ mức")
    assert grid.cell(1).inner_text() == "TSVM" and grid.kept()
    grid.focus(1).press("2")
    grid.saved(1)
    assert (levels(1), grid.kept()) == (["HTTNV"], {})


def test_rows_kept_in_another_part_of_the_list_are_sent_too(entry, open_grid, page_of):
    grid = open_grid(entry.officer, "/ratings/2018/members/")
    expire(grid)
    grid = Grid(page_of(entry.officer, "/ratings/2018/members/?cell=A.X01.2")).ready()
    grid.page.wait_for_function("() => localStorage.length === 0")
    entry.members[0].refresh_from_db()
    assert stored(1).decided is None and entry.members[0].decided.code == "HTTNV"

"""The entry grid in a real browser: keyboard, saving, conflict, paste, undo, a lost line."""

import json

import pytest

from accounts.actors import Actor
from assessments.actions.ratings import save_rating
from assessments.models import MemberLine, OrganizationLine
from tests import factories
from tests.assessments.year import opened

GRID = "/ratings/2018/grassroots/"


@pytest.fixture
def entry(reference, world):
    for number in range(2, 12):
        factories.organization(
            world.alpha.unit, code=f"A.X{number:02}", name=f"Đảng bộ xã Đắk {number}"
        )
    return opened(world)


@pytest.fixture
def grid(entry, page_of):
    page = page_of(entry.officer, GRID)
    page.wait_for_selector("#entry[data-ready]")
    yield page
    settle(page)


def settle(page):
    """Nothing is under way any more: the database is emptied after the test."""
    page.wait_for_function("() => !document.querySelector('#grid .sign.wait')")


def cell(page, row, field="decided"):
    return page.locator("#grid tbody tr:not(.conflict-more)").nth(row).locator(f"[data-field={field}]")


def state(page, row):
    return page.locator("#grid tbody tr:not(.conflict-more)").nth(row).locator(".st")


def wait_saved(page, row):
    state(page, row).get_by_text("Đã lưu").wait_for()


def stored(number):
    return list(OrganizationLine.objects.filter(kind="grassroots", unit__code="A"))[number]


def test_levels_are_set_and_saved_with_the_keyboard(grid):
    cell(grid, 0).focus()
    grid.keyboard.press("2")
    grid.keyboard.press("ArrowDown")
    grid.keyboard.press("3")
    grid.keyboard.press("Enter")
    grid.keyboard.press("ArrowLeft")
    grid.keyboard.press("1")
    wait_saved(grid, 0)
    wait_saved(grid, 1)
    settle(grid)
    assert [stored(0).decided.code, stored(1).decided.code] == ["HTTNV", "HTNV"]
    assert (stored(2).self_rated.code, stored(2).decided) == ("HTXSNV", None)


def test_home_end_tab_and_page_keys_move(grid):
    cell(grid, 0).focus()
    for key, row, field in (
        ("End", 0, "note"), ("Home", 0, "self_rated"), ("Tab", 0, "decided"), ("Tab", 0, "note"),
        ("Tab", 1, "self_rated"), ("Shift+Tab", 0, "note"), ("Control+End", 10, "note"),
        ("PageUp", 0, "note"), ("PageDown", 10, "note"), ("Control+Home", 0, "note"),
    ):
        grid.keyboard.press(key)
        focused = grid.evaluate(
            "() => [document.activeElement.closest('tr').sectionRowIndex,"
            " document.activeElement.dataset.field]"
        )
        assert focused == [row, field], key


def test_delete_clears_and_zero_asks_for_a_reason(grid):
    cell(grid, 0).focus()
    grid.keyboard.press("2")
    wait_saved(grid, 0)
    grid.keyboard.press("Delete")
    state(grid, 0).get_by_text("Trống").wait_for()
    grid.keyboard.press("0")
    grid.keyboard.type("Mới thành lập")
    grid.keyboard.press("Enter")
    wait_saved(grid, 0)
    assert (stored(0).decided, stored(0).reason) == (None, "Mới thành lập")


def test_the_filter_takes_no_diacritics(grid):
    cell(grid, 0).focus()
    grid.keyboard.press("/")
    grid.keyboard.type("dak 5")
    assert grid.locator("#grid tbody tr:visible").count() == 1
    grid.keyboard.press("Enter")
    grid.keyboard.press("4")
    grid.get_by_text("Đã lưu").first.wait_for()
    assert OrganizationLine.objects.get(name="Đảng bộ xã Đắk 5").decided.code == "KHTNV"


def test_counts_targets_and_caps_follow_while_typing(grid):
    head = grid.locator("#gridhead")
    cell(grid, 0).focus()
    for _ in range(4):
        grid.keyboard.press("3")
        grid.keyboard.press("ArrowDown")
    assert "4 / 11" in head.inner_text()
    assert "thiếu 2" in head.inner_text()
    for _ in range(4):
        grid.keyboard.press("2")
        grid.keyboard.press("ArrowDown")
    assert "4 / 8" in head.inner_text()


def test_a_column_pasted_from_a_spreadsheet_fills_downward(grid):
    cell(grid, 0).focus()
    paste(grid, "HTTNV\nHoàn thành nhiệm vụ\nhttnv\nTSVM\n\nKHTNV\n")
    state(grid, 3).get_by_text("TSVM").wait_for()
    for row in (0, 1, 2, 5):
        wait_saved(grid, row)
    assert [stored(row).decided and stored(row).decided.code for row in range(6)] == [
        "HTTNV", "HTNV", "HTTNV", None, None, "KHTNV",
    ]


def paste(page, text):
    page.evaluate(
        """text => {
            const data = new DataTransfer();
            data.setData("text/plain", text);
            document.activeElement.dispatchEvent(
                new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
        }""",
        text,
    )


def test_filling_says_how_many_and_is_undone(grid):
    grid.get_by_role("button", name="Điền HTTNV vào 11 dòng trống").click()
    grid.get_by_text("Vừa đổi 11 dòng").wait_for()
    for row in range(11):
        wait_saved(grid, row)
    assert OrganizationLine.objects.filter(decided__code="HTTNV").count() == 11
    grid.keyboard.press("Control+z")
    grid.get_by_text("Đã hoàn tác 11 dòng").wait_for()
    settle(grid)
    assert OrganizationLine.objects.filter(decided__isnull=False).count() == 0


def change_behind(entry, row, code):
    """Somebody else rates a row meanwhile."""
    line = stored(row)
    save_rating(
        by=Actor.of(factories.user("officer", line.unit, full_name="Nguyễn Thị Thử")),
        line=line, version=line.version, changes={"decided": code},
    )


@pytest.mark.parametrize(("button", "kept"), [("Giữ HTTNV của tôi", "HTTNV"), ("Lấy HTNV", "HTNV")])
def test_a_conflict_shows_both_values_and_lets_choose(entry, grid, button, kept):
    change_behind(entry, 0, "HTNV")
    cell(grid, 0).focus()
    grid.keyboard.press("2")
    state(grid, 0).get_by_text("Người khác vừa đổi").wait_for()
    more = grid.locator(".conflict-more")
    assert "Nguyễn Thị Thử" in more.inner_text()
    assert stored(0).decided.code == "HTNV"
    more.get_by_role("button", name=button).click()
    wait_saved(grid, 0)
    assert stored(0).decided.code == kept


def test_nothing_is_lost_when_the_line_is_down(entry, grid):
    cell(grid, 0).focus()
    grid.context.set_offline(True)
    grid.keyboard.press("2")
    state(grid, 0).get_by_text("mất kết nối").wait_for()
    kept = grid.evaluate("() => JSON.stringify(localStorage)")
    assert "HTTNV" in kept and "Alpha" not in kept
    assert stored(0).decided is None
    grid.context.set_offline(False)
    wait_saved(grid, 0)
    assert stored(0).decided.code == "HTTNV"
    assert grid.evaluate("() => localStorage.length") == 0


def test_what_was_typed_survives_an_expired_sign_in(entry, grid, page_of):
    cell(grid, 0).focus()
    grid.context.clear_cookies()
    grid.keyboard.press("2")
    state(grid, 0).get_by_text("bạn đã bị thoát").wait_for()
    grid.on("dialog", lambda dialog: dialog.accept())
    page = page_of(entry.officer, GRID)
    page.wait_for_selector("#entry[data-ready]")
    wait_saved(page, 0)
    assert stored(0).decided.code == "HTTNV"


def test_after_signing_in_again_in_another_window_the_page_goes_on(entry, grid, live_server):
    factories.user("officer", entry.line.unit, username="can.bo")
    other = grid.context.new_page()
    grid.context.clear_cookies()
    sign_in(other, live_server, "can.bo")
    other.goto(live_server.url + GRID)
    other.wait_for_selector("#entry[data-ready]")
    third = grid.context.new_page()
    grid.context.clear_cookies()
    sign_in(third, live_server, "can.bo")
    cell(other, 0).focus()
    other.keyboard.press("2")
    wait_saved(other, 0)
    assert stored(0).decided.code == "HTTNV"


def sign_in(page, live_server, name):
    page.goto(f"{live_server.url}/account/sign-in/")
    page.get_by_label("Tên đăng nhập").fill(name)
    page.get_by_label("Mật khẩu").fill(factories.PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()
    page.locator(".who").wait_for()


def test_another_users_rows_are_never_sent(entry, grid, page_of):
    other = f"nq03:{entry.officer.pk + 1000}:2018:grassroots"
    kept = json.dumps({str(entry.line.pk): {"version": 0, "levels": {"decided": "KHTNV"}}})
    grid.evaluate("([key, value]) => localStorage.setItem(key, value)", [other, kept])
    page = page_of(entry.officer, GRID)
    page.wait_for_selector("#entry[data-ready]")
    assert page.evaluate("() => localStorage.length") == 0
    assert stored(0).decided is None


def test_signing_out_forgets_what_is_kept(entry, grid):
    grid.evaluate("() => localStorage.setItem('nq03:1:2018:members', '{}')")
    grid.get_by_role("button", name="Thoát").click()
    grid.wait_for_url("**/sign-in/**")
    assert grid.evaluate("() => localStorage.length") == 0


def test_a_level_above_the_self_rating_asks_for_a_reason(grid):
    cell(grid, 0, "self_rated").focus()
    grid.keyboard.press("3")
    grid.keyboard.press("ArrowRight")
    grid.keyboard.press("2")
    state(grid, 0).get_by_text("cần ghi lý do").wait_for()
    grid.keyboard.press("ArrowRight")
    grid.keyboard.type("Xét lại theo kết quả quý IV")
    grid.keyboard.press("Enter")
    wait_saved(grid, 0)
    assert stored(0).note == "Xét lại theo kết quả quý IV"


def test_members_of_a_grassroots_organization(entry, page_of):
    page = page_of(entry.officer, "/ratings/2018/members/?grassroots=A.X01")
    page.wait_for_selector("#entry[data-ready]")
    cell(page, 0).focus()
    page.keyboard.press("2")
    wait_saved(page, 0)
    assert MemberLine.objects.filter(decided__code="HTTNV").count() == 1

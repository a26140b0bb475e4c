"""A long list: only what is near stands in the document, and nobody notices."""

import pytest

from accounts.actors import Actor
from assessments.entry.grid.actions import save_rating
from assessments.roster.models.lines import MemberLine
from tests import factories
from tests.assessments.entry.grid import many
from tests.assessments.entry.grid.test_entry_pages_browser import violations
from tests.assessments.year import opened

ROWS = 603


# Of a screen of 1366×768 what is left: at 200% and 150% zoom, with little height, and above them.
SIZES = [(683, 319), (683, 384), (800, 400), (911, 425), (1366, 280), (1366, 768)]
IN_SIGHT = """() => {
    const cell = document.activeElement.getBoundingClientRect(), x = cell.left + 5;
    const at = (y) => document.activeElement.contains(document.elementFromPoint(x, y));
    return at(cell.top + 4) && at(cell.bottom - 4);
}"""
SEEN = """() => [...document.querySelectorAll('#grid tbody tr[aria-rowindex]')].filter((row) => {
    const box = row.querySelector('[data-field=decided]').getBoundingClientRect();
    const at = document.elementFromPoint(box.left + 5, box.top + box.height / 2);
    return at && row.contains(at);
}).length"""


@pytest.fixture
def long(reference, world, open_grid):
    many.members(world.alpha.cells, 600)
    entry = opened(world)
    return open_grid(entry.officer, "/ratings/2018/members/")


def drawn(grid) -> list[int]:
    return grid.page.evaluate(
        "() => [...document.querySelectorAll('#grid tbody tr[aria-rowindex]')].map("
        "(row) => Number(row.getAttribute('aria-rowindex')) - 1)"
    )


def test_rows_are_drawn_as_one_scrolls_and_the_whole_is_told(long):
    assert long.page.locator("#grid").get_attribute("aria-rowcount") == str(ROWS + 1)
    assert drawn(long)[0] == 1 and len(drawn(long)) < 80
    height = long.page.evaluate("() => document.documentElement.scrollHeight")
    assert height > ROWS * 28
    long.focus(1).press("Control+End")
    assert long.at() == [ROWS, "decided"]
    assert drawn(long)[-1] == ROWS and len(drawn(long)) < 80
    assert abs(long.page.evaluate("() => document.documentElement.scrollHeight") - height) < 40
    long.press("2")
    long.saved(ROWS)
    long.page.evaluate("() => scrollTo(0, 0)")
    long.row(1).wait_for()
    assert ROWS not in drawn(long)
    assert long.page.evaluate("() => document.activeElement.id") == "grid"
    assert long.press("ArrowUp").at() == [ROWS - 1, "decided"]
    assert violations(long.page) == []


def test_the_row_one_is_on_is_never_under_the_head_or_the_bar(long):
    long.focus(1)
    for key in ["PageDown"] * 4 + ["PageUp"] * 3 + ["ArrowUp"] * 3 + ["Control+End", "Control+Home"]:
        long.press(key)
        assert long.page.evaluate(IN_SIGHT), key


def test_all_rows_are_printed(long):
    long.page.evaluate("() => dispatchEvent(new Event('beforeprint'))")
    assert drawn(long) == list(range(1, ROWS + 1))
    long.page.evaluate("() => dispatchEvent(new Event('afterprint'))")
    assert len(drawn(long)) < 80


@pytest.mark.once
def test_rows_are_seen_at_every_zoom(long):
    page = long.page
    for size in SIZES:
        page.set_viewport_size({"width": size[0], "height": size[1]})
        page.goto(page.url)
        long.ready()
        assert drawn(long)[:3] == [1, 2, 3], size
        page.locator("#filter").fill("D0059")
        page.wait_for_function("() => document.querySelectorAll('#grid tbody .c-code').length === 10")
        page.evaluate("() => dispatchEvent(new Event('beforeprint'))")
        assert len(drawn(long)) == 10, size
        page.evaluate("() => dispatchEvent(new Event('afterprint'))")
        page.locator("#filter").fill("không có ai")
        page.wait_for_function("() => document.querySelectorAll('#grid tbody .c-code').length === 0")
        page.locator("#filter").fill("")
        page.wait_for_function("() => document.querySelectorAll('#grid tbody .c-code').length > 10")
        assert drawn(long)[:3] == [1, 2, 3], size
        page.locator("#filter").press("Enter")
        for key in [*["PageDown"] * 3, "PageUp", "ArrowUp", "End", "Home", "Control+End", "Control+Home"]:
            long.press(key)
            assert page.evaluate(IN_SIGHT), (size, key)
        long.press("PageDown", "PageDown", "ArrowRight")
        assert page.evaluate(SEEN) >= 5, size
        assert page.evaluate("() => document.documentElement.scrollWidth") <= size[0], size


def test_all_are_filled_in_few_requests_and_typing_goes_on(long):
    requests = []
    long.page.on("request", lambda one: requests.append(one) if "/save/" in one.url else None)
    long.button(f"Điền HTTNV vào {ROWS} dòng trống").click()
    long.press("3")
    long.page.get_by_text(f"Vừa đổi {ROWS} dòng").wait_for()
    long.settle()
    long.page.wait_for_function("() => localStorage.length === 0")
    assert len(requests) <= 4
    rated = MemberLine.objects.filter(unit__code="A")
    assert rated.filter(decided__code="HTTNV").count() == ROWS - 1
    assert rated.filter(decided__code="HTNV").count() == 1


def test_conflicts_far_apart_are_all_shown_and_rows_keep_their_place(long):
    other = Actor.of(factories.user("officer", full_name="Nguyễn Thị Thử"))
    for number in (5, 300):
        pk = long.page.evaluate(
            "n => JSON.parse(document.getElementById('rows').content.textContent).rows[n][0]", number - 1
        )
        line = MemberLine.objects.get(pk=pk)
        save_rating(by=other, line=line, version=line.version, changes={"decided": "HTNV"})
    long.button(f"Điền HTTNV vào {ROWS} dòng trống").click()
    long.says(5, "Người khác vừa đổi")
    long.page.locator("[data-filter=conflict]", has_text="2").wait_for()
    long.press("g")
    long.type("300")
    long.press("Enter")
    more = long.page.locator(".conflict-more")
    more.get_by_role("button", name="Lấy HTNV").click()
    long.saved(300)
    assert long.at()[0] == 300
    long.press("Control+Home")
    assert more.count() == 1
    assert violations(long.page) == []
    more.get_by_role("button", name="Giữ HTTNV của tôi").click()
    long.saved(5)


def test_the_page_does_not_scroll_sideways_at_200_percent(long):
    long.page.set_viewport_size({"width": 683, "height": 768})
    long.focus(1).press("ArrowDown", "2")
    long.saved(2)
    assert long.page.evaluate("() => document.documentElement.scrollWidth") <= 683
    long.press("Control+End")
    assert long.at() == [ROWS, "decided"]

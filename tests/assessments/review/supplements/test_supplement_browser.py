"""A supplement from end to end, and totals typed, in a real browser."""

import pytest

from assessments.roster.models.tallies import Tally
from assessments.rules.models.years import RatingYear
from tests.assessments.closed import closed
from tests.assessments.entry.grid.test_entry_pages_browser import violations


@pytest.fixture
def year(reference, world):
    return closed(world)


def strong_share(page, live_server) -> str:
    page.goto(f"{live_server.url}/years/2018/")
    return "".join(page.locator("table.targets tbody tr").first.locator("td .of").first.inner_text().split())


def test_an_officer_files_and_the_board_accepts(page_of, live_server, year):
    page = page_of(year.officer, "/ratings/2018/")
    page.get_by_role("link", name="Báo cáo bổ sung").click()
    page.get_by_role("link", name="Lập báo cáo bổ sung").click()
    page.get_by_label("Tìm dòng").fill("dang bo xa alpha")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Đưa A.X01 vào").click()
    page.get_by_label("Mức mới của A.X01").select_option("HTTNV")
    page.get_by_label("Lý do bổ sung").fill("Kết luận kiểm tra")
    page.get_by_label("Cơ quan quyết định").fill("Ban Thường vụ")
    page.get_by_label("Số quyết định").fill("12-QĐ/HU")
    page.get_by_label("Ngày quyết định").fill("20/02/2019")
    assert violations(page) == []
    page.get_by_role("button", name="Xem lại trước khi gửi").click()
    assert violations(page) == []
    page.get_by_role("button", name="Gửi lên Ban: 1 dòng").click()
    page.get_by_text("Đã gửi, chờ Ban duyệt").wait_for()

    page.context.clear_cookies()
    page = page_of(year.board, "/review/supplements/")
    assert strong_share(page, live_server) == "0/1"
    page.goto(f"{live_server.url}/review/supplements/")
    page.locator("main table").get_by_role("link", name="Alpha").click()
    assert violations(page) == []
    page.get_by_role("button", name="Duyệt 1 dòng").click()
    page.get_by_text("Đã duyệt: các dòng").wait_for()
    assert strong_share(page, live_server) == "1/1"
    page.get_by_role("link", name="Số liệu bản 2").click()
    assert violations(page) == []
    page.get_by_role("link", name="Thay đổi gì").click()
    page.get_by_role("rowheader", name="Đảng bộ xã Alpha").wait_for()
    assert violations(page) == []
    assert RatingYear.objects.get(pk=2018).revision == 2


def test_totals_are_checked_while_they_are_typed(page_of, year):
    page = page_of(year.officer, "/totals/2015/A/")
    page.locator("[name=grassroots-TSVM]").fill("5")
    page.locator("[name=grassroots-HTTNV]").fill("3")
    page.locator("[name=grassroots-total]").fill("9")
    row = page.locator("[data-row=grassroots]")
    assert row.locator("[data-sum]").inner_text() == "8"
    page.locator("[data-findings=grassroots] li").first.wait_for()
    assert violations(page) == []
    page.get_by_label("Tổ chức cơ sở đảng, lý do").fill("Một tổ chức mới thành lập")
    page.get_by_role("button", name="Lưu số tổng hợp").click()
    page.get_by_text("Đã lưu số tổng hợp.").wait_for()
    assert Tally.objects.get(key="TSVM", is_reported=True).count == 5
    page.goto(page.url.replace("2015/A/", ""))
    assert violations(page) == []

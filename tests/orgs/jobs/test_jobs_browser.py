"""A job in the browser: shown, left, found again, ended; without JavaScript too."""

import pytest

from orgs.jobs import actions, beside
from orgs.jobs.phases import Phase
from orgs.jobs.worker import Worker
from tests.orgs.jobs.desk import all_handed_over, latest


@pytest.fixture
def entry(reference, world, settings, tmp_path, monkeypatch):
    return all_handed_over(world, settings, tmp_path, monkeypatch)


def test_a_job_is_left_found_again_and_leads_to_its_result(entry, page_of):
    page = page_of(entry.board, "/years/2018/close/")
    page.fill("[name=reason]", "Đã đủ")
    page.get_by_role("button", name="Khoá năm 2018").click()
    page.get_by_role("heading", name="Khóa năm: 2018").wait_for()
    beside.Progress(latest().token)(Phase.FREEZE, 12, 40)
    page.get_by_role("link", name="Nhật ký").first.click()
    mark = page.locator(".who .bell.new", has_text="đang làm")
    mark.click()
    page.get_by_role("link", name="Khóa năm: 2018").click()
    page.get_by_role("heading", name="Khóa năm: 2018").wait_for()
    while Worker(idle=0).do_next(1):
        continue
    page.get_by_text("Năm 2018 đã khoá").wait_for()
    assert page.locator(".who .bell.new", has_text="đã xong").count() == 0


def test_without_javascript_the_page_loads_itself_anew_and_is_stopped_by_its_button(
    entry, page_of, browser, live_server
):
    page = page_of(entry.officer, "/organizations/")
    bare = browser.new_context(java_script_enabled=False, storage_state=page.context.storage_state())
    plain = bare.new_page()
    plain.goto(live_server.url + "/organizations/?export=xlsx")
    plain.get_by_role("heading", name="Excel danh sách tổ chức đảng").wait_for()
    actions.take(1)
    plain.get_by_text("đang làm", exact=True).first.wait_for()
    actions.recover(1)
    while Worker(idle=0).do_next(1):
        continue
    link = plain.get_by_role("link", name="Tải tệp")
    link.wait_for()
    with plain.expect_download() as found:
        link.click()
    assert found.value.suggested_filename == "to-chuc-dang.xlsx"
    plain.goto(live_server.url + "/organizations/?export=xlsx")
    plain.get_by_role("button", name="Dừng lại").click()
    plain.get_by_text("đã dừng").first.wait_for()
    bare.close()

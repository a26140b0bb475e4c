"""The year from end to end in a real browser: rated, submitted, returned, accepted, closed, reported."""

import openpyxl
import pytest

from accounts.models import Role
from assessments.rules.models.years import RatingYear, Submission
from tests import factories
from tests.assessments.year import opened


@pytest.fixture
def people(reference, world):
    entry = opened(world)
    for name, role, place in (
        ("can.bo", Role.OFFICER, world.alpha.unit),
        ("ban", Role.BOARD, world.province),
        ("xem", Role.VIEWER, world.province),
    ):
        factories.user(role, place, username=name)
    return entry


def sign_in(page, live_server, name):
    page.context.clear_cookies()
    page.goto(f"{live_server.url}/account/sign-in/")
    page.get_by_label("Tên đăng nhập").fill(name)
    page.get_by_label("Mật khẩu").fill(factories.PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()
    page.locator(".who").wait_for()


def open_list(page, name):
    page.locator(".bar nav").get_by_role("link", name="Xếp loại").click()
    page.locator("main table").get_by_role("link", name=name, exact=True).click()
    page.wait_for_selector("#entry[data-ready]")


def all_saved(page):
    page.wait_for_function(
        "() => !document.querySelector('#grid .sign.wait, #grid .sign.error, #grid .sign.none')"
    )


def rate_grassroots(page, key):
    open_list(page, "Tổ chức cơ sở đảng")
    page.locator("#grid [data-field=decided]").first.focus()
    page.keyboard.press(key)
    page.locator("#grid .st").get_by_text("Đã lưu").wait_for()


def fill_with_htttnv(page, name):
    open_list(page, name)
    page.get_by_role("button", name="Điền HTTNV vào").click()
    all_saved(page)


def submit(page):
    page.locator(".bar nav").get_by_role("link", name="Xếp loại").click()
    page.get_by_role("link", name="Kiểm tra và gửi…").first.click()
    page.get_by_role("button", name="Gửi năm 2018 lên Ban").click()
    page.get_by_text("Chờ duyệt").first.wait_for()


def strong_share(page, live_server):
    """Numerator and denominator of the first target on the province's dashboard."""
    page.goto(f"{live_server.url}/years/2018/")
    row = page.locator("table.targets tbody tr").first
    return "".join(row.locator("td .of").first.inner_text().split())


def review(page, live_server):
    page.goto(f"{live_server.url}/review/2018/")
    page.locator(".unitlist").get_by_role("link", name="Huyện ủy Alpha").click()


@pytest.mark.once
@pytest.mark.both
def test_the_year_from_rating_to_the_workbook(page, live_server, people, tmp_path):
    sign_in(page, live_server, "xem")
    before = strong_share(page, live_server)

    sign_in(page, live_server, "can.bo")
    rate_grassroots(page, "3")
    fill_with_htttnv(page, "Tổ chức trực thuộc")
    fill_with_htttnv(page, "Đảng viên")
    submit(page)

    sign_in(page, live_server, "ban")
    between = strong_share(page, live_server)
    assert between == "0/1" and between != before
    review(page, live_server)
    page.get_by_role("link", name="Tất cả tổ chức").click()
    page.get_by_label("Chọn Đảng bộ xã Alpha").check()
    page.get_by_label("Lý do trả lại Đảng bộ xã Alpha").fill("Đề nghị xem lại mức")
    page.get_by_role("button", name="Trả lại các dòng đang chọn: 1").click()
    page.get_by_text("Đã trả lại 1 dòng").wait_for()

    sign_in(page, live_server, "can.bo")
    page.locator(".bar nav").get_by_role("link", name="Xếp loại").click()
    page.get_by_text("Đề nghị xem lại mức").first.wait_for()
    rate_grassroots(page, "2")
    submit(page)

    sign_in(page, live_server, "ban")
    review(page, live_server)
    page.get_by_role("button", name="Duyệt").click()
    page.get_by_text("Đã duyệt").first.wait_for()
    assert Submission.objects.get(pk=people.submission.pk).state == "accepted"
    page.goto(f"{live_server.url}/years/2018/close/")
    page.locator("textarea").fill("Các đơn vị khác chưa dùng hệ thống")
    page.get_by_role("button", name="Khoá năm 2018").click()
    page.get_by_text("Năm 2018 đã khoá.").wait_for()
    assert RatingYear.objects.get(pk=2018).is_closed

    sign_in(page, live_server, "xem")
    after = strong_share(page, live_server)
    assert after == "1/1"
    page.goto(f"{live_server.url}/reports/2018/")
    with page.expect_download() as download:
        page.locator("main table a").first.click()
    file = tmp_path / "report.xlsx"
    download.value.save_as(file)
    sheet = openpyxl.load_workbook(file, data_only=True)["Mục tiêu"]
    assert f"{sheet['E11'].value}/{sheet['F11'].value}" == after

"""The pages of entry and review against WCAG 2.1 A and AA, and without scripts."""

import pytest

from assessments.roster.models.lines import OrganizationLine
from tests.assessments.year import opened
from tests.places import ROOT

AXE = ROOT / "tests" / "vendor" / "axe.min.js"


@pytest.fixture
def entry(reference, world):
    return opened(world)


def violations(page) -> list[str]:
    page.evaluate(AXE.read_text("utf-8"))
    found = page.evaluate("axe.run({runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa']})")
    return [f"{one['id']}: {one['nodes'][0]['html']}" for one in found["violations"]]


@pytest.mark.once
def test_pages_of_an_officer_are_accessible(entry, page_of):
    for address in (
        "/ratings/2018/",
        "/ratings/2018/grassroots/",
        "/ratings/2018/members/",
        "/ratings/2018/affiliated/discipline/",
        f"/ratings/2018/grassroots/{entry.line.pk}/",
        "/ratings/2018/submit/",
        "/upload/",
    ):
        assert violations(page_of(entry.officer, address)) == [], address


@pytest.mark.once
def test_pages_of_the_board_are_accessible(entry, page_of):
    for address in (
        "/review/2018/",
        f"/review/2018/{entry.submission.pk}/",
        "/years/",
        "/years/2018/close/",
        "/rules/entry/2018/",
        "/rules/entry/2018/jump/",
    ):
        assert violations(page_of(entry.board, address)) == [], address


def test_one_row_is_rated_without_scripts(entry, browser, live_server, client_of):
    context = browser.new_context(java_script_enabled=False, locale="vi-VN")
    cookie = client_of(entry.officer).cookies["sessionid"]
    context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])
    page = context.new_page()
    page.goto(f"{live_server.url}/ratings/2018/grassroots/")
    page.locator("#grid [data-field=decided] a").first.click()
    page.locator("[name=decided]").select_option("HTTNV")
    page.get_by_role("button", name="Lưu xếp loại").click()
    page.get_by_text("Đã lưu").first.wait_for()
    context.close()
    assert OrganizationLine.objects.get(pk=entry.line.pk).decided.code == "HTTNV"

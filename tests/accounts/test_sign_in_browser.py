"""Signing in with a real browser."""

from pathlib import Path

import pytest

from accounts.models import Role
from tests import factories

AXE = Path(__file__).parent.parent / "vendor" / "axe.min.js"


def violations(page) -> list[str]:
    """What axe-core finds against WCAG 2.1 A and AA, as short lines."""
    page.evaluate(AXE.read_text("utf-8"))
    found = page.evaluate("axe.run({runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa']})")
    return [f"{one['id']}: {one['nodes'][0]['html']}" for one in found["violations"]]


@pytest.fixture
def sign_in_page(page, live_server):
    page.goto(f"{live_server.url}/")
    return page


def test_vietnamese_first_whatever_the_browser_prefers(sign_in_page):
    assert sign_in_page.locator("h1").inner_text() == "Đăng nhập"
    assert violations(sign_in_page) == []


def test_sign_in_change_language_and_sign_out(transactional_db, sign_in_page):
    factories.user(Role.VIEWER, username="xem.thu", full_name="Y Thử")
    sign_in_page.get_by_label("Tên đăng nhập").fill("xem.thu")
    sign_in_page.get_by_label("Mật khẩu").fill(factories.PASSWORD)
    sign_in_page.get_by_role("button", name="Đăng nhập").click()
    assert "Y Thử" in sign_in_page.locator(".who").inner_text()
    assert violations(sign_in_page) == []
    sign_in_page.get_by_role("button", name="English").click()
    sign_in_page.get_by_role("button", name="Sign out").click()
    assert sign_in_page.locator("h1").inner_text() == "Sign in"


def test_a_wrong_password_keeps_the_name_and_says_so(transactional_db, sign_in_page):
    sign_in_page.get_by_label("Tên đăng nhập").fill("ai.do")
    sign_in_page.get_by_label("Mật khẩu").fill("sai")
    sign_in_page.get_by_role("button", name="Đăng nhập").click()
    assert "không đúng" in sign_in_page.get_by_role("alert").inner_text()
    assert sign_in_page.get_by_label("Tên đăng nhập").input_value() == "ai.do"
    assert violations(sign_in_page) == []

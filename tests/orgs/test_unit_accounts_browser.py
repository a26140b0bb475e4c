"""The pages of accounts of units and of an ended place, in a browser: rules of access and width."""

from datetime import date

import pytest

from accounts.models import Role
from orgs.actions import reorganize
from tests import factories
from tests.assessments.years import opened
from tests.test_pages_browser import AXE, too_wide, violations

pytestmark = pytest.mark.long


def test_the_sheet_is_made_by_keyboard_and_fits(reference, world, page_of):
    page = page_of(factories.user(Role.ADMINISTRATOR, world.province), "/accounts/units/")
    page.add_init_script(AXE)
    page.reload()
    assert violations(page) + too_wide(page) == []
    page.fill("[name=pattern]", "tochuc.{ma}")
    page.press("[name=pattern]", "Enter")
    assert page.locator("[name^=name_]").first.input_value().startswith("tochuc.")
    assert page.locator(".slips").count() == 0
    page.click("text=Tạo các tài khoản đã chọn")
    page.wait_for_selector(".slips")
    assert page.locator(".slips li").count() == 14
    assert violations(page) + too_wide(page) == []
    assert page.locator("[data-print]").is_visible()


def test_the_first_page_of_an_ended_place_fits(reference, world, actor, page_of):
    opened(2018, actor)
    source, target = world.alpha.unit, world.beta.unit
    reorganize.merge(by=actor, source=source, target=target, on=date(2019, 7, 1), decision="12-QĐ/TU")
    source.refresh_from_db()
    page = page_of(factories.user(Role.OFFICER, source))
    page.add_init_script(AXE)
    page.reload()
    assert "kết thúc hoạt động" in page.inner_text("h1")
    assert violations(page) + too_wide(page) == []

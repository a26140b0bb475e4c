"""Numbers are typed down a column with the keyboard alone."""

import pytest
from django.urls import reverse

from assessments.entry.discipline.actions import counts_of
from tests.assessments.year import opened


@pytest.mark.usefixtures("reference")
def test_enter_goes_down_a_column_and_tab_to_the_next_form(page_of, world):
    entry = opened(world)
    page = page_of(entry.officer, reverse("assessments:discipline", args=[2018, "affiliated"]))
    one, two = (cell.pk for cell in entry.cells)
    page.locator(f"[name='{one}-member_reprimand']").click()
    page.keyboard.type("1")
    page.keyboard.press("Enter")
    page.keyboard.type("2")
    page.keyboard.press("Tab")
    page.keyboard.type("0")
    page.keyboard.press("ArrowUp")
    page.keyboard.type("3")
    page.get_by_role("button", name="Lưu số kỷ luật").first.click()
    page.get_by_text("Đã lưu số kỷ luật của 2 tổ chức").wait_for()
    assert counts_of([one, two]) == {
        one: {"member_reprimand": 1, "member_warning": 3},
        two: {"member_reprimand": 2, "member_warning": 0},
    }

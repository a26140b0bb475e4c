"""Yearly counts typed and pasted with the keyboard; an office's preview while typing."""

import pytest
from django.urls import reverse

from assessments.reports.offices.models import Office
from assessments.roster.following import follow_registers
from assessments.roster.models.counts import ActivityCount
from tests import factories
from tests.assessments.year import opened

PASTE = """text => {
  const data = new DataTransfer();
  data.setData("text/plain", text);
  const event = new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true});
  document.activeElement.dispatchEvent(event);
}"""


def counts() -> dict:
    rows = ActivityCount.objects.values_list("grassroots__code", "activity__code", "count")
    return {(code, activity): count for code, activity, count in rows}


@pytest.mark.usefixtures("reference")
def test_a_block_is_pasted_from_the_cell_one_is_in_or_by_code(page_of, world, actor):
    entry = opened(world)
    factories.organization(world.alpha.unit, code="A.X02", name="Đảng bộ xã Hai", position=999_999)
    follow_registers(by=actor)
    page = page_of(entry.officer, reverse("assessments:enter_counts", args=[2018]))
    first = page.locator("tr[data-code='A.X01'] input[name$='-checks_planned']")
    first.click()
    page.evaluate(PASTE, "4\t3\n1.200\t0\t9")
    page.get_by_text("Đã dán 4 ô, chưa lưu. 1 ô của khối không có chỗ ở bảng này.").wait_for()
    page.locator("tr[data-code='A.X01'] input[name$='-thematic_meetings']").click()
    page.evaluate(PASTE, "A.X02\tĐảng bộ xã Hai\t7\nA.X01\tĐảng bộ xã Alpha\t5")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.closest('tr').dataset.code") == "A.X02"
    page.get_by_role("button", name="Lưu số liệu đếm").first.click()
    page.get_by_text("Đã lưu số liệu đếm của 2 tổ chức").wait_for()
    assert counts() == {
        ("A.X01", "checks_planned"): 4,
        ("A.X01", "checks_done"): 3,
        ("A.X02", "checks_planned"): 1200,
        ("A.X02", "checks_done"): 0,
        ("A.X01", "thematic_meetings"): 5,
        ("A.X02", "thematic_meetings"): 7,
    }


@pytest.mark.usefixtures("reference")
def test_the_preview_follows_what_is_typed(page_of, world):
    entry = opened(world)
    page = page_of(entry.officer, reverse("assessments:office", args=["A"]))
    page.get_by_label("Địa danh").fill("Đăk Thử")
    page.locator("#preview").get_by_text("Đăk Thử, ngày").wait_for()
    page.get_by_text("chưa lưu").wait_for()
    assert not Office.objects.exists()

"""An office's own sheet from end to end, without a mouse and without a script of ours."""

import pytest

from assessments.roster.models.lines import OrganizationLine
from tests.assessments.entry.grid.test_entry_pages_browser import violations
from tests.assessments.odd_sheets import BY_NAME, letters, odd
from tests.assessments.year import opened
from tests.test_pages_browser import too_wide


@pytest.fixture
def entry(reference, world, settings, tmp_path):
    settings.VAR_DIR = tmp_path
    return opened(world)


def choose(page, live_server, file, folder):
    path = folder / "chọn.xlsx"
    path.write_bytes(file.read())
    page.goto(f"{live_server.url}/upload/")
    page.locator("input[type=file]").set_input_files(path)
    page.get_by_role("button", name="Đọc và xem kế hoạch").press("Enter")


def clean(page) -> bool:
    found = violations(page) + too_wide(page)
    assert found == []
    return True


@pytest.mark.once
def test_a_sheet_is_mapped_named_and_stored_by_keyboard(entry, page_of, live_server, tmp_path):
    page = page_of(entry.officer, "/upload/")
    choose(page, live_server, letters(tmp_path), tmp_path)
    page.get_by_role("heading", name="Cột nào của trang tính").wait_for()
    assert clean(page)
    for select in page.locator(".meanings select").all():
        select.focus()
        page.keyboard.press("ArrowDown")
    page.get_by_role("button", name="Dùng các cột này").press("Enter")
    page.get_by_text("đọc theo bố cục").wait_for()
    assert clean(page)
    choose(page, live_server, odd(tmp_path, {"Biểu": BY_NAME}), tmp_path)
    page.get_by_role("button", name="Dùng các cột này").press("Enter")
    page.get_by_role("link", name="Chọn đúng tên").press("Enter")
    page.get_by_role("radiogroup", name="Chi bộ Anpha 2").get_by_role("radio").first.press("Space")
    page.get_by_role("radiogroup", name="Chi bộ Beta 1").get_by_role("radio").last.press("Space")
    assert clean(page)
    page.get_by_role("button", name="Dùng các lựa chọn").press("Enter")
    page.get_by_role("button", name="Ghi 2 thay đổi").press("Enter")
    page.get_by_text("Đã ghi").first.wait_for()
    assert OrganizationLine.objects.filter(decided__isnull=False).count() == 2

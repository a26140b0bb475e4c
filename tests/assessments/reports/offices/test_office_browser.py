"""An office's preview while typing."""

import pytest
from django.urls import reverse

from assessments.reports.offices.models import Office
from tests.assessments.year import opened


@pytest.mark.usefixtures("reference")
def test_the_preview_follows_what_is_typed(page_of, world):
    entry = opened(world)
    page = page_of(entry.officer, reverse("assessments:office", args=["A"]))
    page.get_by_label("Địa danh").fill("Đăk Thử")
    page.locator("#preview").get_by_text("Đăk Thử, ngày").wait_for()
    page.get_by_text("chưa lưu").wait_for()
    assert not Office.objects.exists()

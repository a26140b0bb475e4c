"""The guide of whoever enters ratings: two printed pages, with all their pictures."""

import re

import pytest

from tests.assessments.year import opened


@pytest.fixture
def entry(reference, world):
    return opened(world)


def test_the_guide_is_linked_and_prints_on_two_pages(entry, page_of):
    page = page_of(entry.officer, "/ratings/2018/")
    page.get_by_role("link", name="Hướng dẫn").click()
    page.get_by_role("heading", name="Khi gặp trở ngại").wait_for()
    page.wait_for_function("[...document.querySelectorAll('.guide img')].every(img => img.complete)")
    widths = page.evaluate("[...document.querySelectorAll('.guide img')].map(img => img.naturalWidth)")
    assert len(widths) == 4 and all(widths)
    printed = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 2

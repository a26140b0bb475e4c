"""Pages on paper: A4 landscape in the Party's type, without menus, saying how much of a list it is."""

import re

import pytest

from tests import short

HIDDEN = [".bar", ".years", ".crumbs", ".tools", ".pager a", ".skip", "main a.btn"]
WITH_FIGURES = ("dashboard", "unit", "history", "names behind a figure", "villages")
PAGES = {
    "dashboard": "/years/2018/",
    "unit": "/years/2018/units/A/",
    "history": "/years/2018/history/",
    "names behind a figure": "/years/2018/indicators/grassroots_strong/?part=unrated",
    "organizations": "/organizations/",
    "tree": "/organizations/tree/",
    "organization": "/organizations/{organization}/",
    "villages": "/villages/",
    "members": "/members/",
    "review desk": "/review/2018/",
    "call list": "/review/2018/calls/",
    "rules": "/rules/",
}


def sheets(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


def boxes(pdf: bytes) -> set[tuple[int, int]]:
    """Width and height of the sheets, in points."""
    found = re.findall(rb"/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]", pdf)
    return {(round(float(width)), round(float(height))) for width, height in found}


def shown(page, selectors: list[str]) -> list[str]:
    return [
        selector for selector in selectors if any(one.is_visible() for one in page.locator(selector).all())
    ]


@pytest.mark.once
def test_each_page_prints_on_landscape_sheets_without_menus(entry, world, page_of, live_server):
    page = page_of(entry.board)
    for name, address in short.some(list(PAGES.items())):
        page.goto(live_server.url + address.format(organization=world.alpha.commune.pk))
        page.emulate_media(media="print")
        assert not shown(page, HIDDEN), name
        assert shown(page, ["h1"]), name
        assert page.evaluate("getComputedStyle(document.body).fontFamily").startswith('"Times'), name
        if name in WITH_FIGURES:
            assert "tạm tính" in page.inner_text("body").lower(), name
        printed = page.pdf(prefer_css_page_size=True)
        assert boxes(printed) == {(842, 595)}, name
        assert sheets(printed) <= 6, name
        page.emulate_media(media="screen")


def test_a_printed_part_of_a_list_says_so_and_repeats_its_head(entry, world, page_of):
    page = page_of(entry.board, "/organizations/")
    page.emulate_media(media="print")
    assert shown(page, [".pager > span"]) and re.search(r"\d", page.inner_text(".pager > span"))
    head = page.evaluate("getComputedStyle(document.querySelector('table.t thead')).display")
    assert head == "table-header-group"

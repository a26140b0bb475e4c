"""Takes the pictures of the guide (static/guide/*.png) from the running demonstration.

Serve it first with `manage.py demo`; USER is an officer whose unit is entering a year:

    python tools/guide_pictures.py http://127.0.0.1:8000 USER PASSWORD YEAR
"""

import sys
from pathlib import Path

from playwright.sync_api import Locator, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bootstrap import find_chromium  # noqa: E402

FOLDER = ROOT / "static" / "guide"
SIZE = {"width": 1366, "height": 700}
PARTS = {"work": (110, 330), "submit": (110, 250), "grid": (110, 350), "conflict": (290, 190)}
"""Of each page the part that is shown: where it begins and how high it is, in pixels."""


def take(address: str, user: str, password: str, year: str) -> None:
    """Sign in as the officer and photograph the four pages that the guide shows."""
    FOLDER.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=["--no-sandbox"])
        context = browser.new_context(viewport=SIZE, locale="vi-VN")
        page = _signed_in(context.new_page(), address, user, password)
        if not page.locator(".demo-mark").count():
            sys.exit("This is no demonstration: no picture is taken of real data.")
        _picture(page, f"{address}/ratings/{year}/", "work")
        _picture(page, f"{address}/ratings/{year}/submit/", "submit")
        _grid(page, f"{address}/ratings/{year}/grassroots/")
        _conflict(page, context.new_page(), f"{address}/ratings/{year}/grassroots/")
        browser.close()


def _signed_in(page: Page, address: str, user: str, password: str) -> Page:
    page.goto(f"{address}/account/sign-in/")
    page.fill("[name=username]", user)
    page.fill("[name=password]", password)
    page.press("[name=password]", "Enter")
    page.locator(".who").wait_for()
    return page


def _picture(page: Page, address: str, name: str) -> None:
    page.goto(address)
    _keep(page, name)


def _keep(page: Page, name: str) -> None:
    top, height = PARTS[name]
    clip = {"x": 0, "y": top, "width": SIZE["width"], "height": height}
    page.screenshot(path=FOLDER / f"{name}.png", clip=clip)


def _grid(page: Page, address: str) -> None:
    page.goto(address)
    page.wait_for_selector("#entry[data-ready]")
    page.locator("#grid td[data-field=decided]").nth(2).focus()
    _keep(page, "grid")


def _conflict(page: Page, other: Page, address: str) -> None:
    """A blank row rated in two windows; both are taken back in the end."""
    for window in (page, other):
        window.goto(address)
        window.wait_for_selector("#entry[data-ready]")
    _type(other, "3")
    _blank(other).locator("xpath=..").locator(".st .sign.met").wait_for()
    _type(page, "2")
    page.locator("#grid tr.conflict-more").wait_for()
    _keep(page, "conflict")
    page.locator("#grid tr.conflict-more button").last.click()
    other.keyboard.press("Control+z")
    _blank(other).locator("xpath=..").locator(".st .sign.none").wait_for()
    other.wait_for_function("() => !document.querySelector('#grid .sign.wait')")


def _type(window: Page, key: str) -> None:
    _blank(window).focus()
    window.keyboard.press(key)


def _blank(window: Page) -> Locator:
    """The level of the second row, which the demonstration's late unit has left blank."""
    return window.locator("#grid td[data-field=decided]").nth(1)


if __name__ == "__main__":
    if len(sys.argv) != 5:
        sys.exit(__doc__)
    take(*sys.argv[1:])

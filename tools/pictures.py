"""Takes docs/overview.png: the province's overview of 2025 at 1366×768, as the Board sees it.

Only of a demonstration that `manage.py demo` serves:

    python tools/pictures.py http://127.0.0.1:8000 USER PASSWORD
"""

import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bootstrap import find_chromium  # noqa: E402

PICTURE = ROOT / "docs" / "overview.png"


def take(address: str, user: str, password: str) -> None:
    """Sign in and write the picture; refuses a page that does not say its data are invented."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1366, "height": 768})
        page.goto(f"{address}/years/2025/")
        page.fill("[name=username]", user)
        page.fill("[name=password]", password)
        page.press("[name=password]", "Enter")
        page.wait_for_url("**/years/2025/")
        if not page.locator(".demo-mark").count():
            sys.exit("This is no demonstration: no picture is taken of real data.")
        page.screenshot(path=PICTURE)
        browser.close()


if __name__ == "__main__":
    take(*sys.argv[1:4])

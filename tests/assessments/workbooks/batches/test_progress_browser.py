"""While a workbook is read the page says how far it is, and the form is sent only once."""

import re
import time

import pytest

from tests.assessments.workbooks.batches.test_plan_page import members
from tests.assessments.year import opened


@pytest.fixture
def entry(reference, world, settings, tmp_path):
    settings.VAR_DIR = tmp_path
    return opened(world)


def test_the_waiting_page_says_how_far_the_server_is(entry, page_of):
    page, sent, said = page_of(entry.officer, "/upload/"), [], []

    def send(route):
        sent.append(route.request.method)
        while not said:
            time.sleep(0.1)
            page.wait_for_timeout(50)
        route.continue_()

    page.route("**/upload/progress/**", lambda route: route.fulfill(json={"words": "Đang đọc… 12 dòng"}))
    page.evaluate("""() => {
        const words = document.querySelector("[data-waiting]");
        new MutationObserver(() => console.log(words.textContent)).observe(words, {childList: true});
    }""")
    page.on("console", lambda line: said.append(line.text) if "12" in line.text else None)
    page.route(re.compile(r"/upload/$"), send)
    file = members(1)
    page.set_input_files(
        "input[type=file]",
        {
            "name": "a.xlsx",
            "mimeType": "application/octet-stream",
            "buffer": file.read(),
        },
    )
    page.locator("form[data-progress] button").dblclick(no_wait_after=True)
    page.get_by_role("heading", name="Kế hoạch nạp: 1 thay đổi").wait_for()
    assert said[0] == "Đang đọc… 12 dòng" and sent == ["POST"]

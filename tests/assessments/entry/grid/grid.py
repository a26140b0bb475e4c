"""The entry grid as a test drives it, and its rows as the database has them."""

from assessments.roster.models.lines import OrganizationLine
from tests import factories

GRID = "/ratings/2018/grassroots/"
PASTE = """text => {
    const data = new DataTransfer();
    data.setData("text/plain", text);
    document.activeElement.dispatchEvent(
        new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}"""
_FOCUS = """() => {
    const at = document.activeElement, row = at.closest("tr")?.row;
    return [row ? row.number : 0, at.dataset.field];
}"""


class Grid:
    """An open entry page. Rows are counted from 1, as the page numbers them."""

    def __init__(self, page):
        self.page = page
        self.keys = 0

    def ready(self) -> "Grid":
        self.page.wait_for_selector("#entry[data-ready]")
        return self

    def settle(self) -> None:
        """Nothing is under way any more: the database is emptied after the test."""
        self.page.wait_for_function("() => !document.querySelector('#grid .sign.wait')", timeout=10_000)

    def row(self, number: int):
        return self.page.locator(f'#grid tbody tr[aria-rowindex="{number + 1}"]')

    def cell(self, number: int, field: str = "decided"):
        return self.row(number).locator(f"[data-field={field}]")

    def focus(self, number: int, field: str = "decided") -> "Grid":
        self.cell(number, field).focus()
        return self

    def press(self, *keys: str) -> "Grid":
        """Each of `keys` is one keystroke: a key, or a chord such as Control+z."""
        for key in keys:
            self.page.keyboard.press(key)
        self.keys += len(keys)
        return self

    def click(self, locator) -> None:
        locator.click()
        self.keys += 1

    def type(self, text: str) -> None:
        self.page.keyboard.type(text)

    def paste(self, text: str) -> None:
        self.page.evaluate(PASTE, text)

    def state(self, number: int):
        return self.row(number).locator(".st")

    def says(self, number: int, words: str) -> None:
        """Waits until the state of a row says so."""
        self.state(number).get_by_text(words).wait_for()

    def saved(self, *numbers: int) -> None:
        for number in numbers:
            self.says(number, "Đã lưu")

    def button(self, name: str):
        return self.page.get_by_role("button", name=name)

    def notice(self, name: str):
        return self.page.locator(f'[data-notice="{name}"]')

    def at(self) -> list:
        """The row and column that have the focus."""
        return self.page.evaluate(_FOCUS)

    def shown(self) -> list[str]:
        """The codes of the rows in the document."""
        return self.page.locator("#grid tbody .c-code").all_inner_texts()

    def kept(self) -> dict:
        """What the browser keeps."""
        return self.page.evaluate("() => ({ ...localStorage })")


def stored(number: int) -> OrganizationLine:
    """A row of alpha's grassroots organizations as stored."""
    lines = OrganizationLine.objects.filter(kind="grassroots", unit__code="A", year=2018)
    return list(lines.select_related("decided", "self_rated", "proposed"))[number - 1]


def levels(*numbers: int, field: str = "decided") -> list[str]:
    return [level.code if (level := getattr(stored(n), field)) else "" for n in numbers]


def sign_in(page, live_server, name: str) -> None:
    page.goto(f"{live_server.url}/account/sign-in/")
    page.get_by_label("Tên đăng nhập").fill(name)
    page.get_by_label("Mật khẩu").fill(factories.PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()
    page.locator(".who").wait_for()

"""A page of counts as a test drives it."""

from tests.assessments.entry.grid.grid import PASTE


class Counts:
    """An open page; cells are named as in the page: `12:checks_done`."""

    def __init__(self, page):
        self.page = page
        self.keys = 0

    def ready(self) -> "Counts":
        self.page.wait_for_selector("#entry[data-ready]")
        return self

    def settle(self) -> None:
        """Nothing is under way any more: the database is emptied after the test."""
        self.page.wait_for_function("() => !document.querySelector('#entry .sign.wait')", timeout=20_000)

    def cell(self, key: str):
        return self.page.locator(f'[data-cell="{key}"]')

    def field(self, key: str):
        return self.cell(key).locator("[data-count-input]")

    def reason(self, key: str):
        return self.page.locator(f'[data-reason-of="{key}"] input')

    def result(self, key: str) -> str:
        return " ".join(self.cell(key).locator("[data-result]").inner_text().split())

    def says(self, key: str, words: str) -> None:
        self.cell(key).locator("[data-result]").get_by_text(words).wait_for()

    def click(self, locator) -> "Counts":
        locator.click()
        self.keys += 1
        return self

    def press(self, *keys: str) -> "Counts":
        for key in keys:
            self.page.keyboard.press(key)
        self.keys += len(keys)
        return self

    def type(self, text: str) -> "Counts":
        self.page.keyboard.type(text)
        self.keys += len(text)
        return self

    def paste(self, text: str) -> None:
        self.page.evaluate(PASTE, text)

    def at(self) -> str:
        """The name of the field that has the focus."""
        return self.page.evaluate("() => document.activeElement.name || ''")

    def title(self) -> str:
        return self.page.locator("h1").inner_text()

    def button(self, name: str):
        return self.page.get_by_role("button", name=name)

    def notice(self, name: str):
        return self.page.locator(f'[data-notice="{name}"]')

    def kept(self) -> dict:
        """What the browser keeps."""
        return self.page.evaluate("() => ({ ...localStorage })")

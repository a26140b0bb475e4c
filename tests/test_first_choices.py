"""What a form chooses before anybody does: nothing that would be false if it were left so.

All forms that store something are looked at, as every role (`test_own_pages.py`); what they choose at
first stands in `REVIEWED` with the reason why it may.
"""

import re
from html.parser import HTMLParser

STORED = "what is stored: leaving it changes nothing"
REVIEWED: dict[tuple[str, str], str] = {
    ("orgs:account_change", "role"): STORED,
    ("registers:organization_correct", "form"): STORED,
    ("assessments:target", "indicator"): STORED,
    ("assessments:target", "comparison"): STORED,
    ("assessments:cap", "subject"): STORED,
    ("assessments:cap", "base"): STORED,
    ("assessments:cap", "group"): STORED,
    ("assessments:target", "scope"): STORED,
    ("assessments:cap_exception", "unit"): STORED,
    ("assessments:cap_exception", "subject"): STORED,
    ("assessments:cap_group", "by"): STORED,
    ("assessments:reason", "known"): STORED,
    ("assessments:activity", "level"): STORED,
    ("assessments:activity", "period"): STORED,
    ("assessments:activity", "source"): STORED,
    ("assessments:activity", "register"): STORED,
    ("assessments:activity", "size"): STORED,
    ("assessments:activity", "form"): STORED,
    ("assessments:activity", "checks-N-relation"): STORED,
    ("assessments:activity", "checks-N-against"): STORED,
    ("assessments:review_due", "kind"): STORED,
    ("assessments:review_extend", "stage"): "the stage that the unit holds, whose day the page tells",
}


class Choices(HTMLParser):
    """Selects and radios of the forms that store something, with what they choose at first."""

    def __init__(self):
        super().__init__()
        self.found: dict[str, str] = {}
        self._stores, self._select, self._options = False, None, []

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "form":
            self._stores = given.get("method", "get").lower() == "post"
        elif not self._stores:
            return
        elif tag == "select" and "multiple" not in given:
            self._select, self._options = given.get("name", ""), []
        elif tag == "option" and self._select is not None:
            self._options.append((given.get("value", ""), "selected" in given))
        elif tag == "input" and given.get("type") == "radio" and "checked" in given:
            self._add(given.get("name", ""), given.get("value", ""))

    def handle_endtag(self, tag):
        if tag == "select" and self._select is not None:
            chosen = [value for value, is_chosen in self._options if is_chosen]
            first = [value for value, _is_chosen in self._options[:1]]
            self._add(self._select, (chosen or first or [""])[0])
            self._select = None
        elif tag == "form":
            self._stores = False

    def _add(self, name: str, value: str) -> None:
        if value:
            self.found[re.sub(r"\d+", "N", name)] = value


def chosen_at_first(page: str) -> dict[str, str]:
    parser = Choices()
    parser.feed(page)
    return parser.found


def test_the_reading_of_a_page_sees_what_a_browser_would_send():
    page = """<form method="post"><select name="a"><option value="x">X</option></select>
    <select name="b"><option value="">–</option><option value="y">Y</option></select>
    <select name="c"><option value="">–</option><option value="z" selected>Z</option></select>
    <input type="radio" name="d1" value="1"><input type="radio" name="d1" value="2" checked></form>
    <form><select name="e"><option value="q">Q</option></select></form>"""
    assert chosen_at_first(page) == {"a": "x", "c": "z", "dN": "2"}

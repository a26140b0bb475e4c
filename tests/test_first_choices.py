"""What a form chooses before anybody does: nothing that would be false if it were left so.

All forms that store something are looked at, as every role; what they choose at first stands in
`REVIEWED` with the reason why it may.
"""

import re
from html.parser import HTMLParser

import pytest
from django.urls import reverse

from accounts.models import Role
from assessments.reports.issued.models import IssuedReport
from tests.test_walls import ROUTES, may_open, readable
from tests.walls_world import places, user_with

STORED = "what is stored: leaving it changes nothing"
REVIEWED: dict[tuple[str, str], str] = {
    ("orgs:account_change", "role"): STORED,
    ("registers:organization_correct", "form"): STORED,
    ("assessments:target", "indicator"): STORED,
    ("assessments:target", "comparison"): STORED,
    ("assessments:cap", "subject"): STORED,
    ("assessments:cap", "base"): STORED,
    ("assessments:cap", "group"): STORED,
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


@pytest.mark.once
def test_no_form_chooses_what_nobody_chose(world, client_of):
    alpha, _beta = places(world)
    found: dict[tuple[str, str], str] = {}
    for role in Role:
        client = client_of(user_with(role, world))
        for name, route in ROUTES.items():
            if not may_open(role, route) or name == "accounts:sign_out":
                continue
            answer = client.get(reverse(name, kwargs=route.fill(alpha)))
            if answer.headers.get("Content-Type", "").startswith("text/html"):
                chosen = chosen_at_first(readable(answer).decode())
                found |= {(name, field): value for field, value in chosen.items()}
        IssuedReport.objects.all().delete()
    assert [(*place, value) for place, value in found.items() if place not in REVIEWED] == []
    assert set(REVIEWED) <= set(found), "no longer there: take it out of the list"


def test_the_reading_of_a_page_sees_what_a_browser_would_send():
    page = """<form method="post"><select name="a"><option value="x">X</option></select>
    <select name="b"><option value="">–</option><option value="y">Y</option></select>
    <select name="c"><option value="">–</option><option value="z" selected>Z</option></select>
    <input type="radio" name="d1" value="1"><input type="radio" name="d1" value="2" checked></form>
    <form><select name="e"><option value="q">Q</option></select></form>"""
    assert chosen_at_first(page) == {"a": "x", "c": "z", "dN": "2"}

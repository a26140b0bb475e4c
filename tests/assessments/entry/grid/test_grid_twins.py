"""What the script draws, judges and finds is what the server draws, judges and finds."""

import pytest

from accounts.actors import Actor
from assessments.entry.grid.tags import GRID, SAVING
from assessments.review.rulebook.switch_actions import switch_rule
from assessments.review.years.actions import open_year
from assessments.roster.facts import whole_review
from assessments.roster.models.discipline import Discipline
from assessments.roster.models.lines import MemberLine, OrganizationLine
from assessments.rules.models.schemes import Level
from assessments.rules.models.years import RatingYear
from resolution03.lib.text import fold, match_key
from tests.places import ROOT

SCRIPTS = ROOT / "static/js/entry"
OF_EVERY_PAGE = {"forget"}
BY = Actor(name="thử nghiệm")
TEXTS = [
    "Đảng bộ xã Đắk Hà",
    "Ðăk  Tô",
    "Hoàn thành tốt nhiệm vụ",
    "hoàn thành, TỐT nhiệm vụ",
    "Hoà Bình",
    "Hòa Bình",
    "Ủy ban",
    "Uỷ ban",
    "Quý",
    "Quỳ",
    "H'Drai",
    "A Y’Thưng",
    "  TSVM TB ",
]


def test_every_module_of_the_page_is_asked_for_at_once():
    assert {path.stem for path in (SCRIPTS / "grid").glob("*.js")} == set(GRID)
    assert {path.stem for path in (SCRIPTS / "saving").glob("*.js")} - OF_EVERY_PAGE == set(SAVING)


def level(code: str) -> Level:
    return Level.objects.get(scheme__years=2019, subject="organization", code=code)


@pytest.fixture
def judged(entry):
    """2019 after 2018, with rows of every kind: (self-rated, decided, note)."""
    open_year(2019, by=BY)
    last = Level.objects.get(scheme__years=2018, subject="organization", code="HTNV")
    OrganizationLine.objects.filter(year=2018).update(decided=last)
    rows = [
        ("HTTNV", "HTXSNV", ""),
        ("HTNV", "HTXSNV", "Thí điểm"),
        ("HTXSNV", "HTXSNV", ""),
        ("HTTNV", "HTTNV", ""),
        ("HTNV", "HTTNV", ""),
        ("", "HTTNV", ""),
        ("HTTNV", "HTNV", ""),
        ("HTTNV", "", ""),
        ("KHTNV", "KHTNV", ""),
        ("HTTNV", "HTXSNV", ""),
        ("", "", ""),
        ("HTXSNV", "HTXSNV", "Xét lại"),
    ]
    lines = OrganizationLine.objects.filter(year=2019, unit__code="A", kind="grassroots")
    for line, (own, decided, note) in zip(lines, rows, strict=True):
        line.self_rated = level(own) if own else None
        line.decided = level(decided) if decided else None
        line.note = note
        line.save()
    Discipline.objects.create(line=lines[3], of="member", form="reprimand", count=2)
    return entry


_JUDGED = """async () => {
    const of = (name) => import(`/static/js/entry/grid/${name}.js`);
    const { Page } = await of("page"), { Sheet } = await of("sheet");
    const { warningsOf, isOwed } = await of("state");
    const sheet = new Sheet(new Page(document.getElementById("entry")));
    return sheet.rows.map((row) => [row.id, warningsOf(row), isOwed(row)]);
}"""


@pytest.mark.parametrize("off", ["", "over_cap", "jump"])
def test_the_script_warns_of_what_the_server_warns_of(judged, open_grid, off):
    if off:
        switch_rule(by=BY, year=2019, rule=off, is_on=False, reason="thử")
    grid = open_grid(judged.officer, "/ratings/2019/grassroots/")
    lines = OrganizationLine.objects.filter(year=2019, unit__code="A", kind="grassroots")
    review, _ = whole_review(RatingYear.objects.get(pk=2019), lines, MemberLine.objects.none())
    warned = {pk: [rule.value for rule in one.rules] for pk, one in review.warnings.items()}
    found = grid.page.evaluate(_JUDGED)
    assert {pk: rules for pk, rules, _ in found if rules} == warned
    assert {pk for pk, _, owed in found if owed} == set(review.unexplained)
    assert len({rule for rules in warned.values() for rule in rules}) == (3 if off else 4)


_CELLS = """() => [...document.querySelectorAll("#grid tbody tr")].map((row) => [...row.cells].map(
    (cell) => cell.matches(".asks, .offers") ? "—" : cell.textContent.trim().replace(/\\s+/g, " ")
))"""


def test_rows_are_drawn_alike_with_and_without_scripts(judged, open_grid, browser, client_of, live_server):
    """But for the offers in the column of reasons that only a script can make good."""
    address = "/ratings/2019/grassroots/"
    context = browser.new_context(java_script_enabled=False, locale="vi-VN")
    cookie = client_of(judged.officer).cookies["sessionid"]
    context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])
    plain = context.new_page()
    plain.goto(live_server.url + address)
    by_server = plain.evaluate(_CELLS)
    context.close()
    assert open_grid(judged.officer, address).page.evaluate(_CELLS) == by_server
    assert len(by_server) == 12 and any("cần ghi lý do" in row[-1] for row in by_server)


def test_texts_are_folded_and_compared_alike(grid):
    found = grid.page.evaluate(
        "async (texts) => { const { fold, matchKey } = await import('/static/js/entry/grid/text.js');"
        " return texts.map((text) => [fold(text), matchKey(text)]); }",
        TEXTS,
    )
    assert found == [[fold(text), match_key(text)] for text in TEXTS]

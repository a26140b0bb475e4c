"""The catalog and the judges hold the same rules, each with its words and its document."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from assessments.rules.cap_rule import CapRule
from assessments.rules.catalog import RULES, SOFT_CODES, soft_codes
from assessments.rules.entry_rule import Code, LooksAt
from assessments.rules.exceptions import review
from assessments.rules.line_facts import LineFacts
from assessments.rules.ratings import Standing, change_faults, reading_faults, standing_faults
from assessments.rules.totals import asked_of, findings, findings_between

TODAY = date(2019, 1, 10)
FREE = Standing(
    year=2018,
    year_is_open=True,
    is_submitted=False,
    is_accepted=False,
    is_dropped=False,
    is_exempt=False,
    is_covered=False,
)
LINE = LineFacts(1, "grassroots", 1, 1, "HTXSNV", 1, 1, 1, False, False)
CAP = CapRule("grassroots", "HTXSNV", Decimal(20), "rated", "", "unit", "")


def entry(changes, drafts_only=False, **standing):
    found = replace(FREE, **standing)
    levels = ["HTXSNV", "HTTNV", "HTNV"]
    faults = standing_faults(found, binding=True) or change_faults(
        changes, found, levels, drafts_only=drafts_only, today=TODAY
    )
    return {fault.rule for fault in faults}


def line(caps=(), **values):
    found = review([replace(LINE, **values)], caps)
    return {*found.lines, *(rule for warned in found.warnings.values() for rule in warned.rules)}


def totals(*args):
    return {finding.rule for finding in findings("member", *args)}


RATED = {"decided": "HTTNV"}
BREACHES = {
    Code.YEAR_CLOSED: entry(RATED, year_is_open=False),
    Code.LEFT_ROSTER: entry(RATED, is_dropped=True),
    Code.SUBMITTED: entry(RATED, is_submitted=True),
    Code.ACCEPTED: entry(RATED, is_accepted=True),
    Code.FOREIGN_LEVEL: entry({"decided": "TSVM"}),
    Code.EXEMPT_RATED: entry(RATED, is_exempt=True),
    Code.TITLE_AS_LEVEL: entry({"awarded": True}, awards_title=False),
    Code.BESIDE_TOTAL: entry(RATED, is_covered=True),
    Code.DRAFTS_ONLY: entry(RATED, drafts_only=True),
    Code.TEXT_TOO_LONG: entry({"note": "x" * 201}),
    Code.FUTURE_DATE: entry({"decided_on": date(2019, 1, 11)}),
    Code.EXEMPLARY_NOT_STRONG: {fault.rule for fault in reading_faults(["A", "B"], ["A"])},
    Code.BLANK: line(decided="", decided_rank=None),
    Code.ABOVE_SELF: line(self_rank=2),
    Code.OVER_CAP: line([CAP]),
    Code.RECENT_RATED: line(is_recent=True),
    Code.DISCIPLINE: line(asks_discipline=True, disciplined=1),
    Code.JUMP: line(last_rank=3),
    Code.TOTALS_SUM: totals({"HTTNV": 4}, 5),
    Code.TOTALS_ROSTER: totals({"HTTNV": 5}, 5, 6),
    Code.TOTALS_BETWEEN: {found.rule for found in findings_between({"affiliated": 2, "member": 5})},
}


def test_catalog_and_judges_hold_the_same_rules():
    assert set(BREACHES) == set(RULES) == set(Code)


@pytest.mark.parametrize("code", Code)
def test_a_breach_names_its_rule_and_only_it(code):
    assert BREACHES[code] == {code}


def test_what_is_right_breaks_no_rule():
    assert not entry(RATED | {"decided_on": TODAY, "note": "x" * 200})
    assert not reading_faults(["A"], ["A", "B"])
    assert not line([replace(CAP, percent=Decimal(100))], asks_discipline=True, last_rank=2)
    assert not line(disciplined=3)
    assert not entry({"awarded": True}) and not entry({"awarded": False}, awards_title=False)
    assert not line(is_recent=True, decided="", decided_rank=None, has_reason=True)
    assert not totals({"HTTNV": 4, "HTNV": 1}, 5, 5)
    assert not findings_between({"grassroots": 1, "affiliated": 2, "member": 6})


@pytest.mark.django_db
def test_a_rule_rests_on_one_document_in_each_of_its_years():
    for rule in RULES.values():
        assert rule.title and rule.words and rule.looks_at.label, rule.code
        for year in (2014, 2018, 2019, 2025, 2030):
            assert sum(basis.holds(year) for basis in rule.bases) <= 1, (rule.code, year)
            assert bool(rule.document(year)) == bool(rule.basis(year)), (rule.code, year)


def test_documents_follow_the_years():
    assert RULES["discipline"].document(2025) == "QĐ 366-QĐ/TW, 30/8/2025"
    assert RULES["discipline"].document(2024) == RULES["jump"].document(2024)
    assert RULES["exempt_rated"].document(2018) == "HD 16-HD/BTCTW, 24/9/2018"


def test_soft_rules_are_those_of_lines_groups_and_totals():
    assert soft_codes(2025) == SOFT_CODES
    assert {*soft_codes(2024)} == {*SOFT_CODES} - {"recent_rated"} == {*soft_codes(2018)}
    looks = {RULES[code].looks_at for code in SOFT_CODES}
    assert looks == {LooksAt.LINE, LooksAt.GROUP, LooksAt.TOTALS}


def test_totals_speak_in_whole_numbers():
    over, short = findings("member", {"A": 7}, 5)[0], findings("member", {"A": 3, "B": 1}, 5)[0]
    assert "7" in over.words and "5" in over.words and "2" in over.words
    assert "4" in short.words and "1" in short.words
    assert findings("member", {}, 5) == findings("member", {"A": 3}, None, 4) == []
    none = findings_between({"grassroots": 0, "affiliated": 2})
    assert [(found.rule, found.subject) for found in none] == [(Code.TOTALS_BETWEEN, "affiliated")]
    assert findings_between({"member": 2}) == findings_between({}) == []


def test_a_switched_off_rule_asks_for_nothing():
    found = findings("member", {"A": 7}, 5, 6)
    assert [finding.rule for finding in asked_of(found, ("totals_roster",))] == ["totals_roster"]
    both = [replace(LINE, self_rank=2, last_rank=3)]
    assert review(both, [CAP], ("jump",)).unexplained == {1: "jump"}
    assert review(both, [CAP], ()).count == 0

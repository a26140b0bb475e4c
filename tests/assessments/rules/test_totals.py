"""Reported totals that do not add up, at their edges and word by word."""

from assessments.rules.entry_rule import Code
from assessments.rules.totals import Finding, asked_of, findings, findings_between


def test_levels_beside_their_total():
    assert findings("member", {"HTTNV": 4, "HTNV": 1}, 5) == []
    assert findings("member", {"HTTNV": 4, "HTNV": 2}, 5) == [
        Finding(Code.TOTALS_SUM, "member", "The levels together are 6, the total is 5: 1 too many.")
    ]
    assert findings("grassroots", {"HTTNV": 3}, 5) == [
        Finding(Code.TOTALS_SUM, "grassroots", "The levels together are 3, the total is 5: 2 not rated.")
    ]


def test_what_was_not_given_contradicts_nothing():
    assert findings("member", {}, 5) == []
    assert findings("member", {"HTTNV": 4}, None) == []
    assert findings("member", {"HTTNV": 4}, None, 7) == []
    assert findings("member", {"HTTNV": 0}, 0, None) == []


def test_a_total_beside_the_roster():
    assert findings("member", {}, 5, 5) == []
    assert findings("affiliated", {}, 5, 6) == [
        Finding(
            Code.TOTALS_ROSTER, "affiliated",
            "The total is 5; in the roster of 31 December stand 6.",
        )
    ]  # fmt: skip
    both = findings("member", {"HTTNV": 4}, 0, 1)
    assert [one.rule for one in both] == [Code.TOTALS_SUM, Code.TOTALS_ROSTER]


def test_affiliated_organizations_stand_below_a_grassroots_one():
    found = Finding(
        Code.TOTALS_BETWEEN, "affiliated",
        "1 affiliated organizations, but no grassroots organization.",
    )  # fmt: skip
    assert findings_between({"grassroots": 0, "affiliated": 1}) == [found]
    assert findings_between({"grassroots": 1, "affiliated": 1}) == []
    assert findings_between({"grassroots": 0, "affiliated": 0}) == []
    assert findings_between({"affiliated": 1}) == findings_between({"grassroots": 0}) == []


def test_three_members_form_a_cell():
    for totals in (
        {"grassroots": 2, "affiliated": 1},
        {"grassroots": 1, "affiliated": 2},
        {"affiliated": 2},
    ):
        assert findings_between({**totals, "member": 6}) == [], totals
        assert findings_between({**totals, "member": 5}) == [
            Finding(
                Code.TOTALS_BETWEEN, "member",
                "5 members for 2 organizations: fewer than three each.",
            )
        ], totals  # fmt: skip
    assert findings_between({"grassroots": 2}) == []
    assert findings_between({"member": 0}) == []
    assert findings_between({"grassroots": 1, "member": 0})[0].subject == "member"


def test_only_rules_that_are_on_are_asked():
    found = findings("member", {"HTTNV": 4}, 5, 6)
    assert asked_of(found, (Code.TOTALS_ROSTER,)) == found[1:]
    assert asked_of(found, ()) == []

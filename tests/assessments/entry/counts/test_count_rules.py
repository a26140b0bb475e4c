"""What a check asks and what one that fails says, word by word."""

import pytest

from assessments.entry.counts.rules import (
    bound_of,
    held,
    kept,
    sentence,
    told,
    warnings,
    whole_of,
    words_of,
)
from assessments.rules.count_rule import CheckRule, CountRule, Finding, Known

pytestmark = pytest.mark.usefixtures("in_english")

NAMES = {"a": "Short a", "b": "Short b", "c": "Short c"}
CHECKS = {
    "12 × Short a ≤ Short b": CheckRule(times=12, other="b"),
    "2 × Short a + Short b ≥ Short c": CheckRule(times=2, plus="b", relation="ge", other="c"),
    "Short a + Short b = Short c − Short b": CheckRule(plus="b", relation="eq", other="c", less="b"),
    "Short a ≤ cells": CheckRule(size="cells"),
    "Short a ≤ cells, each month": CheckRule(size="cells", is_monthly=True),
    "Short a = members who left as expelled": CheckRule(relation="eq", register="expelled"),
    "Short a ≤ Short b: else refused": CheckRule(other="b", is_hard=True),
    "Short a ≤ …": CheckRule(),
}


def rule(code="a", *checks, **values) -> CountRule:
    return CountRule(code, f"Name {code}", NAMES.get(code, ""), checks=checks, **values)


RULES = [rule("a"), rule("b"), rule("c")]


@pytest.mark.parametrize(("words", "check"), CHECKS.items())
def test_a_check_is_a_sentence(words, check):
    assert sentence("Short a", check, NAMES) == words


def test_counts_that_have_no_name_here_are_told_as_they_are():
    check = CheckRule(plus="x", other="y", less="z")
    assert sentence("Short a", check) == "Short a + x ≤ y − z"
    assert (held(rule(), check, {}), bound_of(check, {})) == ("Short a + x", "y − z")


@pytest.mark.parametrize(("times", "words"), [(1, "Short a"), (2, "2 × Short a")])
def test_one_time_is_not_told(times, words):
    assert held(rule(), CheckRule(times=times), NAMES) == words


@pytest.mark.parametrize(
    ("check", "words"),
    [
        (CheckRule(size="cells"), "Short a: 1,201, more than 1,200 (cells)."),
        (CheckRule(relation="ge", other="b"), "Short a: 1,201, less than 1,200 (Short b)."),
        (CheckRule(relation="eq", other="b"), "Short a: 1,201, not 1,200 (Short b)."),
        (
            CheckRule(relation="eq", register="expelled"),
            "Short a: 1,201, not the 1,200 of the registers (members who left as expelled).",
        ),
        (
            CheckRule(plus="c", other="b", less="c"),
            "Short a + Short c: 1,201, more than 1,200 (Short b − Short c).",
        ),
    ],
)
def test_a_check_that_fails_says_what_stands_against_what(check, words):
    assert words_of(Finding(rule("a", check), check, 1201, 1200), RULES) == words


def test_the_warnings_of_an_organization_come_in_the_order_of_its_columns():
    rules = [rule("b", CheckRule(size="cells")), rule("a", CheckRule(other="b"), CheckRule(size="cells"))]
    seen = Known({"a": 1, "b": 0}, {"cells": 0}, {})
    assert warnings(rules, seen) == [
        "Short a: 1, more than 0 (Short b).",
        "Short a: 1, more than 0 (cells).",
    ]
    assert warnings(rules, Known({"a": 0, "b": 0}, {"cells": 0}, {})) == []
    assert warnings(iter(rules), Known({"a": 1}, {}, {})) == []


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({}, ""),
        ({"denominator": "b"}, "/ Short b"),
        ({"denominator": "b", "less": "c"}, "/ Short b − Short c"),
        ({"size": "cells"}, "/ cells"),
        ({"size": "cells", "is_monthly": True}, "/ cells × 12 months"),
        ({"size": "cells", "is_monthly": True, "period": "event"}, "/ cells × 12 months"),
        (
            {"size": "cells", "is_monthly": True, "period": "half"},
            "/ cells × 12 months (half-year: × 6)",
        ),
        ({"size": "cells", "is_average": True}, "for each one of: cells"),
    ],
)
def test_a_whole_is_told(values, words):
    assert whole_of(rule(**values), NAMES) == words


def test_the_trail_keeps_a_check_with_the_names_of_then():
    checks = [
        CheckRule(times=12, plus="b", other="c", less="b", is_hard=True),
        CheckRule(relation="eq", register="expelled"),
        CheckRule(size="cells", is_monthly=True),
    ]
    rows = [kept(check, NAMES) for check in checks]
    assert rows == [
        {"times": 12, "plus": "Short b", "other": "Short c", "less": "Short b", "is_hard": True},
        {"relation": "eq", "register": "expelled"},
        {"size": "cells", "is_monthly": True},
    ]
    assert told(rows, {"short_name": "Short a"}) == (
        "12 × Short a + Short b ≤ Short c − Short b: else refused; "
        "Short a = members who left as expelled; Short a ≤ cells, each month"
    )


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, "–"),
        ([], "–"),
        ("?", "–"),
        (["?"], "–"),
        ([{"size": "cells", "later": 1}], "this count ≤ cells"),
        ([{"size": "gone", "relation": "?"}, {"register": "gone"}], "this count ? gone; this count ≤ gone"),
    ],
)
def test_what_the_trail_does_not_know_is_no_error(value, words):
    assert told(value, {}) == words

"""Checks, wholes and shares of counts on both sides of every edge, without a database."""

import pytest

from assessments.rules.count_rule import (
    CheckRule,
    CountRule,
    Finding,
    Known,
    findings,
    freeze_counts,
    thaw_counts,
)

SIZES = {"cells": 7, "cell_months": 40, "members": 30}
REGISTERS = {"expelled": 3}


def known(period="year", sizes=SIZES, registers=REGISTERS, **counts) -> Known:
    return Known(counts, sizes, registers, period)


def rule(code="a", **values) -> CountRule:
    return CountRule(code, f"Tên {code}", f"Ngắn {code}", **values)


@pytest.mark.parametrize(
    ("relation", "failing"),
    [("le", [False, False, True]), ("ge", [True, False, False]), ("eq", [True, False, True])],
)
@pytest.mark.parametrize(
    ("against", "edge"), [({"other": "b"}, 9), ({"size": "cells"}, 7), ({"register": "expelled"}, 3)]
)
def test_a_relation_is_held_to_the_bound_itself(relation, failing, against, edge):
    check = CheckRule(relation=relation, **against)
    for off, fails in zip((-1, 0, 1), failing, strict=True):
        assert check.fails("a", known(a=edge + off, b=9)) is fails, (relation, off)


@pytest.mark.parametrize(("count", "fails"), [(3, False), (4, True)])
def test_a_count_is_held_so_many_times(count, fails):
    check = CheckRule(times=12, other="b")
    assert check.number("a", known(a=count)) == 12 * count
    assert check.fails("a", known(a=count, b=47)) is fails


@pytest.mark.parametrize(("plus", "fails"), [(4, False), (5, True)])
def test_two_counts_are_held_together(plus, fails):
    check = CheckRule(times=2, plus="p", other="b")
    seen = known(a=3, p=plus, b=10)
    assert check.number("a", seen) == 6 + plus
    assert check.fails("a", seen) is fails


@pytest.mark.parametrize(("less", "fails"), [(4, False), (5, True)])
def test_another_count_is_lessened(less, fails):
    check = CheckRule(other="b", less="l")
    seen = known(a=6, b=10, l=less)
    assert check.bound(seen) == 10 - less
    assert check.fails("a", seen) is fails


@pytest.mark.parametrize(("period", "months"), [("half", 6), ("year", 12)])
def test_a_size_each_month_is_of_the_months_of_the_period(period, months):
    check = CheckRule(size="cells", is_monthly=True)
    assert check.bound(known(period)) == 7 * months
    assert not check.fails("a", known(period, a=7 * months))
    assert check.fails("a", known(period, a=7 * months + 1))


@pytest.mark.parametrize(
    ("check", "missing"),
    [
        (CheckRule(other="b"), known(a=5)),
        (CheckRule(other="b"), known(b=0)),
        (CheckRule(other="b", less="l"), known(a=5, b=1)),
        (CheckRule(other="b", less="l"), known(a=5, l=1)),
        (CheckRule(other="b", plus="p"), known(a=5, b=1)),
        (CheckRule(size="villages"), known(a=5)),
        (CheckRule(size="villages", is_monthly=True), known(a=5)),
        (CheckRule(register="expulsions"), known(a=5)),
        (CheckRule(size="cells"), known()),
    ],
)
def test_what_nobody_knows_fails_nothing(check, missing):
    for relation in ("le", "ge", "eq"):
        assert not CheckRule(**_values(check) | {"relation": relation}).fails("a", missing)


def _values(check) -> dict:
    return {name: getattr(check, name) for name in CheckRule.__dataclass_fields__}


def test_zero_is_known():
    assert CheckRule(other="b").fails("a", known(a=1, b=0))
    assert CheckRule(other="b", plus="p").fails("a", known(a=0, p=1, b=0))
    assert CheckRule(size="villages", relation="eq").fails("a", known(a=1, sizes={"villages": 0}))
    assert CheckRule(register="expelled", relation="ge").fails("a", known(a=0, registers={"expelled": 1}))


def test_a_count_is_lessened_where_both_are_known():
    seen = known(b=9, l=4)
    assert (seen.count("b"), seen.count("b", "l"), seen.count("b", "x")) == (9, 5, None)
    assert (seen.count("x"), seen.count("x", "l")) == (None, None)


def test_a_check_asks_for_no_more_than_one_time_unless_it_says_so():
    assert _values(CheckRule()) == {
        "times": 1, "plus": "", "relation": "le", "other": "", "less": "", "size": "", "register": "",
        "is_monthly": False, "is_hard": False,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("values", "whole"),
    [
        ({}, None),
        ({"denominator": "b"}, 9),
        ({"denominator": "b", "less": "l"}, 5),
        ({"denominator": "x"}, None),
        ({"denominator": "b", "less": "x"}, None),
        ({"size": "cells"}, 7),
        ({"size": "villages"}, None),
        ({"size": "villages", "is_monthly": True}, None),
    ],
)
def test_of_how_many_a_share_is_told(values, whole):
    assert rule(**values).whole(known(b=9, l=4)) == whole
    assert rule(**values).has_share is bool(values)


@pytest.mark.parametrize(("period", "whole"), [("half", 42), ("year", 84)])
def test_a_whole_each_month_is_of_the_months_of_the_period(period, whole):
    assert rule(size="cells", is_monthly=True).whole(known(period)) == whole


@pytest.mark.parametrize(
    ("checks", "most"),
    [
        ([], None),
        ([{"size": "cells"}], 7),
        ([{"size": "members"}, {"size": "cells"}], 7),
        ([{"size": "cells", "relation": "ge"}], None),
        ([{"size": "cells", "plus": "b"}], None),
        ([{"other": "b"}], None),
        ([{"register": "expelled"}], None),
        ([{"size": "villages"}], None),
        ([{"size": "villages"}, {"size": "members"}], 30),
        ([{"size": "cells", "relation": "eq"}], 7),
        ([{"size": "cells", "is_monthly": True}], 84),
        ([{"size": "members", "times": 4}], 7),
    ],
)
def test_the_most_that_the_list_lets_a_count_be(checks, most):
    assert rule(checks=tuple(CheckRule(**check) for check in checks)).most(known(b=2)) == most


@pytest.mark.parametrize(
    ("period", "in_half", "of_event"), [("year", False, False), ("half", True, False), ("event", False, True)]
)
def test_a_count_is_of_a_period(period, in_half, of_event):
    one = rule(period=period)
    assert (one.is_in("half"), one.is_in("year"), one.is_of_event) == (in_half, True, of_event)
    assert one.is_asked("half", SIZES) is in_half and one.is_asked("year", SIZES)


@pytest.mark.parametrize(("sizes", "asked"), [({}, False), ({"villages": 0}, False), ({"villages": 1}, True)])
def test_what_is_of_villages_is_asked_where_there_are_some(sizes, asked):
    assert rule(of_villages=True).is_asked("year", sizes) is asked
    assert rule().is_asked("year", sizes)
    assert not rule(of_villages=True).is_asked("half", {"villages": 1})


def test_a_source_says_whether_it_is_computed():
    assert [rule(source=one).is_computed for one in ("typed", "computed", "compared")] == [False, True, False]


def test_findings_come_in_the_order_of_counts_and_checks():
    size, other, right = (
        CheckRule(size="cells"),
        CheckRule(times=2, other="b", is_hard=True),
        CheckRule(register="expelled", relation="ge"),
    )
    rules = (rule("c", checks=(right,)), rule("a", checks=(size, right, other)), rule("b"))
    found = list(findings(rules, known(a=8, b=15, c=2)))
    assert found == [
        Finding(rules[0], right, 2, 3), Finding(rules[1], size, 8, 7), Finding(rules[1], other, 16, 15),
    ]  # fmt: skip
    assert list(findings(rules, known(a=7, b=14, c=3))) == []


def test_a_finding_of_nothing_says_zero():
    (found,) = findings((rule(checks=(CheckRule(other="b", relation="ge"),)),), known(a=0, b=1))
    assert (found.number, found.bound) == (0, 1)
    (found,) = findings((rule(checks=(CheckRule(other="b"),)),), known(a=1, b=0))
    assert (found.number, found.bound) == (1, 0)


@pytest.mark.parametrize(
    ("codes", "concerns"),
    [({"a"}, True), ({"p"}, True), ({"b"}, True), ({"l"}, True), ({"x"}, False), ({""}, False)],
)
def test_a_finding_concerns_what_it_compares(codes, concerns):
    check = CheckRule(plus="p", other="b", less="l")
    assert Finding(rule(), check, 1, 0).concerns(codes) is concerns
    assert not Finding(rule(), CheckRule(size="cells"), 1, 0).concerns({"", "cells"})


def test_what_is_frozen_thaws_as_it_was():
    checks = (CheckRule(times=4, size="cells"), CheckRule(other="b", is_hard=True))
    rules = (
        rule("a", level="cell", period="half", size="cells", is_monthly=True, checks=checks),
        rule("b", denominator="a", less="c", of_villages=True, adds_up=False),
    )
    frozen = freeze_counts(rules)
    assert thaw_counts(frozen) == rules
    frozen[1].pop("checks")
    assert thaw_counts(frozen) == rules


def test_what_was_frozen_before_there_were_checks_thaws_without():
    assert thaw_counts([{"code": "a", "name": "Tên a", "short_name": "Ngắn a"}]) == (rule("a"),)

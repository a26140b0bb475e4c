"""Which of several counts typed at once cannot stand."""

import pytest

from assessments.entry.counts.contradicting import changed, contradictions
from assessments.rules.count_rule import CheckRule, CountRule, Known

WHOLE = CountRule("whole", "", "")
PART = CountRule("part", "", "", checks=(CheckRule(other="whole", is_hard=True),))
SOFT = CountRule("soft", "", "", checks=(CheckRule(other="whole"),))
PAIR = CountRule("one", "", "", checks=(CheckRule(plus="two", other="whole", is_hard=True),))
RULES = (WHOLE, PART, SOFT, PAIR, CountRule("two", "", ""))


def wrong(after, **stored) -> set[str]:
    return set(contradictions(RULES, Known(stored, {}, {}), after))


@pytest.mark.parametrize(("count", "found"), [(5, set()), (6, {"part"})])
def test_a_part_up_to_its_whole_stands(count, found):
    assert wrong({"part": count}, whole=5) == found
    assert wrong({"part": count, "whole": 5}) == found


@pytest.mark.parametrize(("count", "found"), [(4, set()), (3, {"whole"})])
def test_a_whole_down_to_its_part_stands(count, found):
    assert wrong({"whole": count}, whole=9, part=4) == found


def test_of_both_the_part_goes_and_the_whole_is_stored_where_it_fits_what_stands():
    assert wrong({"whole": 5, "part": 7}) == {"part"}
    assert wrong({"whole": 5, "part": 9}, part=7) == {"part", "whole"}


def test_what_stood_wrong_before_is_not_blamed_on_another_count():
    assert wrong({"soft": 1}, whole=5, part=9) == set()


def test_a_soft_check_refuses_nothing():
    assert wrong({"soft": 9}, whole=5) == set()


@pytest.mark.parametrize(("two", "found"), [(2, set()), (3, {"two"})])
def test_two_parts_together(two, found):
    assert wrong({"two": two}, whole=5, one=3) == found


def test_blank_takes_a_count_out_and_nothing_else_changes():
    known = Known({"whole": 5, "part": 4}, {"cells": 3}, {"expelled": 1}, "half")
    after = changed(known, {"whole": None, "two": 0})
    assert after == Known({"part": 4, "two": 0}, {"cells": 3}, {"expelled": 1}, "half")


def test_the_finding_tells_both_numbers():
    found = contradictions(RULES, Known({"whole": 5}, {}, {}), {"part": 8})["part"]
    assert (found.number, found.bound, found.rule) == (8, 5, PART)

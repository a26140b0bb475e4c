"""What a cap allows of a group: exceptions, grid, overview and forms all ask here."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from assessments.rules.cap_rule import CapException, CapRule
from assessments.rules.ceilings import UNRATED, Ceiling

pytestmark = pytest.mark.once


def test_a_ceiling_counts_whole_and_leaves_out_who_is_not_rated():
    for base, base_level, counts, expected in (
        ("rated", "", {"A": 3, "B": 7, UNRATED: 90}, (10, 2, 3, 1)),
        ("rated", "", {"A": 2, "B": 7}, (9, 1, 2, 1)),
        ("rated", "", {"B": 7}, (7, 1, 0, 0)),
        ("level", "B", {"A": 2, "B": 10, "C": 50, UNRATED: 5}, (12, 2, 2, 0)),
        ("level", "B", {"A": 1}, (1, 0, 1, 1)),
        ("rated", "", {}, (0, 0, 0, 0)),
    ):
        cap = CapRule("grassroots", "A", Decimal(20), base, base_level, "unit", "")
        found = Ceiling(cap, counts)
        assert (found.base, found.allowed, found.used, found.over) == expected, (base, counts)


def ceiling(base: str, best: int, good: int, rest: int, percent="20", **more) -> Ceiling:
    level = "B" if base == "level" else ""
    rule = CapRule("grassroots", "A", Decimal(percent), base, level, "unit", "", **more)
    return Ceiling(rule, {"A": best, "B": good, "C": rest, UNRATED: 3})


def test_a_cap_of_those_at_the_level_below_by_brute_force():
    """Over exactly when the best are more than p% of those left at the level below, in groups of 0 to 60; the
    allowance is the greatest number of the same S for which they are not."""
    for percent in ("20", "25", "12.5"):
        share = Fraction(percent) / 100
        for strong in range(61):
            most = max(best for best in range(strong + 1) if best <= share * (strong - best))
            for best in range(strong + 1):
                found = ceiling("level", best, strong - best, 2, percent)
                assert found.allowed == most, (percent, strong)
                assert bool(found.over) == (best > share * (strong - best)), (percent, strong, best)
                assert found.over == max(0, best - most)


def test_a_sixth_under_twenty_and_a_fifth_under_twenty_five():
    for strong in range(61):
        assert ceiling("level", 0, strong, 0).allowed == strong // 6
        assert ceiling("level", 0, strong, 0, "25").allowed == strong // 5


def test_a_cap_of_the_rated_by_brute_force():
    for rated in range(61):
        for best in range(rated + 1):
            found = ceiling("rated", best, 0, rated - best)
            assert bool(found.over) == (5 * best > rated), (rated, best)
            assert found.possible == found.allowed == rated // 5


def test_what_could_be_if_all_were_at_the_level_of_the_base():
    assert [ceiling("level", 7, 26, 14).possible, ceiling("level", 7, 26, 14).allowed] == [7, 5]
    assert ceiling("level", 0, 0, 0).possible == 0


def test_how_many_more_must_reach_the_base():
    """47 rated, 33 of them strong: eight can never be, seven only with nine more."""
    found = ceiling("level", 7, 26, 14)
    assert [found.further(wanted) for wanted in (5, 6, 7, 8)] == [0, 3, 9, None]
    assert ceiling("rated", 0, 0, 40).further(9) is None
    assert ceiling("rated", 0, 0, 40).further(8) == 0


def test_a_group_smaller_than_the_least_size_is_not_limited():
    for rated, allowed in ((4, 4), (5, 0), (6, 1)):
        found = ceiling("level", rated, 0, 0, least_size=5)
        assert (found.allowed, found.possible) == (allowed, allowed), rated
    assert ceiling("level", 4, 0, 0, least_size=5).over == 0
    assert ceiling("level", 5, 0, 0, least_size=5).over == 5


def test_a_unit_with_a_decision_has_its_own_percentage():
    own = CapException(7, Decimal(25), "QĐ 12-QĐ/TU, 1/12/2025")
    rule = replace(ceiling("level", 0, 0, 0).rule, exceptions=(own,), article="điều 11", is_default=True)
    there, elsewhere = rule.in_unit(7), rule.in_unit(8)
    assert elsewhere == rule and rule.in_unit(None) == rule
    assert (there.percent, there.document, there.is_default) == (25, own.document, False)
    assert [rule.in_unit(unit).allowance({"B": 30}) for unit in (7, 8, None)] == [6, 5, 5]

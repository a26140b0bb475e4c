"""Pairs of a self-rated and a decided level: counted by themselves, and sorted by rank alone."""

from itertools import product
from random import Random

from assessments.figures.judged.crossing import HIGHER, LOWER, NONE, SAME, Crossing
from assessments.rules.year_rules import LevelRule

CODES = ("HTXSNV", "HTTNV", "HTNV", "KHTNV")
LEVELS = tuple(LevelRule(rank, "organization", code, code, rank) for rank, code in enumerate(CODES, 1))


def test_a_better_level_is_higher_and_none_is_neither():
    crossing = Crossing(LEVELS, {})
    assert crossing.way(("HTTNV", "HTTNV")) == SAME
    assert crossing.way(("HTXSNV", "HTTNV")) == LOWER and crossing.way(("HTTNV", "HTXSNV")) == HIGHER
    assert crossing.way((NONE, "HTTNV")) == crossing.way(("HTTNV", NONE)) == crossing.way((NONE, NONE)) == ""


def test_the_four_apart_are_all_lines():
    random = Random(12)
    for _ in range(50):
        lines = random.choices([*product((*CODES, NONE), repeat=2)], k=random.randint(0, 90))
        crossing = Crossing(LEVELS, {pair: lines.count(pair) for pair in set(lines)})
        both = [(CODES.index(a), CODES.index(b)) for a, b in lines if NONE not in (a, b)]
        assert crossing.same == sum(a == b for a, b in both)
        assert crossing.lower == sum(a < b for a, b in both)
        assert crossing.higher == sum(a > b for a, b in both)
        assert crossing.not_self_rated == sum(a == NONE and b != NONE for a, b in lines)
        assert crossing.undecided == sum(b == NONE for _a, b in lines)
        assert crossing.both + crossing.not_self_rated + crossing.undecided == crossing.total == len(lines)
        assert crossing.decided == crossing.total - crossing.undecided
        for code in CODES:
            assert crossing.sum(own=code) == sum(a == code for a, _b in lines)


def test_shares_are_of_those_with_both():
    crossing = Crossing(LEVELS, {("HTTNV", "HTTNV"): 2, ("HTTNV", "HTNV"): 1, (NONE, "HTNV"): 5})
    assert (str(crossing.same_share), str(crossing.lower_share)) == ("66.67", "33.33")
    assert Crossing(LEVELS, {(NONE, "HTNV"): 5}).same_share is None

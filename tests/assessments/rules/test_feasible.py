"""By how few further organizations a target could be reached under a cap: held against trying every way."""

from decimal import Decimal
from itertools import product

import pytest

from assessments.rules.cap_rule import CapRule
from assessments.rules.ceilings import Ceiling
from assessments.rules.feasible import least_further

pytestmark = pytest.mark.once
DEMONSTRATION = [
    (60, 44), (46, 28), (44, 32), (45, 34), (42, 33), (41, 33), (47, 33), (47, 34), (46, 31), (16, 11),
    (87, 69), (43, 36), (40, 32), (38, 31),
]  # fmt: skip
"""Of each unit in 2025: rated, and rated HTTNV or better (design/10-feasibility)."""


def group(rated: int, strong: int, percent="20", base="level") -> Ceiling:
    level = "HTTNV" if base == "level" else ""
    rule = CapRule("grassroots", "HTXSNV", Decimal(percent), base, level, "unit", "")
    return Ceiling(rule, {"HTTNV": strong, "HTNV": rated - strong})


def tried(groups: list[tuple[int, int]], wanted: int, percent: str) -> int | None:
    """Every number of further strong ones in every group."""
    share = Decimal(percent)
    ways = (
        sum(raised)
        for raised in product(*(range(rated - strong + 1) for rated, strong in groups))
        if sum(
            (strong + more) * share // (100 + share)
            for (_r, strong), more in zip(groups, raised, strict=True)
        )
        >= wanted
    )
    return min(ways, default=None)


@pytest.mark.parametrize("percent", ["20", "25", "15"])
def test_it_is_the_least_of_all_ways(percent):
    for groups in (
        [(12, 4), (9, 5), (13, 11)],
        [(6, 0), (7, 6), (12, 11)],
        [(5, 2), (4, 4), (3, 0)],
        [(20, 13), (14, 3)],
        [(26, 1)],
        [],
    ):
        ceilings = [group(rated, strong, percent) for rated, strong in groups]
        for wanted in range(8):
            assert least_further(ceilings, wanted) == tried(groups, wanted, percent), (groups, wanted)


def test_one_group_of_0_to_60_by_brute_force():
    for rated in range(61):
        for strong in range(0, rated + 1, 7):
            for wanted in range(12):
                found = least_further([group(rated, strong)], wanted)
                ways = [more for more in range(rated - strong + 1) if (strong + more) // 6 >= wanted]
                assert found == min(ways, default=None), (rated, strong, wanted)


def test_sizes_that_can_never_have_more_than_fifteen_percent():
    """DOMAIN-additions A2."""
    never = [n for n in range(1, 61) if 100 * group(n, n).possible <= 15 * n]
    assert never == [
        *range(1, 6),
        *range(7, 12),
        *range(14, 18),
        *range(20, 24),
        27,
        28,
        29,
        34,
        35,
        40,
        41,
        47,
    ]


def test_the_province_is_the_sum_of_its_groups():
    """74 allowed, 100 at most, 97 needed: 101 more; with 25% 89, 124 and 12. One big group would allow 80."""
    for percent, allowed, possible, further in (("20", 74, 100, 101), ("25", 89, 124, 12)):
        ceilings = [group(*one, percent) for one in DEMONSTRATION]
        assert sum(one.allowed for one in ceilings) == allowed
        assert sum(one.possible for one in ceilings) == possible
        assert least_further(ceilings, 97) == further
        assert least_further(ceilings, possible + 1) is None
        assert least_further(ceilings, allowed) == 0
        assert least_further(ceilings, allowed + 1) == 1
    assert group(642, 481).allowed == 80


def test_a_cap_of_the_rated_allows_no_more_by_any_rating():
    assert least_further([group(40, 10, base="rated"), group(20, 3, base="rated")], 12) == 0
    assert least_further([group(40, 10, base="rated"), group(20, 3, base="rated")], 13) is None

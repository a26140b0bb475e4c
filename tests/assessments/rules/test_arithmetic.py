from decimal import Decimal

import pytest

from assessments.rules.arithmetic import cap_allowance, is_met, needed, shortfall


@pytest.mark.parametrize(
    ("numerator", "denominator", "comparison", "value", "met", "short"),
    [
        (329, 659, ">=", "50", False, 1),
        (330, 659, ">=", "50", True, 0),
        (320, 640, ">=", "50", True, 0),
        (1095, 1825, ">", "60", False, 1),
        (1096, 1825, ">", "60", True, 0),
        (96, 640, ">", "15", False, 1),
        (24463, 48927, ">=", "50", False, 1),
        (5000, None, ">", "5000", False, 1),
        (5001, None, ">", "5000", True, 0),
        (2188, None, ">", "5000", False, 2813),
        (0, None, "<=", "0", True, 0),
        (3, None, "<=", "0", False, 3),
        (1, 3, ">=", "33.33", True, 0),
        (1, 3, ">=", "33.34", False, 1),
        (0, 0, ">", "60", None, None),
        (7, 10, ">", None, None, None),
    ],
)
def test_whole_numbers_decide(numerator, denominator, comparison, value, met, short):
    value = value and Decimal(value)
    assert is_met(numerator, denominator, comparison, value) is met
    assert shortfall(numerator, denominator, comparison, value) == short


def test_short_is_the_least_that_meets_the_target():
    for denominator in range(1, 60):
        for comparison in (">=", ">"):
            for value in (Decimal("15"), Decimal("62.5")):
                least = needed(denominator, comparison, value)
                assert is_met(least, denominator, comparison, value)
                assert not is_met(least - 1, denominator, comparison, value)


@pytest.mark.parametrize(("base", "allowed"), [(0, 0), (1, 0), (4, 0), (5, 1), (9, 1), (10, 2), (49, 9)])
def test_a_cap_is_rounded_down(base, allowed):
    assert cap_allowance(base, Decimal("20")) == allowed


def test_a_count_is_compared_on_whole_numbers_too():
    assert is_met(3, None, ">=", Decimal("2.5")) and not is_met(2, None, ">=", Decimal("2.5"))
    assert shortfall(2, None, ">=", Decimal("2.5")) == 1

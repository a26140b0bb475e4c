"""The arithmetic of targets and caps, on whole numbers only (DESIGN, idea 5)."""

from decimal import Decimal
from fractions import Fraction
from math import ceil, floor

AT_LEAST, MORE_THAN, AT_MOST = ">=", ">", "<="


def is_met(numerator: int, denominator: int | None, comparison: str, value: Decimal | None) -> bool | None:
    """Whether a share (in percent of `denominator`) or a count (no denominator) meets `value`.

    None without a target or with nothing to divide by. Exactly 60% is not more than 60%.
    """
    if value is None or denominator == 0:
        return None
    have, wanted = _both_sides(numerator, denominator, value)
    if comparison == AT_LEAST:
        return have >= wanted
    return have > wanted if comparison == MORE_THAN else have <= wanted


def needed(denominator: int | None, comparison: str, value: Decimal) -> int:
    """The least numerator that meets the target, or the greatest for an upper limit."""
    scale, wanted = _both_sides(1, denominator, value)
    if comparison == AT_LEAST:
        return -(-wanted // scale)
    return wanted // scale + (comparison == MORE_THAN)


def shortfall(numerator: int, denominator: int | None, comparison: str, value: Decimal | None) -> int | None:
    """How many more would meet the target with the same denominator; over an upper limit, how
    many too many. 0 when met, None when nothing can be said."""
    if value is None or denominator == 0:
        return None
    gap = needed(denominator, comparison, value) - numerator
    return max(0, -gap if comparison == AT_MOST else gap)


def cap_allowance(base: int, percent: Decimal) -> int:
    """How many of `base` a cap allows: a whole number, rounded down."""
    return floor(base * Fraction(percent) / 100)


def most_beside(as_good: int, percent: Decimal) -> int:
    """How many of those at a level or better may have the better one, where these may be `percent` of
    those left at the level: a whole number, rounded down. With X of S, X ≤ p% of S - X.

    QĐ 366-QĐ/TW, 30/8/2025, art. 11: 20% of those rated HTTNV lets a sixth of HTTNV or better be
    HTXSNV, 25% a fifth.
    """
    share = Fraction(percent)
    return floor(as_good * share / (100 + share))


def least_base(allowance: int, percent: Decimal) -> int:
    """The least number of which a cap allows `allowance`: with 20%, 495 for 99; 0 where no number does."""
    return ceil(allowance * 100 / Fraction(percent)) if percent else 0


def least_beside(allowance: int, percent: Decimal) -> int:
    """The least number at a level or better of which `allowance` may have the better one: with 20%, 594
    for 99; 0 where no number does."""
    share = Fraction(percent)
    return ceil(allowance * (100 + share) / share) if share else 0


def _both_sides(numerator: int, denominator: int | None, value: Decimal) -> tuple[int, int]:
    """What there is and what is wanted, both on one scale and whole."""
    wanted, parts = value.as_integer_ratio()
    if denominator is None:
        return numerator * parts, wanted
    return numerator * 100 * parts, wanted * denominator

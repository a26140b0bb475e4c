"""The arithmetic of `assessments.rules.arithmetic` as a spreadsheet computes it.

Whole numbers stay whole: a target of 12.5% is written as 1250 of 10000. The functions are those
that Excel 2010 and LibreOffice both know. Tests hold them against `assessments.rules.arithmetic`.
"""

from decimal import Decimal

from django.utils.text import capfirst

from assessments.figures.judge import Aim, Standing
from assessments.rules.arithmetic import AT_LEAST, AT_MOST

_SIGNS = {Standing.MET: "✓", Standing.UNMET: "▲", Standing.WAIT: "○"}


def written(standing: Standing) -> str | None:
    """A verdict as a form has it, `○ Chưa đến hạn`; None where nothing is judged."""
    if standing == Standing.NONE:
        return None
    return f"{_SIGNS[standing]} {capfirst(standing.words)}"


def needed(whole: str | None, aim: Aim) -> str:
    """The numerator that meets the target; `whole` None: the target is a count."""
    wanted, is_whole = _wanted(whole, aim.sought)
    if aim.comparison == AT_LEAST:
        return wanted if is_whole else f"ROUNDUP({wanted},0)"
    floor = wanted if is_whole else f"INT({wanted})"
    return floor if aim.comparison == AT_MOST else f"{floor}+1"


def shortfall(part: str, whole: str | None, aim: Aim) -> str:
    """How many more would meet the target; over an upper limit, how many too many."""
    wanted = needed(whole, aim)
    gap = f"{part}-({wanted})" if aim.comparison == AT_MOST else f"{wanted}-{part}"
    return _unless_empty(whole, f"MAX(0,{gap})")


def verdict(part: str, whole: str | None, aim: Aim) -> str:
    """The verdict in words, by the same comparison."""
    value = aim.sought
    have, wanted = (part, _number(value)) if whole is None else _both_sides(part, whole, value)
    met, missed = written(Standing.MET), written(aim.missed)
    return _unless_empty(whole, f'IF({have}{aim.comparison}{wanted},"{met}","{missed}")')


def allowance(base: str, percent: Decimal | str) -> str:
    """How many of `base` a cap allows, rounded down; `percent`: a number, or the cell that holds it."""
    share, whole = _of_cap(percent)
    return f"INT({share}*({base})/{whole})"


def most_beside(as_good: str, percent: Decimal | str) -> str:
    """How many may have the better level of so many at a level or better, rounded down; `percent`: a number,
    or the cell that holds it."""
    share, whole = _of_cap(percent)
    return f"INT({share}*({as_good})/({whole}+{share}))"


def needed_or_blank(whole: str | None, aim: Aim) -> str:
    """`needed`, blank where there is nothing to divide by."""
    return _unless_empty(whole, needed(whole, aim))


def _unless_empty(whole: str | None, formula: str) -> str:
    return formula if whole is None else f'IF({whole}=0,"",{formula})'


def _both_sides(part: str, whole: str, value: Decimal) -> tuple[str, str]:
    number, scale = _scaled(value)
    return f"{part}*{100 * scale}", f"{number}*{whole}"


def _wanted(whole: str | None, value: Decimal) -> tuple[str, bool]:
    """The number or share that the target asks for, and whether it is surely a whole number."""
    if whole is None:
        return _number(value), value == value.to_integral_value()
    number, scale = _scaled(value)
    return f"{number}*{whole}/{100 * scale}", False


def _of_cap(percent: Decimal | str) -> tuple[str, int]:
    """A percentage and what it is of, both whole: (20, 100), (1250, 10000)."""
    if isinstance(percent, str):
        return f"ROUND({percent}*100,0)", 10000
    number, scale = _scaled(percent)
    return str(number), 100 * scale


def _scaled(value: Decimal) -> tuple[int, int]:
    """(whole number, scale): 50 → (50, 1); 12.5 → (1250, 100)."""
    if value == value.to_integral_value():
        return int(value), 1
    return int(value * 100), 100


def _number(value: Decimal) -> str:
    return f"{value.normalize():f}"

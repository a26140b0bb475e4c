"""Numbers as they are sent, and as they are shown: `1.850` and `62,62%` in Vietnamese, `1,850` and
`62.62%` in English."""

import re
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from django.utils.translation import get_language

LARGEST = 2**63 - 1
_HUNDREDTH = Decimal("0.01")
_VIETNAMESE = str.maketrans(",.", ".,")
_DIGITS = re.compile("[0-9]+")
_GROUPED, _GROUPED_EN = (
    re.compile(rf"[0-9]+|[0-9]{{1,3}}([{marks}])[0-9]{{3}}(?:\1[0-9]{{3}})*") for marks in (". ", "., ")
)
_NO_DIGIT = re.compile("[^0-9]")


def whole(text: str, most: int = LARGEST) -> int | None:
    """The number that `text` writes in plain digits; None for anything else and for one above `most`,
    by default the largest that a row of the database can hold."""
    if not (text.isascii() and text.isdecimal() and len(text) <= len(str(LARGEST))):
        return None
    number = int(text)
    return number if number <= most else None


def typed_whole(text: str, most: int = LARGEST) -> int | None:
    """The whole number that someone typed or pasted: `1850`, `1.850`, `1 850`, to an English page
    `1,850` too; None for anything else and for one above `most`. `7.5` is no 75."""
    found = (_GROUPED_EN if _is_english() else _GROUPED).fullmatch(_with_plain_spaces(text))
    return whole(_NO_DIGIT.sub("", found[0]), most) if found else None


def typed_decimal(text: str) -> Decimal | None:
    """The number that someone typed: `7,5`, `7.5`, `1.850` and `1.850,5`; to an English page `1,850.5`.
    None for anything else."""
    if (number := typed_whole(text)) is not None:
        return Decimal(number)
    own, other = ".," if _is_english() else ",."
    before, _mark, after = text.rpartition(own if own in text else other)
    is_plain = own in text or _DIGITS.fullmatch(before)
    number = typed_whole(before) if is_plain and _DIGITS.fullmatch(after) else None
    return None if number is None else Decimal(f"{number}.{after}")


def percent(numerator: int, denominator: int | None) -> Decimal | None:
    """The share in per cent, two places, half up; for display only. None of nothing."""
    if not denominator:
        return None
    return (Decimal(numerator * 100) / Decimal(denominator)).quantize(_HUNDREDTH, ROUND_HALF_UP)


def average(numerator: int, denominator: int | None) -> Decimal | None:
    """So many for each one, two places, half up; None where there is nothing to divide by."""
    if not denominator:
        return None
    return (Decimal(numerator) / Decimal(denominator)).quantize(_HUNDREDTH, ROUND_HALF_UP)


def points(now: tuple[int, int], before: tuple[int, int]) -> Decimal:
    """How many points of a per cent one share lies above another: exact, then rounded once, half up
    (away from zero). Shares are numerator and denominator; ZeroDivisionError of nothing."""
    (have, whole), (had, of) = now, before
    above = Fraction(have, whole) - Fraction(had, of)
    scaled = (abs(above) * 20000 + 1) // 2
    return Decimal(int(scaled) if above >= 0 else -int(scaled)).scaleb(-2)


def signed(value: int | Decimal) -> str:
    """An amount with its sign: `+24`, `−1` (U+2212), `0`."""
    mark = "+" if value > 0 else "−" if value < 0 else ""
    return mark + number(value if value >= 0 else -value)


def number(value: int | Decimal | None) -> str:
    """An amount with its groups of thousands; the places of a Decimal are kept."""
    if value is None:
        return "–"
    return _localized(f"{value:,}")


def places(value: Decimal) -> int:
    """How many places a number has that say something: 1 for 62.50."""
    exponent = value.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def plain(value: Decimal) -> str:
    """A decimal without trailing zeros: `50`, `62,5`, `5.000`."""
    shown = value.normalize()
    return number(int(shown) if shown == shown.to_integral_value() else shown)


def number_typed(value: Decimal) -> str:
    """A number as one would type it: `7,5`, `50`, `5000`; `typed_decimal` reads it back."""
    return _localized(f"{value.normalize():f}")


def percentage(value: Decimal | None) -> str:
    """A percentage as shown: two places and the sign."""
    if value is None:
        return "–"
    return _localized(f"{value.quantize(_HUNDREDTH, ROUND_HALF_UP):,}") + "%"


def _localized(english: str) -> str:
    if ("," in english or "." in english) and not _is_english():
        return english.translate(_VIETNAMESE)
    return english


def _is_english() -> bool:
    return not (get_language() or "vi").startswith("vi")


def _with_plain_spaces(text: str) -> str:
    return " ".join(text.split())


def hundredths(value: Decimal) -> int:
    """A percentage as the whole number of its hundredths, for a script that computes in whole numbers."""
    return int(value * 100)

"""Numbers as they are sent, and as they are shown: `1.850` and `62,62%` in Vietnamese, `1,850` and
`62.62%` in English."""

from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import get_language

LARGEST = 2**63 - 1
_HUNDREDTH = Decimal("0.01")
_VIETNAMESE = str.maketrans(",.", ".,")


def whole(text: str, most: int = LARGEST) -> int | None:
    """The number that `text` writes in plain digits; None for anything else and for one above `most`,
    by default the largest that a row of the database can hold."""
    if not (text.isascii() and text.isdecimal() and len(text) <= len(str(LARGEST))):
        return None
    number = int(text)
    return number if number <= most else None


def percent(numerator: int, denominator: int | None) -> Decimal | None:
    """The share in per cent, two places, half up; for display only. None of nothing."""
    if not denominator:
        return None
    return (Decimal(numerator * 100) / Decimal(denominator)).quantize(_HUNDREDTH, ROUND_HALF_UP)


def number(value: int | Decimal | None) -> str:
    """An amount with its groups of thousands; the places of a Decimal are kept."""
    if value is None:
        return "–"
    return _localized(f"{value:,}")


def plain(value: Decimal) -> str:
    """A decimal without trailing zeros: `50`, `62,5`, `5.000`."""
    shown = value.normalize()
    return number(shown if shown.as_tuple().exponent < 0 else int(shown))


def percentage(value: Decimal | None) -> str:
    """A percentage as shown: two places and the sign."""
    if value is None:
        return "–"
    return _localized(f"{value.quantize(_HUNDREDTH, ROUND_HALF_UP):,}") + "%"


def _localized(english: str) -> str:
    if ("," in english or "." in english) and (get_language() or "vi").startswith("vi"):
        return english.translate(_VIETNAMESE)
    return english

from decimal import Decimal

import pytest
from django.utils import translation

from resolution03.lib.figures import (
    number,
    number_typed,
    percent,
    percentage,
    typed_decimal,
    typed_whole,
    whole,
)


@pytest.mark.parametrize("text", ["", "-1", "1.0", "1 ", "²", "٣", str(2**63), "9" * 5000])
def test_what_no_row_can_hold_is_no_number(text):
    assert whole(text) is None


def test_a_whole_number_may_have_a_limit_of_its_own():
    assert [whole(text, most=9) for text in ("0", "09", "10")] == [0, 9, None]
    assert whole(str(2**63 - 1)) == 2**63 - 1


@pytest.mark.parametrize(
    ("numerator", "denominator", "shown"),
    [
        (329, 659, "49.92"),
        (1, 8, "12.50"),
        (1, 2000, "0.05"),
        (1, 20000, "0.01"),
        (1, 20001, "0.00"),
        (49_996, 100_000, "50.00"),
        (3, 3, "100.00"),
    ],
)
def test_a_percentage_has_two_places_half_up(numerator, denominator, shown):
    assert percent(numerator, denominator) == Decimal(shown)


def test_nothing_of_nothing_is_no_percentage():
    assert percent(0, 0) is None
    assert percentage(None) == "–"
    assert number(None) == "–"


@pytest.mark.parametrize(
    ("language", "amount", "share"),
    [("vi", "31.372", "62,62%"), ("en", "31,372", "62.62%")],
)
def test_numbers_are_written_as_the_language_does(language, amount, share):
    with translation.override(language):
        assert number(31_372) == amount
        assert percentage(Decimal("62.62")) == share


TYPED = {  # text → whole number, and number with places, as a Vietnamese page reads it
    "70": (70, "70"),
    "1.850": (1850, "1850"),
    "1 850": (1850, "1850"),
    "1\xa0850": (1850, "1850"),
    "12.345.678": (12345678, "12345678"),
    " 7 ": (7, "7"),
    "0": (0, "0"),
    "7,5": (None, "7.5"),
    "7.5": (None, "7.5"),
    "62,62": (None, "62.62"),
    "62.62": (None, "62.62"),
    "1.850,5": (None, "1850.5"),
    "1,850": (None, "1.850"),
    "": (None, None),
    "bảy": (None, None),
    "7,": (None, None),
    ",5": (None, None),
    "-5": (None, None),
    "1.85.0": (None, None),
    "1.850.5": (None, None),
    "7,5,5": (None, None),
    "1e3": (None, None),
    "1.850 000": (None, None),
    "７": (None, None),
    "٧": (None, None),
    "NaN": (None, None),
}


def test_numbers_are_read_as_they_are_typed():
    for text, (count, places) in TYPED.items():
        assert typed_whole(text) == count, text
        assert typed_decimal(text) == (places and Decimal(places)), text
    assert typed_whole("1.000", most=999) is None
    with translation.override("en"):
        assert (typed_whole("1,850"), typed_whole("1.850")) == (1850, 1850)
        assert typed_decimal("1,850.5") == Decimal("1850.5")
        assert typed_decimal("7,5") == typed_decimal("7.5") == Decimal("7.5")


def test_a_number_shown_to_be_typed_over_is_read_back():
    for language in ("vi", "en"):
        with translation.override(language):
            for value in ("7.5", "50.00", "5000", "0.25", "1850.5", "100"):
                shown = number_typed(Decimal(value))
                assert typed_decimal(shown) == Decimal(value), (language, shown)

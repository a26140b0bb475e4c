from decimal import Decimal

import pytest
from django.utils import translation

from resolution03.lib.figures import number, percent, percentage, whole


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

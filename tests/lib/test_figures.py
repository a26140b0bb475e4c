from decimal import Decimal

import pytest
from django.utils import translation

from resolution03.lib.figures import number, percent, percentage


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

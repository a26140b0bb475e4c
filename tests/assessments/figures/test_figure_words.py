"""How a target that is missed is told: a word, never an arrow."""

from decimal import Decimal

import pytest
from django.utils import translation

from assessments.figures.judge import Aim
from assessments.figures.words import missing


@pytest.mark.parametrize(
    ("comparison", "value", "vietnamese", "english"),
    [
        (">=", "50", "thiếu 3", "short by 3"),
        (">", "0", "thiếu 3", "short by 3"),
        ("<=", "0", "còn 3", "3 left"),
        ("<=", "0.5", "vượt 3", "over by 3"),
        ("<=", "2", "vượt 3", "over by 3"),
    ],
)
def test_short_left_and_over_are_three_words(comparison, value, vietnamese, english):
    aim = Aim(comparison, Decimal(value), 2025)
    assert missing(aim, "3") == vietnamese
    with translation.override("en"):
        assert missing(aim, "3") == english

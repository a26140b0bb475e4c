"""What a cap allows of a group: exceptions, grid, overview and forms all ask here."""

from decimal import Decimal

import pytest

from assessments.rules.ceilings import UNRATED, Ceiling
from assessments.rules.year_rules import CapRule

pytestmark = pytest.mark.once


def test_a_ceiling_counts_whole_and_leaves_out_who_is_not_rated():
    for base, base_level, counts, expected in (
        ("rated", "", {"A": 3, "B": 7, UNRATED: 90}, (10, 2, 3, 1)),
        ("rated", "", {"A": 2, "B": 7}, (9, 1, 2, 1)),
        ("rated", "", {"B": 7}, (7, 1, 0, 0)),
        ("level", "B", {"A": 2, "B": 10, "C": 50, UNRATED: 5}, (10, 2, 2, 0)),
        ("level", "B", {"A": 1}, (0, 0, 1, 1)),
        ("rated", "", {}, (0, 0, 0, 0)),
    ):
        cap = CapRule("grassroots", "A", Decimal(20), base, base_level, "unit", "")
        found = Ceiling(cap, counts)
        assert (found.base, found.allowed, found.used, found.over) == expected, (base, counts)

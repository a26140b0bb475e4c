from datetime import date

import pytest

from members import rules


def day(number):
    return date(2018, 1, number)


@pytest.mark.parametrize(
    ("first", "second", "clash"),
    [
        ((day(1), day(5)), (day(6), None), False),
        ((day(1), day(5)), (day(5), None), False),
        ((day(1), day(5)), (day(4), None), True),
        ((day(1), None), (day(9), None), True),
        ((day(1), None), (day(9), day(10)), True),
        ((day(3), day(4)), (day(3), day(3)), True),
        ((day(1), day(9)), (day(3), day(4)), True),
    ],
)
def test_a_successor_may_start_on_the_last_day(first, second, clash):
    assert rules.terms_clash(first, second) is clash
    assert rules.terms_clash(second, first) is clash


def test_member_dates_in_order():
    assert rules.is_official_in_order(day(2), day(2))
    assert not rules.is_official_in_order(day(2), day(1))
    assert rules.counted_until_in_order(day(2), None)
    assert not rules.counted_until_in_order(day(2), day(1))

from datetime import date

import pytest

from members import doubts, rules
from members.models import LeavingReason


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


def test_the_edges_of_a_members_dates():
    assert rules.counted_until_in_order(day(2), day(2))
    assert rules.counted_until_in_order(day(2), day(3))
    assert rules.is_official_in_order(day(2), None)
    assert rules.is_official_in_order(day(2), day(3))


def test_two_heads_who_start_on_one_day_clash():
    assert rules.terms_clash((day(3), day(3)), (day(3), None))
    assert rules.terms_clash((day(3), None), (day(3), day(3)))


def test_the_probation_lasts_twelve_months():
    assert rules.earliest_official(date(2018, 3, 1)) == date(2019, 3, 1)
    assert rules.earliest_official(date(2020, 2, 29)) == date(2021, 2, 28)
    assert rules.earliest_official(date(2019, 2, 28)) == date(2020, 2, 28)
    assert rules.earliest_official(date(2020, 1, 29)) == date(2021, 1, 29)
    assert rules.earliest_official(date(2018, 12, 31)) == date(2019, 12, 31)


def test_an_age_at_the_admission():
    born = date(1990, 5, 10)
    ages = {
        date(2006, 5, 9): False,
        date(2006, 5, 10): True,
        date(2089, 5, 11): True,
        date(2090, 5, 10): True,
        date(2090, 5, 11): False,
        date(2090, 6, 10): False,
        date(2091, 5, 10): False,
        born: False,
    }
    for admitted, likely in ages.items():
        assert rules.is_age_at_admission(born, admitted) is likely, admitted


def test_a_death_is_no_later_than_today():
    """The day after it is the first that no longer counts."""
    today = day(10)
    assert not rules.is_death_ahead("died", day(11), today)
    assert rules.is_death_ahead("died", day(12), today)
    assert not rules.is_death_ahead("died", None, today)
    assert not rules.is_death_ahead("moved", day(12), today)


def test_a_stay_without_an_arrival_begins_with_the_admission():
    found = rules.stays(day(1), [(None, day(5)), (day(8), None)])
    assert found == [(day(1), day(5)), (day(8), None)]
    present = {number: rules.is_present(day(number), found) for number in (1, 4, 5, 7, 8, 28)}
    assert present == {1: True, 4: True, 5: False, 7: False, 8: True, 28: True}
    assert not rules.is_present(day(1), [rules.Stay(day(2), None)])


def test_an_arrival_after_the_leaving_is_a_return_unless_there_is_another_leaving():
    assert rules.comes_back(day(6), day(5)) and not rules.comes_back(day(5), day(5))
    assert not rules.comes_back(None, day(5)) and not rules.comes_back(day(6), None)
    stored = {"left_on": day(5)}
    assert rules.is_return(stored, {"arrived_on": day(6), "left_on": None})
    assert not rules.is_return(stored, {"arrived_on": day(6), "left_on": day(9)})
    assert not rules.is_return(stored, {"arrived_on": day(6)})
    assert not rules.is_return(stored, {"left_on": None})


def test_who_was_put_out_or_asked_to_go_is_admitted_again_after_36_months():
    needs = {reason: rules.needs_readmission(reason) for reason in ("", *LeavingReason.values)}
    assert {reason for reason, needed in needs.items() if needed} == {"expelled", "struck_off", "withdrew"}
    assert rules.earliest_readmission(date(2018, 3, 1)) == date(2021, 3, 1)
    assert rules.earliest_readmission(date(2020, 2, 29)) == date(2023, 2, 28)
    assert doubts.early_readmission(date(2018, 3, 1), "expelled", date(2021, 2, 28))
    for left, reason, back in (
        (date(2018, 3, 1), "expelled", date(2021, 3, 1)),
        (date(2018, 3, 1), "transferred", date(2018, 4, 1)),
        (None, "expelled", date(2018, 4, 1)),
        (date(2018, 3, 1), "expelled", None),
    ):
        assert not doubts.early_readmission(left, reason, back), (left, reason, back)


def test_a_leaving_by_decision():
    reasons = [None, "", *LeavingReason.values]
    assert [reason for reason in reasons if rules.needs_decision(reason)] == ["expelled", "struck_off"]

"""Who was admitted too late to be rated, beside what discipline asks, where the title is a level."""

from dataclasses import replace
from datetime import date

import pytest

from assessments.rules.discipline import asking_codes, counting_decisions, is_committee_among
from assessments.rules.recent import is_recent, last_day_rated
from assessments.rules.title import awards_title
from assessments.rules.year_rules import ReadingRule, YearRules


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or the last of its month."""
    month = day.month - 1 + months
    year, month = day.year + month // 12, month % 12 + 1
    last = 28 if month == 2 else 30 if month in (4, 6, 9, 11) else 31
    return date(year, month, min(day.day, last))


@pytest.mark.parametrize("month", range(1, 13))
def test_recent_is_less_than_six_months_before_the_end_of_the_year(month):
    """Counted anew from the words: six months from the admission are not over on 31 December."""
    for day in (1, 15, 28):
        admitted = date(2025, month, day)
        assert is_recent(2025, admitted) == (months_after(admitted, 6) > date(2025, 12, 31)), admitted


def test_the_last_day_of_june_is_rated_and_the_first_of_july_is_not():
    assert not is_recent(2025, date(2025, 6, 30))
    assert is_recent(2025, date(2025, 7, 1))
    assert last_day_rated(2025) == date(2025, 6, 30)
    assert not is_recent(2025, date(2024, 12, 31))


def rules(strong, exemplary):
    readings = [("strong", strong), ("exemplary", exemplary)]
    return YearRules(
        levels=(),
        readings=tuple(ReadingRule(name, name, codes, True, "") for name, codes in readings),
        sets=(),
        caps=(),
        term=None,
        asked=(),
    )


def test_discipline_asks_beside_strong_until_2024_and_beside_exemplary_alone_from_2025():
    found = rules(("HTXSNV", "HTTNV"), ("HTXSNV",))
    assert asking_codes(2024, found) == ("HTXSNV", "HTTNV")
    assert asking_codes(2025, found) == ("HTXSNV",)
    assert asking_codes(2025, replace(found, readings=())) == ()


@pytest.mark.parametrize(
    ("year", "committee", "count"),
    [(2024, None, 5), (2024, 0, 5), (2025, None, 5), (2025, 0, 2), (2025, 1, 3), (2025, 3, 5)],
)
def test_of_members_those_of_the_committee_count_from_2025_where_they_were_counted(year, committee, count):
    assert counting_decisions(year, organization=2, members=3, committee=committee) == count


@pytest.mark.parametrize(
    ("members", "committee", "fits"),
    [(None, None, True), (None, 3, True), (2, None, True), (2, 2, True), (2, 3, False), (0, 1, False)],
)
def test_members_of_the_committee_are_among_the_members(members, committee, fits):
    assert is_committee_among(members, committee) == fits


def test_the_title_is_awarded_where_it_is_no_level():
    assert awards_title(["Hoàn thành xuất sắc nhiệm vụ", "Hoàn thành tốt nhiệm vụ"])
    assert not awards_title(["Trong sạch, vững mạnh tiêu biểu", "Trong sạch, vững mạnh"])
    assert not awards_title([])

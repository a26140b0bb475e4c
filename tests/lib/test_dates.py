from datetime import date

import pytest

from resolution03.lib.dates import (
    HasTime,
    NotADate,
    PartialDate,
    Precision,
    birth,
    read_partial,
)


@pytest.mark.parametrize(
    ("text", "day", "precision"),
    [
        ("14/5/2009", date(2009, 5, 14), Precision.DAY),
        ("1-5-2009", date(2009, 5, 1), Precision.DAY),
        ("1.5.2009", date(2009, 5, 1), Precision.DAY),
        (" 5/2009 ", date(2009, 5, 1), Precision.MONTH),
        ("2009", date(2009, 1, 1), Precision.YEAR),
    ],
)
def test_dates_are_read_with_their_precision(text, day, precision):
    assert read_partial(text) == PartialDate(day, precision)


def test_days_with_midnight_behind_them_and_years_of_two_digits(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda: date(2026, 11, 30))
    read = {
        "2018-12-31": "31/12/2018",
        "2005-03-02 00:00:00": "02/03/2005",
        "1990-01-01T00:00:00.000Z": "01/01/1990",
        "1990-01-01T00:00:00+07:00": "01/01/1990",
        "1990-01-01Z": "01/01/1990",
        "19/07/2001 0:00": "19/07/2001",
        "30/11/1975 00:00:00": "30/11/1975",
        "1.5.2009 12:00:00 SA": "01/05/2009",
        "1-5-2009 12:00 am": "01/05/2009",
        "1/5/2009 0:00 SA": "01/05/2009",
        "31/12/18": "31/12/2018",
        "30.11.26": "30/11/2026",
        "1-12-26": "01/12/1926",
        "12/5/80": "12/05/1980",
        "29/2/00": "29/02/2000",
        "0/5/2018": "05/2018",
        "00/00/1978": "1978",
    }
    assert {text: str(read_partial(text)) for text in read} == read


def test_another_time_is_told_apart_from_what_is_no_date():
    times = (
        "30/11/1975 08:30",
        "1990-01-01T17:00:00Z",
        "1990-01-01T00:00:00-05:00",
        "1/5/2009 12:00",
        "1/5/2009 12:00:00 CH",
        "1/5/2009 0:00 PM",
        "1/5/2009 00:00:01",
    )
    for text in times:
        with pytest.raises(HasTime):
            read_partial(text)
    for text in ("5/2009 0:00", "2009 0:00", "2009Z", "1/5/2009 0h00"):
        with pytest.raises(NotADate):
            read_partial(text)


def test_the_century_of_a_birth_follows_from_the_admission(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda: date(2026, 11, 30))
    cases = {
        ("12/5/80", date(2005, 1, 1)): 1980,
        ("12/5/20", date(2001, 1, 1)): 1920,
        ("12/5/05", date(2023, 3, 2)): 2005,
        ("1/6/33", date(2023, 6, 1)): 1933,
        ("1/6/32", date(2023, 6, 1)): 2032,
        ("12/5/36", None): 1936,
        ("12/5/35", None): 2035,
        ("29/2/00", date(1950, 1, 1)): 2000,
    }
    found = {(text, on): birth(read_partial(text), on).day.year for text, on in cases}
    assert found == cases
    assert birth(read_partial("12/5/1905"), date(2023, 1, 1)).day.year == 1905


@pytest.mark.parametrize("text", ["31/4/2018", "29/2/2019", "13/2018", "x", "5/09", "5/13/09", ""])
def test_what_is_no_date_is_refused_in_words(text):
    with pytest.raises(ValueError, match=r"\w+ \w+"):
        read_partial(text)


def test_a_partial_end_is_its_last_day():
    assert read_partial("2/2020").last_day().day == date(2020, 2, 29)
    assert read_partial("2019").last_day().day == date(2019, 12, 31)

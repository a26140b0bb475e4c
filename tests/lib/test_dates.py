from datetime import date

import pytest

from resolution03.lib.dates import PartialDate, Precision, read_partial


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


@pytest.mark.parametrize("text", ["31/4/2018", "29/2/2019", "13/2018", "x", "5/09", "0/5/2018", ""])
def test_what_is_no_date_is_refused_in_words(text):
    with pytest.raises(ValueError, match=r"\w+ \w+"):
        read_partial(text)


def test_a_partial_end_is_its_last_day():
    assert read_partial("2/2020").last_day().day == date(2020, 2, 29)
    assert read_partial("2019").last_day().day == date(2019, 12, 31)

import datetime

import pytest

from resolution03.lib.workbooks.cell_types import CLEAR, BadCell
from resolution03.lib.workbooks.cells import CODE, DATE, LAST_DAY, MARK, NUMBER, choice, text
from resolution03.lib.workbooks.reading import Formula


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        (datetime.date(2018, 12, 31), "31/12/2018"),
        ("31/12/2018", "31/12/2018"),
        ("1-5-2009", "01/05/2009"),
        (" 1.5.2009\xa0", "01/05/2009"),
        ("5/2009", "05/2009"),
        ("05-2009", "05/2009"),
        ("00/3/1978", "03/1978"),
        ("00/00/1978", "1978"),
        ("2009", "2009"),
        (2009, "2009"),
        (43465, "31/12/2018"),
        ("31/12/18", "31/12/2018"),
        (Formula("=TODAY()", datetime.date(2018, 1, 2)), "02/01/2018"),
        (Formula("=A1", "5/2009"), "05/2009"),
    ],
)
def test_dates_keep_their_precision(cell, shown):
    assert str(DATE.read(cell)) == shown


def test_a_partial_date_is_its_first_day_and_as_an_end_its_last():
    assert DATE.read("2/2016").day == datetime.date(2016, 2, 1)
    assert LAST_DAY.read("2/2016").day == datetime.date(2016, 2, 29)
    assert DATE.read("2016").day == datetime.date(2016, 1, 1)
    assert LAST_DAY.read("2016").day == datetime.date(2016, 12, 31)
    assert LAST_DAY.read("5/3/2016").day == datetime.date(2016, 3, 5)


@pytest.mark.parametrize(
    "cell",
    [
        "31/02/2016",
        "32/13/1992",
        "31/11/2012",
        "ngày 5",
        "12/31/2018",
        "1/5-2009",
        "18",
        5,
        True,
        "31-12/18",
        datetime.date(1, 1, 1),
        2.5,
        "13/2018",
        "15/00/1978",
        "00/13/1978",
        "٣/٥/٢٠٠٩",
    ],
)
def test_what_is_no_date(cell):
    assert fault(DATE, cell) == "bad_date"


def test_a_day_with_a_time_is_no_date_and_the_message_says_so():
    told = {
        message_of(cell)
        for cell in ("30/11/1975 08:30", 43465.5, datetime.datetime(1975, 11, 30, 17), "1990-01-01T17:00:00Z")
    }
    assert len(told) == 1 and message_of("ngày 5") not in told


def message_of(cell):
    with pytest.raises(BadCell) as bad:
        DATE.read(cell)
    assert bad.value.fault == "bad_date", cell
    return bad.value.message


@pytest.mark.parametrize(
    ("cell", "number"), [(0, 0), ("12", 12), (" 1.850 ", 1850), ("1 850", 1850), (Formula("=A1", 3), 3)]
)
def test_whole_numbers(cell, number):
    assert NUMBER.read(cell) == number


@pytest.mark.parametrize("cell", ["ba mươi", "-5", -5, 1.5, "12,5", True, "1.85", ""])
def test_what_is_no_whole_number(cell):
    assert fault(NUMBER, cell) == "bad_number"


@pytest.mark.parametrize("cell", ["x", "X", "×", "v", "✓", "có", "Có", 1, True, " x\xa0"])
def test_marks_that_say_yes(cell):
    assert MARK.read(cell) is True


@pytest.mark.parametrize("cell", ["-", "không", "KHÔNG", 0, "0", False, "xoá"])
def test_marks_that_say_no(cell):
    assert MARK.read(cell) is CLEAR


def test_other_marks_are_bad_choices():
    assert fault(MARK, "đang xét") == "bad_choice"


def test_choices_match_after_normalizing():
    kind = choice({"Trực thuộc đảng uỷ cơ sở": "a", "Nữ": "f"})
    assert kind.read("TRỰC  THUỘC\nÐẢNG ỦY, CƠ SỞ") == "a"
    assert kind.read("Nu\u031b\u0303".replace("u\u031b", "ư")) == "f"
    assert fault(kind, "Nma") == "bad_choice"


def test_codes_and_texts():
    assert CODE.read(" dh.x01 ") == "DH.X01"
    assert CODE.read(7) == "7" and CODE.read("007") == "007"
    assert text(20).read(" Ðắk\xa0  Hà ") == "Đắk Hà"
    assert text(20).read(7) == "7"


@pytest.mark.parametrize("kind", [CODE, text(20), MARK, choice({"a": "b"})])
def test_formulas_where_text_is_due(kind):
    for cached in (None, "", " ", "#N/A", " #REF! ", "=A1", 7, 1.5, True, datetime.date(2018, 1, 1)):
        assert fault(kind, Formula("=A1", cached)) == "formula", cached
    assert fault(kind, "=1+1") == "formula"


@pytest.mark.parametrize("kind", [CODE, text(20)])
def test_the_error_that_a_broken_formula_left_is_no_text(kind):
    assert fault(kind, "#N/A") == fault(kind, " #REF! ") == "formula"
    assert kind.read("#1/A") == "#1/A"


def test_the_text_that_a_formula_gave_is_read():
    assert CODE.read(Formula("=A1", " kr.c01")) == "KR.C01"
    assert text(20).read(Formula("=PROPER(A1)", "Y  Thử")) == "Y Thử"
    assert MARK.read(Formula("=A1", "x")) is True
    assert choice({"Nữ": "f"}).read(Formula("=A1", "nữ")) == "f"
    assert text(20).read(Formula("=A1", "xoá")) is CLEAR
    for kind in (DATE, NUMBER):
        assert fault(kind, Formula("=A1", "#N/A")) == fault(kind, Formula("=A1", "")) == "formula"


@pytest.mark.parametrize("kind", [DATE, NUMBER])
def test_a_formula_without_a_cached_value(kind):
    assert fault(kind, Formula("=A1")) == "formula"


@pytest.mark.parametrize("kind", [CODE, DATE, LAST_DAY, NUMBER, text(20), choice({"a": "b"})])
def test_the_word_that_clears(kind):
    assert kind.read("Xoá") is CLEAR and kind.read("xóa") is CLEAR


def fault(kind, cell):
    with pytest.raises(BadCell) as bad:
        kind.read(cell)
    return bad.value.fault


def test_a_choice_is_shown_as_it_is_written():
    assert choice({"Chi bộ": "cell"}).names["cell"] == "Chi bộ"

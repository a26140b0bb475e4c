import pytest

from resolution03.lib.workbooks.cells import CODE, DATE, choice, text
from resolution03.lib.workbooks.kinds import Column, Kind, Pair
from resolution03.lib.workbooks.reading import Sheet
from resolution03.lib.workbooks.tables import read_table

PERSONS = Kind(
    "persons",
    "code",
    (
        Column("code", "Mã", CODE, required=True),
        Column("name", "Họ và tên", text(50), required=True),
        Column("born", "Ngày sinh", DATE),
        Column("sex", "Giới tính", choice({"Nam": "m", "Nữ": "f"})),
        Column("cell", "Mã chi bộ", CODE),
    ),
    Pair(("Nam", "Nữ"), choice="sex", instead="born"),
)


def table(*rows, merged=()):
    numbered = [(n, list(row)) for n, row in enumerate(rows, 1) if any(row)]
    return read_table(Sheet("s", rows=numbered, merged=list(merged)), [PERSONS])


def read(*rows, merged=()):
    result = table(*rows, merged=merged)
    assert result.faults == []
    return [
        (row.given("sex"), str(row.given("born", "")), row.given("cell"), row.fault and row.fault.code)
        for row in result.rows
    ]


def test_an_x_under_one_of_two_headings():
    assert read(
        ["Mã", "Họ và tên", "Nam", "Nữ", "Mã chi bộ"],
        ["X1", "A", "x", None, "C1"],
        ["X2", "B", None, "X", "C1"],
        ["X3", "C", None, None, "C1"],
        ["X4", "D", "-", None, None],
    ) == [("m", "", "C1", None), ("f", "", "C1", None), (None, "", "C1", None), (None, "", None, None)]


@pytest.mark.parametrize("caption", ["Năm sinh", "Ngày sinh", "Giới tính", None])
def test_the_birth_under_one_of_two_headings_below_a_caption(caption):
    header = ["Mã", "Họ và tên", caption, None, "Mã chi bộ"], [None, None, "NAM", "nữ", None]
    numbering = ["(1)", "(2)", "(3)", "(4)", "(5)"]
    rows = ["X1", "A", 1978, None, "C1"], ["X2", "B", None, "3/5/1980", "C2"], ["X3", "C", "5/1990"]
    expected = [("m", "1978", "C1", None), ("f", "03/05/1980", "C2", None), ("m", "05/1990", None, None)]
    assert read(*header, numbering, *rows, merged=[(1, 3, 1, 4)]) == expected


def test_both_filled_or_neither_a_mark_nor_a_date_is_at_fault():
    assert read(
        ["Mã", "Họ và tên", "Nam", "Nữ"],
        ["X1", "A", "x", "x"],
        ["X2", "B", 1980, 1981],
        ["X3", "C", "hai", None],
    ) == [(None, "", None, "bad_choice"), (None, "", None, "bad_choice"), ("m", "", None, "bad_date")]


def test_a_column_of_births_beside_stays_the_one_that_is_read():
    rows = ["Mã", "Họ và tên", "Ngày sinh", "Nam", "Nữ"], ["X1", "A", "1/2/1980", "x", None]
    assert read(*rows) == [("m", "01/02/1980", None, None)]


def test_a_column_for_each_choice_as_an_ordinary_one_stays():
    assert read(["Mã", "Họ và tên", "Giới tính"], ["X1", "A", "Nữ"]) == [("f", "", None, None)]
    odd = table(["Mã", "Họ và tên", "Nữ", "Nam"], ["X1", "A", "x"])
    assert [fault.code for fault in odd.faults] == ["unknown_column"] * 2

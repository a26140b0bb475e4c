import pytest

from resolution03.lib.workbooks.cells import CODE, DATE, NUMBER, text
from resolution03.lib.workbooks.kinds import Column, Kind
from resolution03.lib.workbooks.reading import Formula, Sheet
from resolution03.lib.workbooks.tables import read_table

COUNTS = Kind(
    "counts",
    "code",
    (
        Column("code", "Mã", CODE, required=True),
        Column("name", "Tên", text(50)),
        Column("year", "Năm", NUMBER),
        Column("count", "Số lượng", NUMBER, required=True, adds_up=True),
        Column("born", "Ngày sinh", DATE),
    ),
)
HEADER = ["Mã", "Tên", "Năm", "Số lượng", "Ngày sinh"]
ROWS = [["X1", "A", 2018, 3, 1980], ["X2", "B", 2018, 4, None], ["X3", "C", 2018, "1.850", None]]


def differing(*rows):
    numbered = list(enumerate([HEADER, *map(list, rows)], 1))
    table = read_table(Sheet("s", rows=numbered), [COUNTS])
    assert {warning.code for warning in table.warnings} <= {"total_differs"}
    return [(w.row, w.column, w.value, w.message.split()[-1], w.cell) for w in table.warnings]


@pytest.mark.parametrize("total", [1857, "1.857", "1 857", Formula("=SUM(D2:D4)", 1857), None, "–"])
def test_a_total_that_is_the_sum_or_no_number_is_fine(total):
    assert differing(*ROWS, ["Cộng", None, None, total]) == []


@pytest.mark.parametrize("total", [1856, 0, "1.858", 3, Formula("=1", 7)])
def test_another_total_is_told_with_what_was_found_and_counted(total):
    [(row, column, _found, counted, cell)] = differing(*ROWS, ["Tổng cộng:", None, None, total])
    assert (row, column, counted, cell) == (5, "Số lượng", "1857", "D5")


def test_where_nothing_adds_up_a_total_counts_rows_or_filled_cells():
    for column, total in ((1, 3), (4, 3), (4, 1), (4, "3")):
        row = ["Tổng số", None, None, None, None]
        row[column] = total
        assert differing(*ROWS, row) == []
    assert differing(*ROWS, ["Tổng số", None, None, None, 2]) == [(5, "Ngày sinh", "2", "dòng", "E5")]


def test_the_year_of_a_total_is_no_total():
    assert differing(*ROWS, ["Cộng", None, 2018, 1857]) == []


def test_groups_with_totals_and_a_total_of_all():
    group = ["I", "Chi bộ A", None, None]
    assert (
        differing(
            group,
            ROWS[0],
            ROWS[1],
            ["Cộng", None, None, 7],
            group,
            ROWS[2],
            ["Cộng", None, None, 1850],
            ["Tổng cộng", None, None, 1857],
        )
        == []
    )
    assert differing(
        group,
        ROWS[0],
        ROWS[1],
        ["Cộng", None, None, 8],
        group,
        ROWS[2],
        ["Cộng", None, None, 1850],
    ) == [(5, "Số lượng", "8", "7", "D5")]


def test_totals_may_stand_above_their_rows():
    assert differing(["Toàn tỉnh", None, None, 1857], *ROWS) == []
    assert len(differing(["Toàn tỉnh", None, None, 1858], *ROWS)) == 1
    assert (
        differing(
            ["Toàn tỉnh", None, None, 1857],
            ["Tổng số", "Xã A", None, 7],
            *ROWS[:2],
            ["Tổng số", "Xã B", None, 1850],
            ROWS[2],
        )
        == []
    )


def test_a_column_with_a_cell_that_is_no_number_is_not_added_up():
    assert differing(*ROWS, ["X4", "D", 2018, "ba", None], ["Cộng", None, None, 1]) == []

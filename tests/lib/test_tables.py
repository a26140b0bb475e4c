import time

from resolution03.lib.workbooks.cells import CODE, DATE, NUMBER, text
from resolution03.lib.workbooks.kinds import Column, Kind
from resolution03.lib.workbooks.reading import Formula, Sheet
from resolution03.lib.workbooks.tables import read_table

PERSONS = Kind(
    "persons",
    "code",
    (
        Column("code", "Mã", CODE, required=True, aliases=("Mã số",)),
        Column("name", "Họ và tên", text(50), required=True),
        Column("born", "Ngày sinh", DATE, aliases=("Ngày, tháng, năm sinh",)),
        Column("cell", "Mã chi bộ", CODE),
    ),
)
COUNTS = Kind(
    "counts",
    "code",
    (
        Column("year", "Năm", NUMBER, required=True),
        Column("code", "Mã", CODE, required=True),
        Column("name", "Họ và tên", text(50)),
    ),
)
HEADER = ["STT", "Mã", "Họ và tên", "Ngày sinh"]


def table(rows, merged=(), ignored=(), start=1):
    numbered = [(n, row) for n, row in enumerate(rows, start) if any(c is not None for c in row)]
    return read_table(Sheet("s", rows=numbered, merged=list(merged)), (PERSONS, COUNTS), ignored)


def found(rows, **options):
    result = table(rows, **options)
    faults = [*result.faults, *(row.fault for row in result.rows if row.fault)]
    return [(fault.row, fault.column, fault.code) for fault in faults]


def test_a_header_below_titles_in_any_order_and_spelling():
    result = table(
        [["DANH SÁCH"], [], ["Ngày tháng\nnăm sinh", "HỌ VÀ TÊN", "stt", "Mã  số"], [1990, "A Một", 1, "x1"]]
    )
    assert result.header.row == 3 and result.kind is PERSONS
    assert result.rows[0].values["code"] == "X1" and str(result.rows[0].values["born"]) == "1990"


def test_a_header_of_two_rows_is_reported_at_the_upper():
    rows = [
        ["Tiêu đề"],
        ["STT", "Mã", "Họ và tên", "Thời gian", None, "Màu"],
        [None, None, None, "Ngày sinh", "Mã chi bộ", None],
        [1, "X1", "A", 1990, "C1", "xanh"],
    ]
    merged = [(2, 2, 3, 2), (2, 4, 2, 5), (2, 6, 3, 6)]
    result = table(rows, merged)
    assert (result.header.row, result.header.last_row) == (2, 3)
    assert result.rows[0].values["cell"] == "C1"
    assert found(rows, merged=merged) == [(2, "Màu", "unknown_column")]


def test_a_title_above_a_header_is_not_its_upper_row():
    assert table([["Tính đến ngày 31/12"], HEADER, [1, "X1", "A"]]).header.row == 2


def test_a_data_row_is_not_the_lower_part_of_a_header():
    result = table([HEADER, [1, "Mã", "Họ và tên"]])
    assert result.header.last_row == 1 and len(result.rows) == 1


def test_the_header_stands_within_the_first_thirty_rows():
    blank = [["tựa"]] * 29
    assert table([*blank, HEADER, [1, "X1", "A"]]).header.row == 30
    assert table([["tựa"], *blank, HEADER, [1, "X1", "A"]]) is None


def test_two_headings_and_half_of_the_required_ones_make_a_kind():
    assert table([["Mã", "Ngày sinh"]]).kind is PERSONS
    assert table([["Ngày sinh", "Mã chi bộ"]]) is None
    assert table([["Mã"]]) is None
    assert table([["Năm", "Mã", "Họ và tên"]]).kind is COUNTS


def test_missing_and_unknown_columns():
    rows = [["Mã", "Ngày sinh", "Màu", "Ghi chú", "TT", None], ["X1", 1990]]
    assert found(rows) == [
        (1, "Họ và tên", "missing_column"),
        (1, "Màu", "unknown_column"),
    ]
    assert found(rows, ignored={"màu"})[0][2] == "missing_column"
    assert [code for *_place, code in found(rows, ignored={"màu"})].count("unknown_column") == 0


def test_numbering_totals_and_groups_are_skipped_and_blank_rows_not_counted():
    result = table(
        [
            HEADER,
            ["(1)", "(2)", "(3)", "4(=2*100/3)"],
            ["I", None, "Chi bộ A"],
            [1, "X1", "A"],
            [],
            [None, None, "Chi bộ B"],
            ["a)"],
            [2, "X2", "B"],
            ["Cộng:", None, None, 2],
            [None, None, "TỔNG CỘNG", "3"],
            [None, "Toàn tỉnh", None, 4],
            ["Tổng số", None, 1, 2],
        ]
    )
    assert [row.number for row in result.rows] == [4, 8]
    assert result.skipped == 8


def test_numbers_are_a_numbering_row_only_under_the_header():
    result = table([HEADER, [1, 2, 3, 4], [1, 2, 3, 2004]])
    assert result.skipped == 1 and [row.code for row in result.rows] == ["2"]


def test_a_row_without_a_code_and_two_texts_lacks_it():
    rows = [HEADER, [1, None, "A", "1/1/1990"], [2, None, "Bé", None], [3, None, None, 1990]]
    assert found(rows) == [(2, "Mã", "required"), (4, "Mã", "required")]


def test_one_fault_a_row_the_first_in_the_order_of_codes():
    assert found([HEADER, [1, "X1", None, "sai"]]) == [(2, "Họ và tên", "required")]
    assert found([HEADER, [1, "X1", Formula("=A1", 7), "sai"]]) == [(2, "Họ và tên", "formula")]
    assert found([HEADER, [1, "X1", "A", "sai"]]) == [(2, "Ngày sinh", "bad_date")]


def test_a_formula_as_code_is_data_with_a_fault():
    assert found([HEADER, [1, Formula("=A2", 7), "A Một", "x"]]) == [(2, "Mã", "formula")]


def test_a_stray_far_cell_counts_for_nothing():
    result = table([HEADER, [1, "X1", "A"], *[[]] * 5_000, ["x"]])
    assert len(result.rows) == 1 and result.skipped == 0
    wide = table([[*HEADER, *[None] * 400, "x"], [1, "X1", "A"], [*[None] * 300, "x"]])
    assert wide.faults == [] and len(wide.rows) == 1 and wide.skipped == 0


def cells_of(rows, **options):
    result = table(rows, **options)
    faults = [*result.faults, *(row.fault for row in result.rows if row.fault)]
    return [(fault.cell, fault.code) for fault in faults]


def test_a_fault_knows_its_cell():
    rows = [["Tựa"], HEADER, [1, "X1", None, "mai"], [2, "X2", "B", "mai"]]
    assert cells_of(rows) == [("C3", "required"), ("D4", "bad_date")]


def test_a_fault_of_a_header_stands_at_its_heading_or_right_of_the_last():
    rows = [["Mã", "Thời gian", None, "Màu"], [None, "Ngày sinh", "Mã chi bộ", None]]
    assert cells_of(rows, merged=[(1, 2, 1, 3)]) == [
        ("E1", "missing_column"),
        ("D1", "unknown_column"),
    ]
    rows = [["Mã", "Họ và tên", "Thời gian", None], [None, None, "Ngày sinh", "Màu"]]
    assert cells_of(rows, merged=[(1, 3, 1, 4)]) == [("D2", "unknown_column")]


def test_headings_may_carry_notes_behind_them():
    heading = ["Số thứ tự", "Mã (*)", "Họ và tên *", "Ngày sinh\n(dd/mm/yyyy)", "Mã chi bộ:", "Ghi chú (có)"]
    rows = [heading, [1, "X1", "A", 1990, "C1", "x"], [2, "X2", None, 1990, "C1"]]
    assert found(rows) == [(3, "Họ và tên", "required")]
    other = [["Mã", "Họ và tên", "Quê (tỉnh)"], ["X1", "A", "x"]]
    assert found(other) == [(1, "Quê (tỉnh)", "unknown_column")]


def test_a_heading_given_twice_is_told_with_both_columns():
    rows = [["Mã", "Họ và tên", "Ngày sinh", "Mã chi bộ", "Ngày sinh (nữ)"], ["X1", "A", 1990, "C1", 1991]]
    [fault] = table(rows).faults
    assert (fault.row, fault.column, fault.value, fault.code) == (1, "Ngày sinh (nữ)", None, "unknown_column")
    assert " C " in fault.message and " E" in fault.message and "Mã chi bộ" not in fault.message
    [other] = table([["Mã", "Họ và tên", "Màu"], ["X1", "A", "x"]]).faults
    assert "Mã chi bộ" in other.message


def test_a_row_that_repeats_the_header_is_skipped():
    rows = [HEADER, [1, "X1", "A", 1990], ["stt", "MÃ", "Họ  và tên", "Ngày sinh"], [2, "X2", "B", 1991]]
    result = table(rows)
    assert [row.number for row in result.rows] == [2, 4] and result.skipped == 1
    assert found([HEADER, [1, "X1", "A", 1990], ["stt", "Mã", "Họ và tên", "x"]]) != []


def test_a_cell_merged_over_rows_counts_for_each_of_them():
    rows = [
        ["Danh sách"],
        [*HEADER, "Mã chi bộ"],
        [1, "X1", "A Một", 1990, "C1"],
        [2, "X2", "A Hai", 1991],
        [3, "X3", "A Ba"],
        [4, "X4", "A Bốn", 1992, "C2"],
        [None],
        [5, "X5", "A Năm"],
    ]
    result = table(rows, merged=[(3, 5, 5, 5), (3, 4, 4, 4), (6, 5, 9, 5), (1, 1, 1, 5)])
    told = [(row.code, str(row.given("born")), row.given("cell")) for row in result.rows]
    assert told == [
        ("X1", "1990", "C1"),
        ("X2", "1991", "C1"),
        ("X3", "None", "C1"),
        ("X4", "1992", "C2"),
        ("X5", "None", "C2"),
    ]


def test_ranges_that_overlap_without_end_cost_little():
    rows = [HEADER, *([n, f"X{n}", "A Một", 1990] for n in range(2_000))]
    started = time.process_time()
    result = table(rows, merged=[(2, 4, 1_048_576, 4)] * 20_000)
    assert len(result.rows) == 2_000 and time.process_time() - started < 5

"""Sheets of any shape as tables, without a database."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.workbooks.kinds.listed import every, kind_of
from assessments.workbooks.layouts.encoding import samples, suspected
from assessments.workbooks.layouts.guessing import guess
from assessments.workbooks.layouts.header_rows import year_in_titles
from assessments.workbooks.layouts.mapping import Mapping, roles
from assessments.workbooks.layouts.reading import headings, read_mapped, signature
from resolution03.lib.workbooks.cell_types import CLEAR
from resolution03.lib.workbooks.reading import Formula, Sheet


def sheet(*rows, merged=(), fonts=()):
    """As it is read: empty rows are not there."""
    numbered = [(number, list(row)) for number, row in enumerate(rows, 1) if row]
    return Sheet("S", rows=numbered, merged=list(merged), fonts=list(fonts))


def ratings(**changes):
    columns = {0: "code", 1: "decided"}
    return replace(Mapping("organization_ratings", 1, columns=columns, year=2018), **changes)


def test_captions_stand_over_all_their_columns():
    rows = (["STT", "Kết quả", None], [None, "Tự nhận", "Cấp trên"])
    found = sheet(*rows, merged=[(1, 2, 1, 3), (1, 1, 2, 1)])
    assert headings(found, 1, 2) == {0: "STT", 1: "Kết quả / Tự nhận", 2: "Kết quả / Cấp trên"}
    assert headings(found, 1) == {0: "STT", 1: "Kết quả", 2: "Kết quả"}
    assert headings(found, 9) == headings(found, 9, 2) == {}


def test_a_layout_is_known_next_year_but_not_by_other_headings():
    this, next_year = ({0: "Mã", 1: f"Xếp loại năm {year}"} for year in (2018, 2019))
    assert signature(this) == signature(next_year)
    assert signature(this) == signature({0: "MÃ ", 1: "xếp  loại, năm 2018"})
    assert signature(this) != signature({0: "Mã", 1: "Xếp loại năm 2018", 2: "Ghi chú"})
    assert signature(this) != signature({1: "Mã", 0: "Xếp loại năm 2018"})


def test_values_stand_for_what_was_chosen_and_nothing_else_changes():
    found = sheet(["Mã", "KQ"], ["a1", "A"], ["a2", " a "], ["a3", "HTNV"], ["a4", None])
    rows = read_mapped(found, ratings(values={"decided": {"a": "HTTNV"}})).rows
    assert [(row.code, row.given("decided"), row.given("year")) for row in rows] == [
        ("A1", "HTTNV", 2018),
        ("A2", "HTTNV", 2018),
        ("A3", "HTNV", 2018),
        ("A4", None, 2018),
    ]


def test_formulas_and_the_word_that_clears_keep_their_meaning():
    found = sheet(["Mã", "KQ"], ["A1", Formula("=B9", 7)], ["A2", "xoá"])
    first, second = read_mapped(found, ratings(values={"decided": {"x": "HTNV"}})).rows
    assert (first.fault.code, first.fault.column, first.fault.cell) == ("formula", "KQ", "B2")
    assert second.values["decided"] is CLEAR


def test_rows_after_the_last_are_not_read():
    found = sheet(["Mã", "KQ"], ["A1", "HTNV"], ["A9", "HTNV"])
    assert len(read_mapped(found, ratings()).rows) == 2
    assert len(read_mapped(found, ratings(last_row=2)).rows) == 1


def test_choices_are_read_by_their_own_words():
    mapping = Mapping(
        "organizations",
        1,
        columns={0: "code", 1: "name", 2: "level", 3: "form"},
        values={"form": {"cbcs": "Chi bộ"}, "level": {"cơsở": "Tổ chức cơ sở đảng"}},
    )
    row = read_mapped(sheet(["Mã", "Tên", "C", "HT"], ["A", "Chi bộ A", "Cơ sở", "CBCS"]), mapping).rows[0]
    assert (row.given("level"), row.given("form"), row.fault) == ("grassroots", "cell", None)


@pytest.mark.parametrize(
    ("cells", "sex", "born"),
    [
        (("x", None), "m", None),
        ((None, 1980), "f", 1980),
        ((None, date(1980, 5, 1)), "f", 1980),
        (("-", "x"), "f", None),
        ((None, None), None, None),
    ],
)
def test_two_columns_of_sex(cells, sex, born):
    columns = {0: "code", 1: "full_name", 2: "sex@m", 3: "sex@f"}
    found = sheet(["Mã", "Tên", "Nam", "Nữ"], ["M1", "A Thử", *cells])
    row = read_mapped(found, Mapping("members", 1, columns=columns)).rows[0]
    day = row.given("born_on")
    assert (row.given("sex"), day and day.day.year) == (sex, born)


def test_the_year_of_the_titles_only_where_it_is_one():
    assert year_in_titles(sheet(["NĂM 2018"], ["Mã"]), 2) == 2018
    assert year_in_titles(sheet(["2018 so với 2017"], ["Mã"]), 2) is None
    assert year_in_titles(sheet(["Số 20189"], ["Mã"]), 2) is None


def test_text_of_an_old_font_is_suspected_by_its_marks_or_its_font():
    tcvn = sheet(["Tªn tæ chøc ®¶ng"], ["Chi bé th«n mét"])
    assert suspected(tcvn) == "tcvn3"
    assert samples(tcvn, suspected(tcvn))[0] == ["Tªn tæ chøc ®¶ng", "Tên tổ chức đảng"]
    assert suspected(sheet(["Teân toå chöùc ñaûng"], fonts=["VNI-Times"])) == "vni"
    assert suspected(sheet(["Tên tổ chức đảng"], fonts=[".VnTime"])) is None


CELLS = st.one_of(
    st.none(),
    st.text(max_size=20),
    st.integers(-5, 60_000),
    st.floats(allow_nan=False),
    st.booleans(),
    st.dates(),
    st.sampled_from(["STT", "Họ và tên", "Nam", "Nữ", "Cộng", "I", "(1)", "xoá", "=A1", "x"]),
    st.builds(Formula, st.just("=A1"), st.one_of(st.none(), st.integers(), st.text(max_size=5))),
)
ROWS = st.lists(st.lists(CELLS, min_size=1, max_size=6), min_size=1, max_size=12)
NAMES = sorted(kind.name for kind in every() if not kind.common)
SHEETS = ROWS.map(lambda rows: sheet(*rows))


@settings(max_examples=150)
@given(SHEETS, st.sampled_from(NAMES), st.data())
def test_no_sheet_and_no_mapping_breaks_the_reading(found, kind, data):
    start = guess(found, NAMES, kind).mapping
    offered = [role for role, _label in roles(kind_of(kind), start.of_kind)]
    chosen = data.draw(st.lists(st.sampled_from(offered), max_size=6, unique=True))
    mapping = Mapping(
        kind,
        data.draw(st.integers(1, 14)),
        data.draw(st.sampled_from([1, 2])),
        dict(enumerate(chosen)),
        year=2018,
        place=data.draw(st.sampled_from(["", "Chi bộ 1"])),
        has_groups=data.draw(st.booleans()),
    )
    for one in (start, mapping):
        table = read_mapped(found, Mapping.of_json(one.as_json()))
        assert len(table.rows) + table.skipped <= len(found.rows)


def test_signatures_below_the_table_are_no_rows_and_rows_like_them_are():
    head = ["TT", "Họ và tên", "Chức vụ", "Xếp loại"]
    columns = {1: "code@name", 3: "decided"}
    mapping = Mapping("member_ratings", 1, columns=columns, year=2018)
    data = [[1, "A Thử", "Bí thư", "HTNV"], [2, "Y Thử", None, "HTNV"]]
    closings = (
        [
            [],
            [None, None, "Đắk Na, ngày 05 tháng 12 năm 2018"],
            [None, "NGƯỜI LẬP", "T/M ĐẢNG ỦY"],
            [None, None, "BÍ THƯ"],
            [],
            [None, "A Ký", "Y Ký"],
        ],
        [[None, "Tổng cộng", None, None], [], [None, "BÍ THƯ", "PHÓ BÍ THƯ"], [], [None, "A Ký", "Y Ký"]],
        [[None, None, "Ngày … tháng … năm 2018"], [None, "A Ký", "Y Ký"]],
    )
    for rows in closings:
        found = read_mapped(sheet(head, *data, *rows), mapping)
        assert [row.number for row in found.rows] == [2, 3], rows
        unnumbered = read_mapped(sheet(head, *([None, *row[1:]] for row in data), *rows), mapping)
        assert {2, 3} <= {row.number for row in unnumbered.rows}, rows
    for rows in ([[None, "A Ba", "Bí thư", "HTNV"]], [[], [None, "A Ba", "Bí thư", "HTNV"]]):
        assert len(read_mapped(sheet(head, *data, *rows), mapping).rows) == 3, rows

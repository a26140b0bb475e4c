"""The quick way of reading a workbook gives what the careful one gives."""

import datetime

import openpyxl
import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from resolution03.lib.workbooks.reading import Formula, read_workbook
from resolution03.lib.workbooks.unreadable import Unreadable
from tests import short
from tests.raw_workbooks import packed, parts

pytestmark = pytest.mark.once
STRINGS = [
    "<t>Mã</t>",
    '<t xml:space="preserve"> hai  </t>',
    "<t></t>",
    "<t/>",
    "<t>A &amp; B</t>",
    "<r><t>Đắk </t></r><r><rPr><b/></rPr><t>Hà</t></r>",
    "<t>a_x0041_b</t>",
    "<t>   </t>",
    "<t>âm</t><rPh><t>yomi</t></rPh>",
    "<t>dòng\r\nhai</t>",
]
VALUES = st.one_of(
    st.integers(-10, 50_000).map(str),
    st.floats(allow_nan=False, allow_infinity=False).map(repr),
    st.sampled_from(
        [
            "{n}",
            "4{n}00",
            "{n}.5",
            "0.{n}",
            "1850",
            "12345678901234567890",
            "1e3",
            " 7 ",
            "45000.75",
            "3000000",
            "59",
        ]
    ),
)
ATTRIBUTES = st.sampled_from(["", ' s="0"', ' s="1"', ' s="2"', ' s="99"', ' s="1" t="n"', ' t="n"'])


def cell(inside: str, attributes: str = "") -> str:
    """A cell with places for its reference, its row's number and that of a shared text."""
    return f"<c{{r}}{attributes}>{inside}</c>"


CELLS = st.one_of(
    st.builds(lambda value, own: cell(f"<v>{value}</v>", own), VALUES, ATTRIBUTES),
    st.just(cell("<v>{k}</v>", ' s="2" t="s"')),
    st.sampled_from(
        [
            cell("<v>1</v>", ' t="b"'),
            cell("<v>#N/A</v>", ' t="e"'),
            cell("<v>2018-12-31</v>", ' t="d"'),
            cell("<v>chữ {n}</v>", ' t="str"'),
            cell("<v>a&lt;b</v>", ' t="str"'),
            cell("<v></v>"),
            cell("<is><t>trong ô {n}</t></is>", ' t="inlineStr"'),
            cell("<is><t/></is>", ' t="inlineStr"'),
            cell("<is><r><t>hai</t></r><r><t> đoạn</t></r></is>", ' t="inlineStr"'),
            cell("<f>A{n}+1</f><v>{n}</v>"),
            cell('<f t="shared" si="0"/><v>4{n}00</v>', ' s="1"'),
            cell("<f>A1&amp;B1</f><v>x</v>", ' t="str"'),
            cell("<f>A1</f>"),
            cell("<f>A1</f><v/>"),
            '<c{r} s="1"/>',
            '<c{r} s="1" />',
            "<c{r}></c>",
            "<c{r}><v/></c>",
            "",
            '<c s="2"{r} t="s"><v>0</v></c>',
            "\n  <c{r}>\n<v>6</v></c>",
        ]
    ),
)


@st.composite
def rows(draw) -> str:
    """Rows of a few shapes, each many times, sometimes with another one between."""
    shapes = draw(st.lists(st.lists(CELLS, max_size=8), min_size=1, max_size=4))
    order = draw(st.lists(st.integers(0, len(shapes) - 1), min_size=1, max_size=60))
    step = draw(st.sampled_from([1, 1, 3]))
    written = []
    for place, shape in enumerate(order):
        number = 1 + place * step
        cells = "".join(
            text.replace("{r}", f' r="{chr(65 + column)}{number}"')
            .replace("{n}", str(number))
            .replace("{k}", str(number % len(STRINGS)))
            for column, text in enumerate(shapes[shape])
        )
        written.append(f'<row r="{number}">{cells}</row>')
        if step > 1:
            written.append(f'<row r="{number + 1}" ht="15"/>')
    return "".join(written)


def both_ways(path):
    found = [read_workbook(path, ways=[way]) for way in ("plain", "careful")]
    assert found[0] == found[1]
    assert [typed(sheet) for sheet in found[0]] == [typed(sheet) for sheet in found[1]]
    return found[0]


def typed(sheet):
    return [[type(cell) for cell in cells] for _number, cells in sheet.rows]


@settings(
    max_examples=short.examples(40),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(sheet=rows())
def test_any_sheet_is_read_alike(tmp_path, sheet):
    [found] = both_ways(packed(tmp_path / "a.xlsx", parts(sheet, STRINGS)))
    assert all(cells and cells[-1] is not None for _number, cells in found.rows)


@settings(
    max_examples=short.examples(15),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(kept=st.sets(st.sampled_from(STRINGS)), more=st.integers(0, 30))
def test_any_shared_texts_are_read_alike(tmp_path, kept, more):
    strings = sorted(kept) + [f"<t>{n}</t>" for n in range(more)]
    sheet = "".join(
        f'<row r="{n}"><c r="A{n}" t="s"><v>{n - 1}</v></c></row>' for n in range(1, len(strings) + 1)
    )
    both_ways(packed(tmp_path / "a.xlsx", parts(sheet, strings)))


@pytest.mark.parametrize("strings", [["<t>a_x0041_b</t>"], ["<t>a</t>", "<t> </t>"], STRINGS[:2]])
def test_shared_texts_without_tags_inside_are_read_alike(tmp_path, strings):
    sheet = '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>' * 2
    both_ways(packed(tmp_path / "a.xlsx", parts(sheet, [*strings, "<t>b</t>"])))


def test_after_a_comment_or_cdata_expat_reads(tmp_path):
    sheet = (
        '<row r="1"><c r="A1"><v>1</v></c></row><!-- </row> <row r="9"> -->'
        '<row r="2"><c r="A2"><v><![CDATA[5]]></v></c></row>'
    )
    strings = ["<t>a</t>", "<t><![CDATA[</si>]]></t>"]
    [found] = both_ways(packed(tmp_path / "a.xlsx", parts(sheet, strings)))
    assert found.rows == [(1, [1]), (2, [5])]


@pytest.mark.parametrize("library", ["openpyxl", "xlsxwriter", "inline"])
def test_sheets_of_common_programs_are_read_alike(tmp_path, library):
    day = datetime.datetime(2018, 12, 31)
    lines = [["Mã", "Tên & họ", "Ngày", "Số"]] + [
        [f"X{n}", "Đắk Hà" if n % 3 else None, day if n % 2 else "5/2009", n / 4, n == 7, f"=A{n}"]
        for n in range(2, 1_300)
    ]
    path = tmp_path / "a.xlsx"
    if library == "openpyxl":
        book = openpyxl.Workbook()
        for line in lines:
            book.active.append(line)
        book.save(path)
    else:
        options = {"constant_memory": True, "default_date_format": "dd/mm/yyyy"}
        with xlsxwriter.Workbook(path, options if library == "inline" else {}) as book:
            sheet = book.add_worksheet()
            for number, line in enumerate(lines):
                sheet.write_row(number, 0, line)
    [found] = both_ways(path)
    assert found.rows[0] == (1, ["Mã", "Tên & họ", "Ngày", "Số"])
    assert len(found.rows) == 1_299 and found.rows[1][1][0] == "X2"
    assert found.rows[6][1][3] == 1.75 and isinstance(found.rows[6][1][5], Formula)


def test_a_time_behind_a_day_is_told_unless_it_is_midnight(tmp_path):
    day, noon = datetime.datetime(2018, 12, 31), datetime.datetime(2018, 12, 31, 12, 30)
    book = openpyxl.Workbook()
    lines = [[day, noon if n % 7 == 0 else day, datetime.time(8, 30)] for n in range(1, 60)]
    for line in lines:
        book.active.append(line)
    book.save(tmp_path / "a.xlsx")
    [found] = both_ways(tmp_path / "a.xlsx")
    assert [cells[:2] for _number, cells in found.rows] == [
        [day.date(), noon if line[1] is noon else day.date()] for line in lines
    ]


def test_days_written_as_iso_keep_their_time_and_a_time_alone_is_a_text(tmp_path):
    midnight = ("2005-03-02", "2005-03-02T00:00:00", "2005-03-02T00:00:00.000Z")
    values = (*midnight, "2005-03-02T17:00:00", "08:30:00")
    cells = "".join(f'<c r="{"ABCDE"[n]}1" t="d"><v>{value}</v></c>' for n, value in enumerate(values))
    [found] = both_ways(packed(tmp_path / "a.xlsx", parts(f'<row r="1">{cells}</row>')))
    day = datetime.date(2005, 3, 2)
    assert found.rows == [(1, [day, day, day, datetime.datetime(2005, 3, 2, 17), "08:30:00"])]


def test_odd_rows_between_common_ones_keep_their_place(tmp_path):
    common = '<row r="%d"><c r="A%d"><v>%d</v></c></row>'
    odd = '<row r="%d"><c r="A%d" t="str"><v>a&amp;b</v></c></row>'
    sheet = "".join((odd if n % 5 == 0 else common).replace("%d", str(n)) for n in range(1, 40))
    [found] = both_ways(packed(tmp_path / "a.xlsx", parts(sheet)))
    assert [number for number, _cells in found.rows] == list(range(1, 40))
    assert found.rows[4] == (5, ["a&b"]) and found.rows[5] == (6, [6])


def test_rows_without_numbers_follow_the_last_one(tmp_path):
    sheet = (
        '<row r="3"><c r="A3"><v>1</v></c></row><row><c><v>2</v></c><c><v>3</v></c></row>'
        '<row/><row r="9"/><row><c><v>4</v></c></row>'
    )
    [found] = both_ways(packed(tmp_path / "a.xlsx", parts(sheet)))
    assert found.rows == [(3, [1]), (4, [2, 3]), (10, [4])]


def test_a_sheet_that_is_cut_or_ends_wrongly_is_damaged_both_ways(tmp_path):
    contents = parts('<row r="1"><c r="A1"><v>1</v></c></row>' * 3)
    whole = contents["xl/worksheets/sheet1.xml"]
    for spoiled in (whole[:-12], whole.replace("</sheetData>", "</row></sheetData>"), whole + "<a>"):
        path = packed(tmp_path / "a.xlsx", contents | {"xl/worksheets/sheet1.xml": spoiled})
        for way in ("plain", "careful"):
            with pytest.raises(Unreadable):
                read_workbook(path, ways=[way])

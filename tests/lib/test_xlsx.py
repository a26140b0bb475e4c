from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO
from types import SimpleNamespace

import openpyxl
from python_calamine import load_workbook

from resolution03.lib.attachments import dump, respond
from resolution03.lib.xlsx import Book, Column, ListSheet

HEADER = 4


def sheet_of(rows, *columns):
    content = dump(ListSheet("Danh sách thử", columns, rows))
    return openpyxl.load_workbook(BytesIO(content)).active


def test_writes_each_kind_of_value_as_what_it_is():
    row = {"code": "007", "day": date(2018, 12, 31), "n": 1850, "share": Decimal("62.62"), "x": True}
    sheet = sheet_of([row], *(Column(key, key) for key in row))
    code, day, number, share, mark = sheet[HEADER + 1]
    assert (code.value, code.data_type) == ("007", "s")
    assert day.value == datetime(2018, 12, 31) and day.is_date and day.number_format == "dd/mm/yyyy"
    assert number.value == 1850 and number.number_format == "#,##0"
    assert share.value == 62.62 and share.number_format == "0.00"
    assert mark.value == "x"


def test_text_that_begins_like_a_formula_stays_text():
    texts = ["=1+1", "+84", "-", "@sum", "{=1}", "http://example.org"]
    sheet = sheet_of([{"t": text} for text in texts], Column("t", "t"))
    cells = [sheet.cell(HEADER + 1 + n, 1) for n in range(len(texts))]
    assert [cell.value for cell in cells] == texts
    assert {cell.data_type for cell in cells} == {"s"}
    assert cells[0].quotePrefix and not any(cell.hyperlink for cell in cells)


def test_a_code_of_digits_asked_for_as_text_stays_text():
    sheet = sheet_of([{"code": 7}], Column("Mã", "code", fmt="text"))
    assert sheet.cell(HEADER + 1, 1).value == "7"


def test_blank_is_not_zero():
    sheet = sheet_of([{"a": None, "b": 0, "c": ""}], *(Column(k, k) for k in "abc"))
    assert [cell.value for cell in sheet[HEADER + 1]] == [None, 0, None]


def test_a_day_before_excel_counts_is_written_as_text():
    sheet = sheet_of([{"d": date(1899, 5, 1)}], Column("d", "d"))
    assert sheet.cell(HEADER + 1, 1).value == "01/05/1899"


def test_moments_are_told_in_local_time():
    sheet = sheet_of([{"at": datetime(2026, 1, 1, 20, 30, tzinfo=UTC)}], Column("at", "at"))
    assert sheet.cell(HEADER + 1, 1).value == datetime(2026, 1, 2, 3, 30)


def test_reads_attributes_through_relations_and_functions():
    row = SimpleNamespace(unit=SimpleNamespace(name="Huyện ủy Đăk Hà"), parent=None)
    sheet = sheet_of(
        [row],
        Column("Đơn vị", "unit.name"),
        Column("Cấp trên", "parent.name"),
        Column("Dài", lambda line: len(line.unit.name)),
    )
    assert [cell.value for cell in sheet[HEADER + 1]] == ["Huyện ủy Đăk Hà", None, 15]


def test_prints_on_a4_landscape_with_repeated_headings():
    sheet = sheet_of([{"a": 1}] * 3, Column("a", "a"))
    assert sheet.page_setup.orientation == "landscape" and sheet.page_setup.paperSize == 9
    assert sheet.page_setup.fitToHeight == 0 and sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.print_title_rows == f"${HEADER}:${HEADER}"
    assert sheet.cell(HEADER + 1, 1).font.name == "Times New Roman"
    assert sheet.auto_filter.ref == "A4:A7"


def test_an_empty_list_still_opens():
    sheet = sheet_of([], Column("a", "a"))
    assert sheet.cell(HEADER, 1).value == "a" and sheet.max_row == HEADER


def test_sheet_names_are_made_fit_and_kept_apart():
    book = Book("t")
    long = "Danh sách: tổ chức / thôn [2018] còn thiếu so với mục tiêu"
    names = [book.add_sheet(long).get_name(), book.add_sheet(long).get_name()]
    assert all(len(name) <= 31 and not set(name) & set("[]:*?/\\") for name in names)
    assert names[0] != names[1]


def test_the_download_opens_with_another_reader_and_keeps_its_name():
    response = respond("Danh sách 2018.xlsx", ListSheet("t", (Column("a", "a"),), [{"a": "ă"}]))
    assert response["Content-Type"].endswith("spreadsheetml.sheet")
    assert "filename*=utf-8''Danh%20s%C3%A1ch" in response["Content-Disposition"]
    rows = load_workbook(BytesIO(response.content)).get_sheet_by_index(0).to_python()
    assert rows[-1] == ["ă"]

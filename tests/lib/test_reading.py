import datetime
import io
import re
import zipfile
from dataclasses import replace

import openpyxl
import pytest
import xlsxwriter

from resolution03.lib.workbooks import reading
from resolution03.lib.workbooks.reading import Formula, read_workbook
from resolution03.lib.workbooks.unreadable import NotAWorkbook, Unreadable
from tests.workbooks import book


def test_values_come_typed_with_excel_row_numbers(tmp_path):
    day = datetime.datetime(2018, 12, 31)
    path = book(tmp_path / "a.xlsx", {"một": [["Mã", 7, 1.5, True, day], [], [None, " "], ["x"]]})
    [sheet] = read_workbook(path)
    assert sheet.name == "một"
    assert sheet.rows == [(1, ["Mã", 7, 1.5, True, datetime.date(2018, 12, 31)]), (4, ["x"])]
    assert type(sheet.rows[0][1][1]) is int


def test_hidden_sheets_are_named_and_not_read(tmp_path):
    path = book(tmp_path / "a.xlsx", {"thấy": [["x"]], "ẩn": [["y"]]}, hidden=["ẩn"])
    assert [(s.name, s.is_hidden, len(s.rows)) for s in read_workbook(path)] == [
        ("thấy", False, 1),
        ("ẩn", True, 0),
    ]


def test_a_formula_is_told_with_its_cached_value(tmp_path):
    path = book(tmp_path / "a.xlsx", {"s": [["=1+1", "a"]]})
    [sheet] = read_workbook(path)
    assert sheet.rows[0][1][0] == Formula("=1+1", None)
    cached = rewritten(path, lambda xml: re.sub(b"<v ?/>|<v></v>", b"<v>2</v>", xml))
    [sheet] = read_workbook(cached)
    assert sheet.rows[0][1][0] == Formula("=1+1", 2)


def test_a_stray_far_cell_costs_nothing(tmp_path):
    workbook = openpyxl.Workbook()
    workbook.active.append(["Mã", "Tên"])
    workbook.active["XFD1048576"] = "x"
    workbook.save(tmp_path / "far.xlsx")
    [sheet] = read_workbook(tmp_path / "far.xlsx")
    assert sheet.rows[0] == (1, ["Mã", "Tên"])
    assert sheet.rows[1][0] == 1_048_576 and len(sheet.rows[1][1]) <= 1_000


def test_names_in_the_package_may_have_backslashes(tmp_path):
    path = book(tmp_path / "a.xlsx", {"s": [["Mã"], [3]]})
    out = tmp_path / "back.xlsx"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name.replace("/", "\\"), old.read(name))
    assert [sheet.rows for sheet in read_workbook(out)] == [[(1, ["Mã"]), (2, [3])]]


def test_prefixed_elements_are_read(tmp_path):
    path = book(tmp_path / "a.xlsx", {"s": [["Mã"], [3]]})
    prefixed = rewritten(
        path,
        lambda xml: (
            xml.replace(b"<", b"<x:")
            .replace(b"<x:/", b"</x:")
            .replace(b"<x:?", b"<?")
            .replace(b'xmlns="', b'xmlns:x="')
        ),
    )
    [sheet] = read_workbook(prefixed)
    assert sheet.rows == [(1, ["Mã"]), (2, [3])]


def test_fonts_are_those_in_which_texts_stand(tmp_path):
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as workbook:
        old, other = (workbook.add_format({"font_name": name}) for name in (".VnTime", "Tahoma"))
        first, second = workbook.add_worksheet("cũ"), workbook.add_worksheet("mới")
        first.write_row(0, 0, ["Hä vµ tªn", "Ngµy sinh"], old)
        first.write_row(1, 0, [7, None], other)
        second.write_row(0, 0, ["Họ và tên"])
    first, second = read_workbook(tmp_path / "a.xlsx")
    assert first.fonts == {".VnTime"} and second.fonts == {"Calibri"}


@pytest.mark.parametrize(
    "content",
    [b"", b"text", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), b"PK\x03\x04" + bytes(90)],
    ids=["empty", "text", "ole", "truncated"],
)
def test_what_is_no_workbook(tmp_path, content):
    path = tmp_path / "a.xlsx"
    path.write_bytes(content)
    with pytest.raises(NotAWorkbook):
        read_workbook(path)


def test_a_half_workbook_another_zip_a_folder_and_nothing_are_no_workbooks(tmp_path):
    whole = book(tmp_path / "a.xlsx", {"s": [["x"]]}).read_bytes()
    (tmp_path / "half.xlsx").write_bytes(whole[: len(whole) // 2])
    with zipfile.ZipFile(tmp_path / "other.xlsx", "w") as archive:
        archive.writestr("word/document.xml", "<a/>")
    for name in ("half.xlsx", "other.xlsx", "missing.xlsx", "."):
        with pytest.raises(NotAWorkbook):
            read_workbook(tmp_path / name)


def test_too_many_columns_and_too_long_a_text(tmp_path):
    wide = book(tmp_path / "wide.xlsx", {"s": [["x"] * 501]})
    with pytest.raises(Unreadable, match="500"):
        read_workbook(wide)
    path = book(tmp_path / "a.xlsx", {"s": [["short"]]})
    with pytest.raises(Unreadable, match="32"):
        read_workbook(rewritten(path, lambda xml: xml.replace(b"short", b"y" * 32_768)))


def test_shared_rich_and_escaped_texts(tmp_path):
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as workbook:
        sheet = workbook.add_worksheet("s")
        bold = workbook.add_format({"bold": True})
        sheet.write_rich_string(0, 0, "Đắk ", bold, "Hà")
        sheet.write_string(0, 1, "lặp")
        sheet.write_string(0, 2, "lặp")
        sheet.write_string(0, 3, "a\x07b")
    [sheet] = read_workbook(tmp_path / "a.xlsx")
    assert sheet.rows == [(1, ["Đắk Hà", "lặp", "lặp", "ab"])]


def test_500_columns_and_the_longest_text_are_within_the_limits(tmp_path):
    path = book(tmp_path / "a.xlsx", {"s": [["x"] * 500, ["y" * 32_767]]})
    [sheet] = read_workbook(path)
    assert len(sheet.rows[1][1][0]) == 32_767


@pytest.fixture
def patient(monkeypatch):
    """A limit of rows or bytes is met before that of time, however slow the machine is."""
    monkeypatch.setattr(reading, "SECONDS", 900)
    monkeypatch.setattr(reading, "CHILD", replace(reading.CHILD, cpu_seconds=900, seconds=900))


def test_too_many_rows_and_too_much_inside(tmp_path, patient):
    path = book(tmp_path / "a.xlsx", {"s": [["x"]]})
    row = b'<row r="%d"><c><v>1</v></c></row>'
    many = b"".join(row % number for number in range(1, 200_002))
    over = rewritten(path, lambda xml: b"<worksheet><sheetData>" + many + b"</sheetData></worksheet>")
    with pytest.raises(Unreadable, match="200"):
        read_workbook(over)
    bomb = rewritten(path, lambda xml: xml + b" " * (301 * 1024 * 1024))
    with pytest.raises(Unreadable, match="300"):
        read_workbook(bomb)


def test_empty_formatted_rows_count_for_nothing(tmp_path):
    path = book(tmp_path / "a.xlsx", {"s": [["x"]]})
    empty = b"".join(b'<row r="%d"><c s="0"/></row>' % number for number in range(2, 250_000))
    padded = rewritten(path, lambda xml: xml.replace(b"</sheetData>", empty + b"</sheetData>"))
    [sheet] = read_workbook(padded)
    assert sheet.rows == [(1, ["x"])]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda xml: xml[: len(xml) // 2],
        lambda xml: b'<!DOCTYPE a [<!ENTITY b "c">]>' + xml.split(b"?>", 1)[-1],
    ],
    ids=["cut", "doctype"],
)
def test_a_damaged_sheet_is_unreadable(tmp_path, spoil):
    path = book(tmp_path / "a.xlsx", {"s": [["x"], ["y"]]})
    with pytest.raises(Unreadable):
        read_workbook(rewritten(path, spoil))


def rewritten(path, change, part="sheet1"):
    """A copy of a workbook with the XML of one part changed."""
    out = path.with_name("changed.xlsx")
    with (
        zipfile.ZipFile(io.BytesIO(path.read_bytes())) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, change(data) if part.lower() in name.lower() else data)
    return out

"""A workbook given back with its errors marked: what changes, and that nothing else does."""

import re
import shutil
import subprocess

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from resolution03.lib.workbooks.faults import ORDER, Fault
from resolution03.lib.workbooks.marking.marked import (
    CannotMark,
    mark_workbook,
    not_kept,
    write_list,
)
from resolution03.lib.workbooks.marking.marks import Mark, is_list
from resolution03.lib.workbooks.reading import read_workbook
from tests.lib.rich_workbooks import MAIN, bare, by_openpyxl, packed, rich, unpacked

SHEET = "Sách 'A' 1"
RED, PALE, NONE = "FFFF9C9C", "FFFFF0B8", "00000000"
OFFICE = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SPLICED = {
    "[Content_Types].xml",
    "xl/workbook.xml",
    "xl/_rels/workbook.xml.rels",
    "xl/styles.xml",
    "xl/worksheets/sheet1.xml",
    "xl/comments1.xml",
    "xl/drawings/vmlDrawing1.vml",
    "xl/worksheets/sheet4.xml",
}


def mark(cell, is_error=True, sheet=SHEET, code="bad_date", text="hãy ghi 31/12/2018"):
    row = int(re.sub(r"\D", "", cell))
    return Mark(sheet, Fault(row, "Ngày", "mai", code, text, cell), is_error)


MARKS = [mark("C2"), mark("B5", False), mark("C33"), mark("D30"), mark("B41"), mark("B60"), mark("A1")]


def marked(source, marks=MARKS, name="out.xlsx"):
    target = source.parent / name
    mark_workbook(source, target, marks)
    return target


def looks(path, sheet=SHEET, cells=("C2", "B5", "A32", "D30", "B41", "B60", "A1")):
    """Fill and comment of cells."""
    page = openpyxl.load_workbook(path)[sheet]
    found = {name: page[name] for name in cells}
    return {
        name: (cell.fill.fgColor.rgb, cell.comment.text if cell.comment else None)
        for name, cell in found.items()
    }


@pytest.fixture
def office_file(tmp_path):
    return rich(tmp_path / "in.xlsx")


def test_marked_cells_have_a_fill_and_a_comment(office_file):
    found = looks(marked(office_file))
    assert {cell: fill for cell, (fill, _text) in found.items()} == {
        "C2": RED,
        "B5": PALE,
        "A32": RED,
        "D30": RED,
        "B41": RED,
        "B60": RED,
        "A1": RED,
    }
    assert all("hãy ghi 31/12/2018" in text for _fill, text in found.values())
    assert found["B5"][1].startswith("của văn phòng\n")


def test_a_marked_cell_keeps_its_format(office_file):
    sheet = openpyxl.load_workbook(marked(office_file))[SHEET]
    day = sheet["C2"]
    assert (day.number_format, day.border.left.style, day.protection.locked) == ("dd/mm/yyyy", "thin", False)
    assert sheet["B60"].number_format == sheet["B41"].number_format == "dd/mm/yyyy"
    assert sheet["A1"].font.b and sheet["A1"].font.color.rgb == "FF9C0006"
    assert sheet["B1"].font.color.rgb == "FFFFFFFF"


def test_all_other_parts_are_the_same_bytes(office_file):
    before, after = unpacked(office_file), unpacked(marked(office_file))
    assert before.keys() < after.keys()
    assert {name for name in after if before.get(name) != after[name]} == SPLICED


def test_within_the_marked_sheet_nothing_else_changes(office_file):
    files = office_file, marked(office_file)
    before, after = (unpacked(path)["xl/worksheets/sheet1.xml"] for path in files)
    for name in (
        b"sheetViews",
        b"cols",
        b"autoFilter",
        b"mergeCells",
        b"conditionalFormatting",
        b"dataValidations",
        b"pageSetup",
        b"headerFooter",
        b"drawing",
        b"sheetProtection",
    ):
        [found] = re.findall(rb"<%s[ >].*?(?:</%s>|/>)" % (name, name), before, re.DOTALL)[:1]
        assert found in after
    assert b"<f>LEN(B2)</f><v>9</v>" in after


def test_the_list_leads_to_each_cell(office_file):
    book = openpyxl.load_workbook(marked(office_file))
    assert book.sheetnames == [SHEET, "Khác", "Ẩn", "Lỗi"]
    sheet = book["Lỗi"]
    assert [cell.value for cell in sheet[2]] == [
        SHEET,
        "C2",
        "Ngày",
        "mai",
        "không phải ngày",
        "hãy ghi 31/12/2018",
    ]
    assert sheet["B2"].hyperlink.location == "'Sách ''A'' 1'!C2"
    merged = next(row for row in range(2, 9) if sheet.cell(row, 2).value == "C33")
    assert sheet.cell(merged, 2).hyperlink.location.endswith("!A32")
    assert sheet.freeze_panes == "A2" and sheet.column_dimensions["F"].width > 50
    last = [cell.value for cell in sheet[sheet.max_row]]
    assert last[1] == "B5" and "không cản trở" in sheet.cell(sheet.max_row - 1, 1).value


def test_another_reader_opens_it_and_reads_the_same_values(office_file):
    before, after = (CalamineWorkbook.from_path(path) for path in (office_file, marked(office_file)))
    for name in before.sheet_names:
        old, new = (book.get_sheet_by_name(name).to_python() for book in (before, after))
        assert [row[:4] for row in new[: len(old)]] == [row[:4] for row in old]
    assert after.get_sheet_by_name("Lỗi").to_python()[1][1] == "C2"


def test_marking_again_replaces_marks_and_list(office_file):
    once = marked(office_file)
    twice = marked(once, [mark("C3")], "twice.xlsx")
    assert openpyxl.load_workbook(twice).sheetnames == [SHEET, "Khác", "Ẩn", "Lỗi"]
    assert looks(twice, cells=("C2", "B5", "A32", "C3")) == {
        "C2": (NONE, None),
        "B5": (NONE, "của văn phòng"),
        "A32": (NONE, None),
        "C3": (RED, looks(once)["C2"][1]),
    }
    assert openpyxl.load_workbook(twice)["Lỗi"].max_row == 2
    again = marked(once, MARKS, "again.xlsx")
    assert looks(again) == looks(once)
    assert unpacked(again)["xl/styles.xml"] == unpacked(once)["xl/styles.xml"]


def test_a_corrected_file_loses_its_marks_and_formats_come_back(office_file):
    clean = marked(marked(office_file), [], "clean.xlsx")
    old, new = (openpyxl.load_workbook(path)[SHEET] for path in (office_file, clean))
    for row in old.iter_rows():
        for cell in row:
            now = new[cell.coordinate]
            for part in ("fill", "font", "border", "alignment", "number_format", "protection", "style"):
                assert repr(getattr(cell, part)) == repr(getattr(now, part)), (cell.coordinate, part)
    listed = openpyxl.load_workbook(clean)["Lỗi"]["A"]
    assert [cell.value for cell in listed] == ["Trang tính", "Không có lỗi"]


def test_without_faults_the_file_is_copied(office_file):
    assert marked(office_file, []).read_bytes() == office_file.read_bytes()


def test_styles_that_lack_lists_are_completed_only_where_something_is_marked(tmp_path):
    parts = bare(b'<worksheet xmlns="%s"><sheetData/></worksheet>' % MAIN.encode())
    rels = b'<Relationship Id="s" Type="%s/styles" Target="styles.xml"/></Relationships>' % OFFICE
    name = "xl/_rels/workbook.xml.rels"
    parts[name] = parts[name].replace(b"</Relationships>", rels)
    parts["xl/styles.xml"] = b'<styleSheet xmlns="%s"><cellXfs/></styleSheet>' % MAIN.encode()
    source = packed(tmp_path / "in.xlsx", parts)
    assert marked(source, []).read_bytes() == source.read_bytes()
    assert looks(marked(source, [mark("A1", sheet="S")]), "S", ("A1",))["A1"][0] == RED


def test_a_list_of_warnings_alone_says_that_there_are_no_errors(office_file):
    sheet = openpyxl.load_workbook(marked(office_file, [mark("C2", False)]))["Lỗi"]
    assert sheet["A2"].value == "Không có lỗi" and sheet["B5"].value == "C2"


def test_the_list_finds_a_free_name(tmp_path):
    source = tmp_path / "in.xlsx"
    book = openpyxl.Workbook()
    book.active.title = "lỗi"
    book.save(source)
    once = marked(source, [mark("A1", sheet="lỗi")])
    assert openpyxl.load_workbook(once).sheetnames == ["lỗi", "Lỗi (2)"]
    assert openpyxl.load_workbook(marked(once, [], "b.xlsx")).sheetnames == ["lỗi", "Lỗi (2)"]


def test_the_list_is_known_when_it_is_read_again(office_file):
    found = [sheet.name for sheet in read_workbook(marked(office_file)) if is_list(sheet)]
    assert found == ["Lỗi"]


def test_a_file_of_openpyxl_is_marked_and_cleaned(tmp_path):
    source = by_openpyxl(tmp_path / "in.xlsx")
    once = marked(source)
    assert looks(once)["B5"][0] == PALE and looks(once)["C2"][0] == RED
    clean = marked(once, [], "clean.xlsx")
    assert looks(clean)["B5"] == (NONE, "của văn phòng") and looks(clean)["C2"] == (NONE, None)


def test_marks_are_found_after_another_program_saved_the_file(office_file):
    saved = office_file.parent / "saved.xlsx"
    openpyxl.load_workbook(marked(office_file)).save(saved)
    assert looks(saved)["A1"][0] == RED
    clean = looks(marked(saved, [], "clean.xlsx"))
    assert clean["B5"] == (NONE, "của văn phòng")
    assert clean["C2"] == (NONE, None) and clean["A1"] == ("FF1F3864", None)


@pytest.mark.once
def test_libreoffice_opens_it_and_marks_are_found_after_it_saved(office_file, tmp_path):
    soffice = shutil.which("soffice")
    if soffice is None:
        pytest.skip("LibreOffice is not installed here; CI has it")
    subprocess.run(  # noqa: S603
        [
            soffice,
            f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            "xlsx",
            "--outdir",
            str(tmp_path / "saved"),
            str(marked(office_file)),
        ],
        check=True,
        capture_output=True,
        timeout=170,
    )
    saved = tmp_path / "saved" / "out.xlsx"
    before, after = looks(marked(office_file)), looks(saved)
    assert [fill for fill, _text in after.values()] == [fill for fill, _text in before.values()]
    assert all("31/12/2018" in text for _fill, text in after.values())
    assert sum(is_list(sheet) for sheet in read_workbook(saved)) == 1
    clean = looks(marked(saved, [], "clean.xlsx"))
    assert clean["B5"] == (NONE, "của văn phòng") and clean["C2"] == (NONE, None)
    assert clean["A1"] == ("FF1F3864", None)


SHEETS = {
    "no references": b'<worksheet xmlns="%s"><sheetData><row><c><v>1</v></c><c><v>2</v></c></row><row/>'
    b"</sheetData></worksheet>",
    "prefixes": b'<x:worksheet xmlns:x="%s"><x:sheetData><x:row r="1"><x:c r="A1"><x:v>1</x:v></x:c>'
    b'<x:c r="B1"><x:v>2</x:v></x:c></x:row></x:sheetData></x:worksheet>',
    "empty": b'<worksheet xmlns="%s"><sheetData/></worksheet>',
    "spans": b'<worksheet xmlns="%s"><sheetData><row r="1" spans="1:1"><c r="A1"><v>1</v></c></row>'
    b'</sheetData><tableParts count="0"/></worksheet>',
}


@pytest.mark.parametrize("sheet", SHEETS.values(), ids=SHEETS)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_sheets_as_other_programs_write_them(tmp_path, sheet, encoding):
    text = '<?xml version="1.0" encoding="{}"?>'.format(encoding.upper().removesuffix("-SIG"))
    data = (text + (sheet % MAIN.encode()).decode()).encode(encoding)
    source = packed(tmp_path / "in.xlsx", bare(data))
    found = looks(marked(source, [mark("B1", sheet="S"), mark("D3", sheet="S")]), "S", ("B1", "D3", "A1"))
    assert [fill for fill, _text in found.values()] == [RED, RED, NONE]
    assert [text is not None for _fill, text in found.values()] == [True, True, False]


def test_a_strict_workbook_is_marked_in_its_own_namespace(tmp_path):
    main = b"http://purl.oclc.org/ooxml/spreadsheetml/main"
    data = b'<worksheet xmlns="%s"><sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData></worksheet>'
    source = packed(tmp_path / "in.xlsx", bare(data % main, strict=True))
    parts = unpacked(marked(source, [mark("A1", sheet="S")]))
    names = ("xl/comments1.xml", "xl/styles.xml", "xl/worksheets/sheet2.xml")
    added = b"".join(parts[name] for name in names)
    assert added.count(main) == 3 and MAIN.encode() not in added
    assert b"officeDocument/2006" not in parts["xl/worksheets/_rels/sheet1.xml.rels"]


def test_a_signed_file_says_before_that_its_signature_will_not_hold(office_file):
    parts = unpacked(office_file)
    origin = (
        b'<Relationship Id="rIdS" Type="http://schemas.openxmlformats.org/package/2006/relationships/'
        b'digital-signature/origin" Target="_xmlsignatures/origin.sigs"/></Relationships>'
    )
    parts["_rels/.rels"] = parts["_rels/.rels"].replace(b"</Relationships>", origin)
    signed = packed(office_file.parent / "signed.xlsx", parts | {"_xmlsignatures/origin.sigs": b""})
    assert not_kept(office_file) == []
    assert not_kept(signed) == ["chữ ký số của tệp không còn giá trị"]


def test_a_shared_workbook_cannot_be_marked_and_only_the_list_is_given(office_file):
    parts = unpacked(office_file)
    log = (
        b'<Relationship Id="rIdH" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        b'relationships/revisionHeaders" Target="revisions/headers.xml"/></Relationships>'
    )
    name = "xl/_rels/workbook.xml.rels"
    parts[name] = parts[name].replace(b"</Relationships>", log)
    shared = packed(office_file.parent / "shared.xlsx", parts)
    with pytest.raises(CannotMark, match="dùng chung"):
        mark_workbook(shared, office_file.parent / "out.xlsx", MARKS)
    assert not (office_file.parent / "out.xlsx").exists()
    write_list(office_file.parent / "list.xlsx", MARKS, "Không đánh dấu được")
    book = openpyxl.load_workbook(office_file.parent / "list.xlsx")
    assert book.sheetnames == ["Lỗi"] and book["Lỗi"]["B2"].value == "C2"


@pytest.mark.parametrize(
    "bad",
    [
        b'<!DOCTYPE a [<!ENTITY b "c">]><worksheet xmlns="%s"><sheetData/></worksheet>',
        b'<worksheet xmlns="%s"><sheetData><row r="x"/></sheetData></worksheet>',
        b'<worksheet xmlns="%s"><sheetData>',
        b"",
    ],
)
def test_a_hostile_part_is_refused_with_one_line(tmp_path, bad):
    data = bad % MAIN.encode() if b"%s" in bad else bad
    with pytest.raises(CannotMark, match="Không đánh dấu được"):
        marked(packed(tmp_path / "in.xlsx", bare(data)), [mark("A1", sheet="S")])
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.xlsx"]


def with_drawing(drawing: bytes, **more: bytes) -> dict[str, bytes]:
    """A sheet that has a legacy drawing, and other related parts by their kinds."""
    sheet = (
        b'<worksheet xmlns="%s" xmlns:r="%s"><sheetData/><legacyDrawing r:id="d"/>'
        b'<controls><control shapeId="1025" r:id="c"/></controls></worksheet>'
    )
    parts = bare(sheet % (MAIN.encode(), OFFICE)) | {"xl/drawings/vmlDrawing1.vml": drawing}
    rels = b'<Relationship Id="d" Type="%s/vmlDrawing" Target="../drawings/vmlDrawing1.vml"/>' % OFFICE
    for kind, data in more.items():
        parts[f"xl/{kind}1.xml"] = data
        office = b"http://schemas.microsoft.com/office/2017/10/relationships" if "thread" in kind else OFFICE
        rels += b'<Relationship Id="%s" Type="%s/%s" Target="/xl/%s1.xml"/>' % (
            kind.encode(),
            office,
            kind.encode(),
            kind.encode(),
        )
    space = b"http://schemas.openxmlformats.org/package/2006/relationships"
    whole = b'<Relationships xmlns="%s">%s</Relationships>' % (space, rels)
    return parts | {"xl/worksheets/_rels/sheet1.xml.rels": whole}


def test_the_boxes_of_comments_join_the_form_controls_of_a_sheet(tmp_path):
    control = (
        b'<v:shape id="_x0000_s1025" type="#_x0000_t201"><x:ClientData ObjectType="Checkbox">'
        b"<br>x</x:ClientData></v:shape>"
    )
    drawing = (
        b'<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:'
        b'office" xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit">'
        b'<o:idmap v:ext="edit" data="1"/></o:shapelayout>%s</xml>' % control
    )
    parts = unpacked(marked(packed(tmp_path / "in.xlsx", with_drawing(drawing)), [mark("B2", sheet="S")]))
    found = parts["xl/drawings/vmlDrawing1.vml"]
    assert control in found and b'data="1,2"' in found and b'id="_x0000_s2049"' in found
    assert b"<x:Row>1</x:Row><x:Column>1</x:Column>" in found
    assert parts["xl/worksheets/sheet1.xml"].count(b"legacyDrawing") == 1
    assert b"comments1.xml" in parts["xl/worksheets/_rels/sheet1.xml.rels"]


def test_a_cell_with_a_conversation_keeps_it_and_the_page_says_so_before(tmp_path):
    comments = (
        b'<comments xmlns="%s"><authors><author>tc={1}</author></authors><commentList>'
        b'<comment ref="B2" authorId="0"><text><t>[Threaded comment]</t></text></comment>'
        b"</commentList></comments>" % MAIN.encode()
    )
    threads = (
        b'<ThreadedComments xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/'
        b'threadedcomments"><threadedComment ref="B2" id="{1}"><text>a</text></threadedComment>'
        b"</ThreadedComments>"
    )
    source = packed(
        tmp_path / "in.xlsx", with_drawing(b"<xml></xml>", comments=comments, threadedComment=threads)
    )
    assert "hội thoại" in not_kept(source)[0]
    parts = unpacked(marked(source, [mark("B2", sheet="S"), mark("C3", sheet="S")]))
    assert parts["xl/threadedComment1.xml"] == threads
    found = parts["xl/comments1.xml"]
    assert b"[Threaded comment]</t></text>" in found and b'ref="C3"' in found
    assert found.count(b"<comment ") == 2
    assert parts["xl/worksheets/sheet1.xml"].count(b' s="') == 2


def test_every_code_of_an_error_has_words_of_its_own():
    codes = [*ORDER, "missing_column", "unknown_column"]
    words = {Mark("S", Fault(1, "Mã", None, code, ""), True).words for code in codes}
    assert len(words) == len(codes) and not words & set(codes)

"""Whatever is inside a workbook, reading it ends soon, with its rows or with one clear line."""

import time

import pytest

from resolution03.lib.children.process import ChildDied
from resolution03.lib.workbooks import reading
from resolution03.lib.workbooks.reading import read_workbook
from resolution03.lib.workbooks.unreadable import NotAWorkbook, Unreadable
from tests.raw_workbooks import RELATIONS, STYLES, packed, parts, relation

pytestmark = pytest.mark.once
ROW = '<row r="1"><c r="A1" t="str"><v>Mã</v></c></row>'
SHEET, STRINGS = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"
BOOK, TARGETS, STYLE = "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml"
ALL_XML = ["_rels/.rels", BOOK, TARGETS, STYLE, STRINGS, SHEET]
MB = 1_000_000
LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "ha ha ha ha">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
    + "]>"
)
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>'


@pytest.fixture
def made(tmp_path):
    def make(sheet=ROW, strings=("<t>a</t>",), **changed):
        return packed(tmp_path / "a.xlsx", parts(sheet, list(strings)) | changed)

    return make


def refused(path, match, kind=Unreadable):
    begin = time.monotonic()
    with pytest.raises(kind, match=match) as told:
        read_workbook(path)
    assert "\n" not in str(told.value) and time.monotonic() - begin < 20


def rows_of(path):
    begin = time.monotonic()
    [sheet] = read_workbook(path)
    assert time.monotonic() - begin < 20
    return sheet.rows


@pytest.mark.parametrize("part", ALL_XML)
@pytest.mark.parametrize("declared", [LAUGHS, OUTSIDE], ids=["expanding", "external"])
def test_entities_are_refused_in_every_part(made, part, declared):
    text = parts(ROW, ["<t>a</t>"])[part].replace("\n", f"\n{declared}", 1)
    kinds = (Unreadable, NotAWorkbook)
    refused(made(**{part: text.replace(">a<", ">&a;<")}), "hỏng|không phải sổ tính", kinds)


@pytest.mark.parametrize(
    "phantom",
    [
        '<row r="%d"/>',
        '<row r="%d" s="1" customFormat="1"><c r="A%d" s="1"/><c r="B%d" s="2"></c></row>',
    ],
    ids=["bare", "formatted"],
)
def test_a_million_phantom_rows_are_read_past(made, phantom):
    rows = "".join(phantom.replace("%d", str(number)) for number in range(2, 1_048_577))
    assert rows_of(made(ROW + rows)) == [(1, ["Mã"])]


def test_16_000_columns(made):
    empty = '<row r="2"><c s="1"/>' + '<c s="1"/>' * 16_000 + "</row>"
    assert rows_of(made(ROW + empty)) == [(1, ["Mã"])]
    refused(made(ROW + empty.replace('s="1"/>', 's="1"><v>1</v></c>')), "500")


def test_a_stray_far_cell_beside_many_rows(made):
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in range(1, 5_000))
    far = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    found = rows_of(made(rows + far))
    assert found[4_998] == (4_999, [4_999]) and len(found) == 5_000


@pytest.mark.parametrize(
    "cell",
    [
        '<c r="A2" t="inlineStr"><is><t>%s</t></is></c>',
        '<c r="A2" t="str"><v>%s</v></c>',
        '<c r="A2"><f>%s</f><v>1</v></c>',
        '<c r="A2"><v>%s</v></c>',
    ],
    ids=["inline", "text", "formula", "number"],
)
def test_five_megabytes_in_a_cell(made, cell):
    refused(made(f'{ROW}<row r="2">{cell % ("7" * 5 * MB)}</row>'), r"32\.767")


def test_five_megabytes_in_a_shared_text_are_refused_where_a_cell_shows_them(made):
    shown = f'{ROW}<row r="2"><c r="A2" t="s"><v>0</v></c></row>'
    long = ["<t>" + "x" * 5 * MB + "</t>"]
    refused(made(shown, long), r"32\.767")
    assert rows_of(made(ROW, long)) == [(1, ["Mã"])]


@pytest.mark.parametrize("number", ["-3", "0", "1048577", "9" * 30, "9" * 5_000, "x", "1.5"])
def test_rows_with_impossible_numbers(made, number):
    refused(made(f'{ROW}<row r="{number}"><c r="A3"><v>1</v></c></row>'), "hỏng")


@pytest.mark.parametrize("reference", ["1A", "ZZZZ1", "é1", "A1:B2", "$A$1", "-1", "XFE1", "A" * 99])
def test_cells_with_impossible_references(made, reference):
    refused(made(f'{ROW}<row r="2"><c r="{reference}"><v>1</v></c></row>'), "hỏng")


@pytest.mark.parametrize("number", ["7", "-1", "9" * 40, "x"])
def test_shared_texts_that_are_not_there(made, number):
    refused(made(f'{ROW}<row r="2"><c r="A2" t="s"><v>{number}</v></c></row>'), "hỏng")


@pytest.mark.parametrize(
    "inside",
    [
        f'<row r="2" x="{"1" * 60 * MB}"/>',
        f"<{'a' * 60 * MB}/>",
        f"<!--{'-  ' * 20 * MB}-->",
    ],
    ids=["attribute", "name", "comment"],
)
def test_a_tag_without_end_is_damage(made, inside):
    refused(made(ROW + inside), "hỏng")


def test_deep_nesting_is_read_past(made):
    deep = "<a>" * MB + "</a>" * MB
    assert rows_of(made(ROW + deep)) == [(1, ["Mã"])]


@pytest.mark.parametrize(
    "changed",
    [
        {STYLE: STYLES.replace("</cellXfs>", '<xf numFmtId="0"/>' * 2 * MB + "</cellXfs>")},
        {STRINGS: "<sst>" + "<si><t>a</t></si>" * 6 * MB + "</sst>"},
    ],
    ids=["styles", "texts"],
)
def test_millions_of_styles_or_texts(made, changed):
    refused(made(**changed), "quá nhiều bộ nhớ")


def test_what_takes_too_long_is_ended(made, monkeypatch):
    monkeypatch.setattr(reading, "SECONDS", 0.5)
    begin = time.monotonic()
    refused(made(ROW + "<row/>" * 10 * MB), "quá nhiều bộ nhớ hoặc thời gian")
    assert time.monotonic() - begin < 5


def test_a_child_that_dies_of_the_first_way_tries_the_careful_one(made, monkeypatch):
    asked, own = [], reading.told

    def told(path, until, way):
        asked.append(way)
        if way == "plain":
            raise ChildDied()
        return own(path, until, way)

    monkeypatch.setattr(reading, "told", told)
    assert rows_of(made()) == [(1, ["Mã"])] and asked == ["plain", "careful"]


def test_announced_counts_are_not_believed(made):
    text = parts(ROW, ["<t>a</t>"])[STRINGS]
    huge = text.replace("<sst ", '<sst count="99999999999" uniqueCount="99999999999" ')
    assert rows_of(made(**{STRINGS: huge})) == [(1, ["Mã"])]


def test_a_thousand_sheets(made):
    more = "".join(f'<sheet name="s{n}" sheetId="{n}" r:id="r1"/>' for n in range(2, 1_001))
    book = parts(ROW)[BOOK].replace("</sheets>", more + "</sheets>")
    assert len(read_workbook(made(**{BOOK: book}))) == 1_000


@pytest.mark.parametrize(
    "target, line",
    [
        ("workbook.xml", None),
        ("_rels/workbook.xml.rels", None),
        ("/etc/hostname", "hỏng"),
        ("../../../../etc/hostname", "hỏng"),
        ("missing.xml", "hỏng"),
        ("", "hỏng"),
    ],
)
def test_a_sheet_that_is_somewhere_else(made, target, line):
    path = made(**{TARGETS: RELATIONS % relation(1, "worksheet", target)})
    if line:
        refused(path, line)
    else:
        assert rows_of(path) == []


def test_encodings_of_the_parts(made):
    text = parts(ROW)[SHEET]
    wide = text.replace("UTF-8", "UTF-16").encode("utf-16")
    old = text.replace("UTF-8", "ISO-8859-1").encode("latin-1")
    assert rows_of(made(**{SHEET: wide})) == rows_of(made(**{SHEET: old})) == [(1, ["Mã"])]
    refused(made(**{SHEET: text.encode().replace("ã".encode(), b"\xff\xfe")}), "hỏng")
    shown = f'{ROW}<row r="2"><c r="A2" t="s"><v>0</v></c></row>'
    spoiled = parts(ROW, ["<t>a</t>"])[STRINGS].encode().replace(b">a<", b">\xc3<")
    refused(made(shown, **{STRINGS: spoiled}), "hỏng")


def test_strict_open_xml_and_macros_are_read(made):
    old, new = "schemas.openxmlformats.org/officeDocument/2006", "purl.oclc.org/ooxml/officeDocument"
    strict = {name: parts(ROW)[name].replace(old, new) for name in (BOOK, TARGETS, "_rels/.rels")}
    assert rows_of(made(**strict)) == [(1, ["Mã"])]
    macros = {
        "[Content_Types].xml": '<Types><Override PartName="/xl/workbook.xml" ContentType='
        '"application/vnd.ms-excel.sheet.macroEnabled.main+xml"/></Types>',
        "xl/vbaProject.bin": b"\xd0\xcf",
    }
    assert rows_of(made(**macros)) == [(1, ["Mã"])]


def test_a_formula_where_text_is_due_is_seen_although_its_value_is_there(made):
    cell = '<c r="A2" t="str"><f>HYPERLINK("http://x")</f><v>x</v></c>'
    assert rows_of(made(f'{ROW}<row r="2">{cell}</row>'))[1][1][0].text == '=HYPERLINK("http://x")'

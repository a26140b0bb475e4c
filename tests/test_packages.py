"""What `tests.packages` says of a workbook that Excel would repair."""

import zipfile
from io import BytesIO

import pytest
from xlsxwriter import Workbook

from tests.packages import faults, invalid

pytestmark = pytest.mark.once
SHEET, BOOK = "xl/worksheets/sheet1.xml", "xl/workbook.xml"


@pytest.fixture
def sound() -> bytes:
    stream = BytesIO()
    with Workbook(stream) as book:
        sheet = book.add_worksheet("Mã")
        sheet.write_row(0, 0, ["Mã", 3])
        sheet.write_formula(0, 2, "=1+1", value=2)
        sheet.merge_range("A5:B6", "x")
    return stream.getvalue()


@pytest.mark.parametrize(
    ("part", "old", "new", "words"),
    [
        (SHEET, b"<mergeCell ", b'<mergeCell ref="B6:C7"/><mergeCell ', "overlap"),
        (SHEET, b"<f>1+1</f>", b"<f>=1+1</f>", "no formula"),
        (SHEET, b"<f>1+1</f><v>2</v>", b"<f>1+1</f>", "keeps no value"),
        (SHEET, b'r="B1"', b'r="B1" s="900"', "no such format"),
        (SHEET, b'r="B1"', b'r="A1"', "out of order"),
        (SHEET, b"<v>0</v>", b"<v>77</v>", "no such shared text"),
        (SHEET, b"<v>3</v>", b"<v>ba</v>", "is no number"),
        (BOOK, "Mã".encode(), "Mã: 1".encode(), "no sheet name"),
        (BOOK, "Mã".encode(), ("M" * 32).encode(), "no sheet name"),
        (BOOK, b"<calcPr", b'<definedNames><definedName name="a">1</definedName><definedName '
         b'name="A">1</definedName></definedNames><calcPr', "defined twice"),
        ("xl/_rels/workbook.xml.rels", b"styles.xml", b"none.xml", "is not there"),
        ("xl/styles.xml", b'<fonts count="1"', b'<fonts count="9"', "counted as"),
    ],
)  # fmt: skip
def test_it_finds(sound, part, old, new, words):
    assert faults(sound) == []
    assert any(words in fault for fault in faults(changed(sound, part, old, new)))


def test_the_schema_finds_what_is_out_of_place(sound):
    assert invalid(sound) == []
    assert invalid(changed(sound, SHEET, b"<sheetData>", b"<bogus/><sheetData>"))


def changed(content: bytes, part: str, old: bytes, new: bytes) -> bytes:
    spoiled = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as book, zipfile.ZipFile(spoiled, "w") as out:
        for name in book.namelist():
            data = book.read(name)
            if name == part:
                assert old in data
                data = data.replace(old, new, 1)
            out.writestr(name, data)
    return spoiled.getvalue()

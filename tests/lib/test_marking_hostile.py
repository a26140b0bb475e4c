"""Marking files that were made to break it: one clear line, or a file that other programs read."""

import random
import re
from xml.parsers import expat

import pytest

from resolution03.lib.workbooks.marking.marked import CannotMark, mark_workbook
from tests.lib.rich_workbooks import MAIN, bare, packed, rich, unpacked
from tests.lib.test_marking import MARKS, mark

SHEET = b'<worksheet xmlns="%s">%s</worksheet>'


def broken(data: bytes, random: random.Random) -> bytes:
    """A part with a few bytes changed, lost, doubled, or numbers that cannot be."""
    at = random.randrange(len(data))
    kind = random.randrange(4)
    if kind == 0:
        return data[:at] + bytes([random.randrange(256)]) + data[at + 1 :]
    if kind == 1:
        return data[:at] + data[at + random.randrange(1, 30) :]
    if kind == 2:
        return data[:at] + data[at - 20 : at + 20] + data[at:]
    numbers = list(re.finditer(rb'"\d+"', data)) or [re.match(b"", data)]
    found = random.choice(numbers)
    return (
        data[: found.start()] + random.choice([b'"-1"', b'"99999999"', b'""', b'"x"']) + data[found.end() :]
    )


@pytest.mark.once
def test_broken_parts_end_in_one_line_or_in_parts_that_can_be_parsed(tmp_path):
    """A file marked before has all the parts that marking reads."""
    source = rich(tmp_path / "in.xlsx")
    mark_workbook(source, tmp_path / "marked.xlsx", MARKS)
    parts = unpacked(tmp_path / "marked.xlsx")
    names = [
        name
        for name in parts
        if name.endswith((".rels", ".vml")) or re.search("Types|workbook|styles|comments|sheet[14]", name)
    ]
    chance, marked = random.Random(3), 0
    for _ in range(40):
        name = chance.choice(names)
        hostile = packed(tmp_path / "hostile.xlsx", parts | {name: broken(parts[name], chance)})
        try:
            mark_workbook(hostile, tmp_path / "out.xlsx", MARKS)
        except CannotMark as why:
            assert "\n" not in str(why)
            continue
        marked += 1
        after = unpacked(tmp_path / "out.xlsx")
        for other in (other for other in names if other != name and not other.endswith(".vml")):
            expat.ParserCreate().Parse(after[other], True)
    assert 0 < marked < 40


@pytest.mark.parametrize(
    "body",
    [
        b"<sheetData>" + b" " * 5_000_000 + b"</sheetData>",
        b"<sheetData>" + b"<row/>" * 200_000 + b"</sheetData>",
        b"<sheetData/>" + b"<a>" * 50_000 + b"</a>" * 50_000,
        b'<cols><col min="1" max="99999999" width="-1"/></cols><sheetData/>',
        b"<sheetData/><mergeCells>" + b'<mergeCell ref="A1:XFD1048576"/>' * 50_000 + b"</mergeCells>",
        b'<sheetData><row r="1" ' + b" ".join(b'a%d="1"' % n for n in range(20_000)) + b"/></sheetData>",
    ],
    ids=["blanks", "rows", "deep", "columns", "merged", "attributes"],
)
def test_large_and_strange_sheets_are_marked(tmp_path, body):
    source = packed(tmp_path / "in.xlsx", bare(SHEET % (MAIN.encode(), body)))
    mark_workbook(source, tmp_path / "out.xlsx", [mark("A1", sheet="S")])
    assert b'r="A1"' in unpacked(tmp_path / "out.xlsx")["xl/worksheets/sheet1.xml"]


@pytest.mark.once
def test_a_file_that_takes_too_much_memory_takes_only_the_child_with_it(tmp_path):
    body = b"<sheetData>" + b" " * 250_000_000 + b"</sheetData>"
    source = packed(tmp_path / "in.xlsx", bare(SHEET % (MAIN.encode(), body)))
    with pytest.raises(CannotMark, match="bộ nhớ"):
        mark_workbook(source, tmp_path / "out.xlsx", [mark("A1", sheet="S")])
    assert not (tmp_path / "out.xlsx").exists()

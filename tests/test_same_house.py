"""tools/same_house.py: what counts as a difference between two answers, and what does not."""

import io
import sys
import zipfile
from pathlib import Path

import pytest

TOOLS = str(Path(__file__).resolve().parent.parent / "tools")
pytestmark = pytest.mark.once
PAGE = (
    "<html><head><script src='/static/js/a/view.0123456789ab.js' nonce='n1'></script></head><body>"
    "<form><input name='csrfmiddlewaretoken' value='t1'></form><p class='a b'>Chi <b>bộ</b>, 3</p>"
    '<textarea>\nmột\n hai</textarea><script type=\'application/json\'>{"a": 1, "b": 2}</script></body>'
    "</html>"
)


@pytest.fixture(scope="module")
def parts():
    """The modules of the tool, which stand on its path alone."""
    sys.path.insert(0, TOOLS)
    try:
        from sameness import comparing, reading, walking
    finally:
        sys.path.remove(TOOLS)
    return comparing, reading, walking


def _between(parts, before: str, after: str) -> list[str]:
    comparing, reading, _walking = parts
    sides = (reading.read(200, "text/html", text.encode()).document() for text in (before, after))
    return list(comparing.differences(*sides))


def test_tokens_folders_and_space_between_blocks_are_no_difference(parts):
    after = (
        PAGE.replace("js/a/view.0123456789ab.js", "entry/seen.ba9876543210.js")
        .replace("n1", "n2")
        .replace("t1", "t2")
        .replace("<p class='a b'>", "\n  <p class='a\n b'>\n ")
        .replace("</p>", " </p>\n")
        .replace('{"a": 1, "b": 2}', '{"b": 2,\n"a": 1}')
    )
    assert after != PAGE and _between(parts, PAGE, after) == []


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("3</p>", "4</p>", "node"),
        ("a b", "a c", "node"),
        ("<b>bộ</b>", "bộ", "node"),
        ('"b": 2', '"b": 3', "node"),
        ("</b>,", "</b> ,", "SPACE in inline text"),
        ("Chi <b>", "Chi<b>", "SPACE in inline text"),
        ("</b>", "</b><i></i>", "node"),
        ("Chi <b>bộ</b>", "C hi <b>bộ</b>", "SPACE in inline text"),
        (" hai</textarea>", "hai</textarea>", "SPACE in inline text"),
    ],
)
def test_a_node_and_a_space_inside_a_line_are_differences(parts, old, new, what):
    (found,) = _between(parts, PAGE, PAGE.replace(old, new))
    assert found.startswith(what + "\n"), found


def test_a_cell_of_a_workbook_is_told(parts):
    comparing, reading, _walking = parts

    def book(value: str) -> dict:
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w") as out:
            cells = f'<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>{value}</v></c></row>'
            out.writestr("xl/sheet1.xml", cells)
        return reading.read(0, "file", stream.getvalue()).document()

    assert list(comparing.differences(book("2"), book("2"))) == []
    (found,) = comparing.differences(book("2"), book("3"))
    assert 'r="B1"' in found


def test_a_walk_finds_links_data_addresses_and_each_choice_of_a_filter(parts):
    _comparing, _reading, walking = parts
    page = (
        "<a href='?page=2'>2</a><a href='https://example.org/'>x</a><a href='#top'>y</a>"
        "<div data-rows='/rows/1/'></div><form action='/list/'><select name='s'>"
        "<option value='all' selected></option><option value='one'></option></select></form>"
    )
    assert list(walking.addresses("text/html", page.encode(), "/here/", "")) == [
        "/here/?page=2",
        "/rows/1/",
        "/list/",
        "/list/?s=all",
        "/list/?s=all",
        "/list/?s=one",
    ]

"""What is no workbook, or only part of one, and whatever chance makes of a good one."""

import io
import random
import re
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from resolution03.lib.workbooks.reading import read_workbook
from resolution03.lib.workbooks.unreadable import NotAWorkbook, Unreadable
from tests import short
from tests.raw_workbooks import packed, parts
from tests.workbooks import book

pytestmark = pytest.mark.once
SAVE_AS = r"Save As\), kiểu Excel Workbook \(\*\.xlsx\)"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
WORKBOOK = {"s": [["Mã", "Họ và tên"], ["X1", "A Một"], [7, None, "=1+1"], [None, 2.5]]}


def zipped(**members) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return out.getvalue()


def said_of(path) -> str:
    with pytest.raises(NotAWorkbook) as told:
        read_workbook(path)
    assert "\n" not in str(told.value)
    return str(told.value)


@pytest.mark.parametrize(
    "content, kind",
    [
        (OLE + "Workbook".encode("utf-16-le"), r"\.xls\)"),
        ("Mã;Họ và tên\nX1;A Một\n".encode(), r"\.csv"),
        ("Mã,Họ và tên\nX1,A Một\n".encode("utf-16"), r"\.csv"),
        (b"M\xe3;H\xf5\nX1;A\n" * 9_000, r"\.csv"),
        (zipped(mimetype="application/vnd.oasis.opendocument.spreadsheet"), r"\.ods"),
        (zipped(xl__workbook_dot_bin=b"\x83\x01"), r"\.xlsb"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "trang web"),
        (b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>', "XML"),
    ],
    ids=["xls", "csv", "csv-utf16", "csv-old", "ods", "xlsb", "html", "xml-2003"],
)
def test_another_kind_of_table_is_told_how_to_become_one(tmp_path, content, kind):
    path = tmp_path / "đổi tên.xlsx"
    path.write_bytes(content)
    line = said_of(path)
    assert re.search(f"{kind}.*{SAVE_AS}", line), line


@pytest.mark.parametrize(
    "content, said",
    [
        (OLE + "EncryptedPackage".encode("utf-16-le"), "mật khẩu"),
        (OLE + "WordDocument".encode("utf-16-le"), "văn bản"),
        (zipped(word__document_dot_xml="<a/>"), "văn bản"),
        (b"%PDF-1.7", "văn bản"),
        (b"\x89PNG\r\n", "hình ảnh"),
        (b"\xff\xd8\xff\xe0", "hình ảnh"),
        (b"", "không phải"),
        (b"chu", "không phải"),
        (bytes(range(256)) * 9, "không phải"),
        (zipped(a="b"), "không phải"),
        (zipped(), "không phải"),
    ],
)
def test_what_is_no_table_at_all(tmp_path, content, said):
    path = tmp_path / "a.xlsx"
    path.write_bytes(content)
    assert said in said_of(path)


def test_a_file_cut_anywhere_is_no_workbook(tmp_path):
    whole = book(tmp_path / "a.xlsx", WORKBOOK).read_bytes()
    cut = tmp_path / "cut.xlsx"
    for length in {5, 40, len(whole) // 3, len(whole) // 2, len(whole) - 300, len(whole) - 1}:
        cut.write_bytes(whole[:length])
        assert "một phần" in said_of(cut)


def test_an_entry_with_a_password(tmp_path):
    content = bytearray(book(tmp_path / "a.xlsx", WORKBOOK).read_bytes())
    place = content.find(b"PK\x01\x02")
    content[place + 8] |= 1
    path = tmp_path / "b.xlsx"
    path.write_bytes(content)
    assert "mật khẩu" in said_of(path)


def test_bombs_in_one_entry_and_in_overlapping_ones(tmp_path):
    zeros = bytes(60 * 1024 * 1024)
    contents = parts("") | {"xl/media/a.bin": zeros}
    one = packed(tmp_path / "a.xlsx", contents | {f"xl/media/{n}.bin": zeros for n in range(5)})
    with pytest.raises(Unreadable, match="300 MB"):
        read_workbook(one)
    many = bytearray(packed(tmp_path / "b.xlsx", contents).read_bytes())
    end = many.rfind(b"PK\x05\x06")
    directory = int.from_bytes(many[end + 16 : end + 20], "little")
    last = many.rfind(b"PK\x01\x02", directory, end)
    entries, tail = many[directory:end], bytearray(many[end:])
    copies = entries + many[last:end] * 20
    count = int.from_bytes(tail[10:12], "little") + 20
    tail[8:12] = count.to_bytes(2, "little") * 2
    tail[12:16] = len(copies).to_bytes(4, "little")
    overlapping = tmp_path / "c.xlsx"
    overlapping.write_bytes(many[:directory] + copies + tail)
    with pytest.raises(Unreadable, match="300 MB"):
        read_workbook(overlapping)


def test_a_size_that_is_a_lie_is_damage(tmp_path):
    content = packed(tmp_path / "a.xlsx", parts("<row/>" * 100_000)).read_bytes()
    sheet = content.rfind(b"xl/worksheets/sheet1.xml") - 46
    lie = content[: sheet + 24] + (900).to_bytes(4, "little") + content[sheet + 28 :]
    path = tmp_path / "b.xlsx"
    path.write_bytes(lie)
    with pytest.raises(Unreadable, match="hỏng"):
        read_workbook(path)


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_entries_with_one_name_and_names_that_lead_outside(tmp_path):
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts('<row r="1"><c r="A1"><v>1</v></c></row>').items():
            archive.writestr(name, content)
        archive.writestr("xl/worksheets/sheet1.xml", parts("")["xl/worksheets/sheet1.xml"])
        archive.writestr("../../outside.txt", "x")
        archive.writestr("/absolute.txt", "x")
    [sheet] = read_workbook(path)
    assert sheet.rows == [] and not (tmp_path.parent / "outside.txt").exists()


def test_more_than_thirty_megabytes(tmp_path):
    noise = random.Random(3).randbytes(31 * 1024 * 1024)
    with pytest.raises(Unreadable, match="30 MB"):
        read_workbook(packed(tmp_path / "a.xlsx", parts("") | {"xl/media/a.bin": noise}))


PLACES = st.floats(0, 1, exclude_max=True)
CHANGES = st.lists(st.tuples(PLACES, st.binary(max_size=4)), min_size=1, max_size=6)


def changed(content: bytes, changes) -> bytes:
    spoiled = bytearray(content)
    for where, new in changes:
        place = int(where * len(spoiled))
        spoiled[place : place + max(len(new), 1)] = new
    return bytes(spoiled)


@settings(
    max_examples=short.examples(60),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(changes=CHANGES, part=st.sampled_from([None, *sorted(parts(""))]))
def test_chance_makes_sheets_or_one_of_two_refusals(tmp_path, changes, part):
    """Bytes of a good workbook changed, in the file itself or inside one of its parts."""
    row = '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" s="1"><v>4</v></c></row>'
    good = parts(row * 3, ["<t>a</t>"])
    path = tmp_path / "a.xlsx"
    if part:
        packed(path, good | {part: changed(good[part].encode(), changes)})
    else:
        path.write_bytes(changed(packed(path, good).read_bytes(), changes))
    try:
        assert all(number > 0 for sheet in read_workbook(path) for number, _cells in sheet.rows)
    except (NotAWorkbook, Unreadable) as refusal:
        assert "\n" not in str(refusal) and "bộ nhớ" not in str(refusal)

"""A file is taken for what it holds, whatever it is called."""

from io import BytesIO
from zipfile import ZipFile

import pytest

from assessments.entry.records.files import FORMATS, MOST_BYTES, read
from assessments.entry.records.models import FileKind
from resolution03.lib.errors import Refusal


def package(*names: str) -> bytes:
    stream = BytesIO()
    with ZipFile(stream, "w") as book:
        for name in ("[Content_Types].xml", *names):
            book.writestr(name, "x")
    return stream.getvalue()


PDF = b"%PDF-1.7 ..."
FILES = {
    "kh.pdf": PDF,
    "KH.PDF": PDF,
    "kh.docx": package("word/document.xml"),
    "kh.xlsx": package("xl/workbook.xml"),
    "anh.jpg": b"\xff\xd8\xff\xe0..",
    "anh.jpeg": b"\xff\xd8\xff\xe0..",
    "anh.png": b"\x89PNG\r\n\x1a\n..",
}


@pytest.mark.parametrize("name", FILES)
def test_what_is_what_it_says_is_taken(name):
    found = read(name, FILES[name])
    assert found.data == FILES[name] and name.lower().endswith(FORMATS[found.kind].suffixes)


def test_every_kind_has_its_format():
    assert set(FORMATS) == set(FileKind)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("kh.exe", b"MZ"),
        ("kh", PDF),
        ("kh.svg", b"<svg onload=alert(1)>"),
        ("kh.html", b"<script>"),
        ("kh.docm", package("word/document.xml")),
        ("kh.pdf", b"<html>%PDF-"),
        ("kh.pdf", FILES["kh.docx"]),
        ("kh.docx", PDF),
        ("kh.docx", FILES["kh.xlsx"]),
        ("kh.xlsx", FILES["kh.docx"]),
        ("kh.docx", b"PK\x03\x04 but no zip"),
        ("kh.docx", package("word/document.xml", "word/vbaProject.bin")),
        ("anh.png", FILES["anh.jpg"]),
        ("anh.jpg", FILES["anh.png"]),
        ("kh.pdf", b""),
    ],
)
def test_all_else_is_refused_beside_its_field(name, data):
    with pytest.raises(Refusal) as refused:
        read(name, data)
    assert refused.value.field == "file" and len(refused.value.reasons) == 1


def test_a_file_has_ten_megabytes_at_most():
    assert len(read("kh.pdf", PDF.ljust(MOST_BYTES, b" ")).data) == MOST_BYTES
    with pytest.raises(Refusal, match="10 MB"):
        read("kh.pdf", PDF.ljust(MOST_BYTES + 1, b" "))

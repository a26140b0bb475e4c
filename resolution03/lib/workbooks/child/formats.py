"""What a file is that is no .xlsx workbook: the code of the sentence that says how to save it."""

import re

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = b"PK\x03\x04"
READ = 1 << 16
OLE_READ = 1 << 25
PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\x00", b"MM\x00*")
TABLE_IN_XML = (b"urn:schemas-microsoft-com:office:spreadsheet", b"<table", b"<html", b"<!doctype html")
SEPARATED = re.compile(r"[^\x00-\x08\x0e-\x1f]*[,;\t][^\x00-\x08\x0e-\x1f]*").fullmatch
PACKED = {
    "mimetype": "ods",
    "xl/workbook.bin": "xlsb",
    "word/document.xml": "other",
    "ppt/presentation.xml": "other",
    "Index/Document.iwa": "numbers",
}


def what_it_is(stream):
    """The problem of a file that cannot be opened as a zip."""
    stream.seek(0)
    start = stream.read(READ)
    if start.startswith(OLE):
        stream.seek(0)
        return in_ole(stream.read(OLE_READ))
    if start.startswith(ZIP):
        return "cut"
    if start.startswith((b"%PDF", b"{\\rtf", *PICTURES)):
        return "other"
    return in_text(start)


def in_ole(content):
    """An old workbook, or a package with a password; names of streams are UTF-16 there."""
    if "EncryptedPackage".encode("utf-16-le") in content:
        return "encrypted"
    if any(name.encode("utf-16-le") in content for name in ("WordDocument", "PowerPoint Document")):
        return "other"
    return "xls"


def in_text(start):
    if any(mark in start.lower() for mark in TABLE_IN_XML):
        return "html"
    for encoding in ("utf-8", "utf-16"):
        try:
            text = start.decode(encoding, "strict" if len(start) < READ else "ignore")
        except UnicodeDecodeError:
            continue
        return "csv" if SEPARATED(text) else "not_zip"
    return "csv" if SEPARATED(start.decode("latin-1")) else "not_zip"


def what_is_packed(archive):
    """The problem of a zip that holds no workbook of this kind."""
    names = set(archive.namelist())
    return next((problem for name, problem in PACKED.items() if name in names), "no_workbook")

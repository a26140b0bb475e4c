"""What a Word file may hold before any library opens it."""

import re
import struct
import zipfile
import zlib

from defusedxml import DefusedXmlException, ElementTree

MB = 1024 * 1024
STORED = 10 * MB
INFLATED = 60 * MB
PARTS = 1000
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
DOCUMENT = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
ACTIVE = re.compile(r"vbaProject|vbaData|activeX|embeddings/|\.bin$|afchunk", re.IGNORECASE)
FETCHING = re.compile(r"\b(DDE|DDEAUTO|INCLUDE\w*|LINK|IMPORT|MACROBUTTON|DATABASE)\b")
DAMAGE = (
    ElementTree.ParseError,
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    LookupError,
    ValueError,
    EOFError,
    OSError,
    RuntimeError,
    NotImplementedError,
)


class Problem(Exception):
    """The file cannot be taken; `code` says why."""

    def __init__(self, code):
        super().__init__(code)
        self.code = code


def require_harmless(path):
    """Raise Problem for anything but a plain .docx of a sensible size."""
    with open(path, "rb") as stream:
        if stream.read(8) == OLE:
            raise Problem("ole")
        if stream.seek(0, 2) > STORED:
            raise Problem("stored")
        try:
            archive = zipfile.ZipFile(stream)
        except DAMAGE as error:
            raise Problem("not_zip") from error
        require_sizes(archive)
        try:
            require_parts(archive)
        except DAMAGE as error:
            raise Problem("damaged") from error


def require_sizes(archive):
    entries = archive.infolist()
    if any(entry.flag_bits & 1 for entry in entries):
        raise Problem("encrypted")
    if len(entries) > PARTS or sum(entry.file_size for entry in entries) > INFLATED:
        raise Problem("inflated")
    if len({entry.filename for entry in entries}) != len(entries):
        raise Problem("damaged")


def require_parts(archive):
    names = archive.namelist()
    if "[Content_Types].xml" not in names or "word/document.xml" not in names:
        raise Problem("no_document")
    if any(ACTIVE.search(name) for name in names):
        raise Problem("active")
    for name in names:
        if name.endswith((".xml", ".rels")):
            require_harmless_part(archive.read(name))
    types = archive.read("[Content_Types].xml").decode("utf-8", "replace")
    if "macroEnabled" in types:
        raise Problem("active")
    if DOCUMENT not in types:
        raise Problem("no_document")


def require_harmless_part(content):
    """One XML part: no document type, nothing fetched from elsewhere."""
    try:
        root = ElementTree.fromstring(content, forbid_dtd=True)
    except DefusedXmlException as error:
        raise Problem("entities") from error
    instructions = []
    for element in root.iter():
        tag = local(element.tag)
        if tag == "altChunk":
            raise Problem("active")
        if tag == "instrText":
            instructions.append(element.text or "")
        elif tag == "fldSimple":
            instructions += [value for key, value in element.items() if key.endswith("}instr")]
        elif tag == "Relationship" and element.get("TargetMode") == "External":
            if not element.get("Type", "").endswith("/hyperlink"):
                raise Problem("fetching")
    if FETCHING.search("".join(instructions).upper()):
        raise Problem("fetching")


def local(name):
    return name.rpartition("}")[2]

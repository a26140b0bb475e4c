"""The zip that a workbook is; the child that marks workbooks opens them by this too."""

import struct
import zipfile
import zlib
from xml.parsers import expat

from formats import what_it_is
from limits import INFLATED, STORED, Problem

DAMAGE = (
    expat.ExpatError,
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    LookupError,
    ArithmeticError,
    ValueError,
    EOFError,
    OSError,
    RuntimeError,
    NotImplementedError,
)


def open_archive(stream):
    try:
        archive = zipfile.ZipFile(stream)
    except DAMAGE as error:
        raise Problem(what_it_is(stream)) from error
    entries = archive.infolist()
    for entry in entries:
        archive.NameToInfo.setdefault(entry.filename.replace("\\", "/"), entry)
    if any(entry.flag_bits & 1 for entry in entries):
        raise Problem("encrypted")
    if stream.seek(0, 2) > STORED:
        raise Problem("stored")
    if sum(entry.file_size for entry in entries) > INFLATED:
        raise Problem("inflated")
    return archive

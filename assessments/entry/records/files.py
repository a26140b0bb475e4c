"""The file of a document: known by what it holds, not by what it is called."""

from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePath
from zipfile import BadZipFile, ZipFile

from django.utils.translation import gettext as _

from assessments.entry.records.models import FileKind
from resolution03.lib.errors import Refusal

MOST_BYTES = 10 * 1024 * 1024
_OFFICE = "application/vnd.openxmlformats-officedocument"


@dataclass(frozen=True, slots=True)
class Format:
    content_type: str
    holds: Callable[[bytes], bool]
    suffixes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Content:
    """A file that may be kept."""

    kind: FileKind
    data: bytes


def _package(folder: str) -> Callable[[bytes], bool]:
    """Whether it is an Office document of that folder, without macros."""

    def holds(data: bytes) -> bool:
        if not data.startswith(b"PK\x03\x04"):
            return False
        try:
            names = ZipFile(BytesIO(data)).namelist()
        except (BadZipFile, ValueError, NotImplementedError):
            return False
        has_macros = any(name.casefold().endswith("vbaproject.bin") for name in names)
        is_of_folder = any(name.startswith(folder) for name in names)
        return "[Content_Types].xml" in names and is_of_folder and not has_macros

    return holds


FORMATS: dict[FileKind, Format] = {
    FileKind.PDF: Format("application/pdf", lambda data: data.startswith(b"%PDF-"), (".pdf",)),
    FileKind.DOCX: Format(f"{_OFFICE}.wordprocessingml.document", _package("word/"), (".docx",)),
    FileKind.XLSX: Format(f"{_OFFICE}.spreadsheetml.sheet", _package("xl/"), (".xlsx",)),
    FileKind.JPG: Format("image/jpeg", lambda data: data.startswith(b"\xff\xd8\xff"), (".jpg", ".jpeg")),
    FileKind.PNG: Format("image/png", lambda data: data.startswith(b"\x89PNG\r\n\x1a\n"), (".png",)),
}
ACCEPTED = ",".join(suffix for one in FORMATS.values() for suffix in one.suffixes)


def read(name: str, data: bytes) -> Content:
    """What came in; Refusal for what is too big, empty, of no known kind, or not what its name says."""
    suffix = PurePath(name).suffix.casefold()
    kind = next((kind for kind, one in FORMATS.items() if suffix in one.suffixes), None)
    if kind is None:
        text = _("A file is PDF, Word (.docx), Excel (.xlsx), JPG or PNG; found “%(name)s”.")
        raise Refusal(text % {"name": name[-60:]}, field="file")
    if not data:
        raise Refusal(_("The file is empty."), field="file")
    if len(data) > MOST_BYTES:
        raise Refusal(_("The file is over 10 MB."), field="file")
    if not FORMATS[kind].holds(data):
        text = _("This is no %(suffix)s file, or it holds macros: save it anew as %(suffix)s.")
        raise Refusal(text % {"suffix": suffix}, field="file")
    return Content(kind, data)

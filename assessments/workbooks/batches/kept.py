"""Files that were uploaded, as the ledger of loads keeps and finds them."""

import hashlib
from pathlib import Path
from typing import NamedTuple

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from assessments.workbooks.models import Upload
from resolution03.lib.errors import Refusal
from resolution03.lib.keeping import UPLOADS, Lost, NotKept


class Kept(NamedTuple):
    """A kept file: the user's name of it, its random name, its SHA-256, what was decided about it."""

    name: str
    stored_as: str
    sha256: str
    choices: dict | None = None


def keep_file(file: UploadedFile) -> Kept:
    """Write a file that came in; Refusal, with nothing left behind, when there is no room."""
    try:
        return Kept(file.name or "", *UPLOADS.keep(file.chunks()))
    except NotKept as fault:
        raise Refusal(_no_room(file.name or "", fault)) from fault


def copy_of(upload: Upload) -> Kept:
    """The same file once more, for a batch of its own."""
    path_of(upload)
    try:
        return Kept(upload.file_name, *UPLOADS.copy(upload.stored_as), upload.choices)
    except NotKept as fault:
        raise Refusal(_no_room(upload.file_name, fault)) from fault


def hash_of(path: Path) -> str:
    """The SHA-256 of a file that stays where it is."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def has_file(upload: Upload) -> bool:
    return UPLOADS.has(upload.stored_as)


def path_of(upload: Upload) -> Path:
    """Where the file of an upload lies; Refusal when it is no longer kept."""
    try:
        return UPLOADS.path_of(upload.stored_as)
    except Lost as lost:
        text = _("%(file)s is no longer kept; choose the file once more.")
        raise Refusal(text % {"file": upload.file_name}) from lost


def _no_room(name: str, fault: NotKept) -> str:
    text = _("%(file)s could not be kept, and nothing was read: %(why)s. Tell the administrator.")
    return text % {"file": name, "why": fault.why}

"""Files that were uploaded: kept under `var/uploads` by random names, to which no address leads."""

import hashlib
import os
import shutil
import uuid
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from assessments.workbooks.models import Upload
from resolution03.lib.errors import Refusal


@dataclass(frozen=True, slots=True)
class Kept:
    """A kept file: the user's name of it, its random name, its SHA-256, what was decided about it."""

    name: str
    stored_as: str
    sha256: str
    choices: dict = field(default_factory=dict)


def folder() -> Path:
    """Where uploaded files lie; nobody else on the machine may enter."""
    found = Path(settings.VAR_DIR) / "uploads"
    found.mkdir(mode=0o700, parents=True, exist_ok=True)
    found.chmod(0o700)
    return found


def keep_file(file: UploadedFile) -> Kept:
    """Write a file that came in; Refusal, with nothing left behind, when there is no room."""
    stored_as, digest = f"{uuid.uuid4().hex}.xlsx", hashlib.sha256()
    try:
        descriptor = os.open(folder() / stored_as, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as stream:
            for chunk in file.chunks():
                digest.update(chunk)
                stream.write(chunk)
    except OSError as error:
        remove(stored_as)
        raise Refusal(_no_room(file.name, error)) from error
    return Kept(file.name, stored_as, digest.hexdigest())


def copy_of(upload: Upload) -> Kept:
    """The same file once more, for a batch of its own."""
    stored_as, found = f"{uuid.uuid4().hex}.xlsx", path_of(upload)
    try:
        shutil.copy(found, folder() / stored_as)
    except OSError as error:
        remove(stored_as)
        raise Refusal(_no_room(upload.file_name, error)) from error
    return Kept(upload.file_name, stored_as, upload.sha256, upload.choices)


def hash_of(path: Path) -> str:
    """The SHA-256 of a file that stays where it is."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def has_file(upload: Upload) -> bool:
    return bool(upload.stored_as) and (folder() / upload.stored_as).is_file()


def path_of(upload: Upload) -> Path:
    """Where the file of an upload lies; Refusal when it is no longer kept."""
    if not has_file(upload):
        text = _("%(file)s is no longer kept; choose the file once more.")
        raise Refusal(text % {"file": upload.file_name})
    return folder() / upload.stored_as


def remove(stored_as: str) -> None:
    """Delete a kept file; one that is gone already is no fault."""
    if stored_as:
        (folder() / stored_as).unlink(missing_ok=True)


def _no_room(name: str, error: OSError) -> str:
    text = _("%(file)s could not be kept, and nothing was read: %(why)s. Tell the administrator.")
    return text % {"file": name, "why": error.strerror or error}

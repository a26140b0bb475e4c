"""The store of files that the system keeps: under random names to which no address leads.

A file is on the disk for good before anybody is told its name; whoever stores the name stores its
SHA-256 beside it, and it is read back only as it was kept. A name is never used twice, so a backup
may take the folders of STORES as they stand.
"""

import os
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.utils.translation import gettext as _

from resolution03.lib.errors import Refusal

CHUNK = 1024 * 1024


class Lost(Refusal):
    """A kept file is no longer there, or no longer what was kept."""


class NotKept(Refusal):
    """The disk does not take a file; `why`: what it says."""

    def __init__(self, error: OSError):
        self.why = error.strerror or str(error)
        super().__init__(
            _("The file could not be kept: %(why)s. Tell the administrator.") % {"why": self.why}
        )


class Stored(NamedTuple):
    """The name under which a file lies, and its SHA-256."""

    stored_as: str
    sha256: str


def private_folder(name: str) -> Path:
    """A folder below `var` that nobody else on the machine may enter."""
    folder = Path(settings.VAR_DIR) / name
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.chmod(0o700)
    return folder


@dataclass(frozen=True, slots=True)
class Keeping:
    """One kind of kept files; `name`: of their folder, `suffix`: behind each of their names."""

    name: str
    suffix: str = ""

    @property
    def folder(self) -> Path:
        return private_folder(self.name)

    def keep(self, content: bytes | Iterable[bytes]) -> Stored:
        """Store `content`; NotKept, and nothing left behind, where the disk does not take it."""
        stored_as, digest = secrets.token_hex(20) + self.suffix, sha256()
        try:
            descriptor = os.open(self.folder / stored_as, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "wb") as stream:
                for chunk in [content] if isinstance(content, bytes) else content:
                    digest.update(chunk)
                    stream.write(chunk)
                stream.flush()
                os.fsync(stream.fileno())
        except OSError as error:
            self.drop(stored_as)
            raise NotKept(error) from error
        return Stored(stored_as, digest.hexdigest())

    def copy(self, stored_as: str) -> Stored:
        """The same file under a name of its own; Lost when it is gone."""
        with self.path_of(stored_as).open("rb") as stream:
            return self.keep(iter(lambda: stream.read(CHUNK), b""))

    def has(self, stored_as: str) -> bool:
        return bool(stored_as) and (self.folder / stored_as).is_file()

    def path_of(self, stored_as: str) -> Path:
        """Where a file lies; Lost when it is gone."""
        if not self.has(stored_as):
            raise Lost(_("The kept file is no longer there."))
        return self.folder / stored_as

    def read(self, stored_as: str, digest: str) -> bytes:
        """The content kept, equal byte for byte; Lost unless its SHA-256 is `digest`."""
        try:
            content = self.path_of(stored_as).read_bytes()
        except OSError as error:
            raise Lost(_("The kept file is no longer there.")) from error
        if sha256(content).hexdigest() != digest:
            raise Lost(_("The kept file was changed after it was kept."))
        return content

    def drop(self, stored_as: str) -> None:
        """Remove a file; one that is gone already is no fault."""
        if stored_as:
            (self.folder / stored_as).unlink(missing_ok=True)

    def place(self, stored_as: str) -> str:
        """`folder/name`, as a backup calls it."""
        return f"{self.name}/{stored_as}"


UPLOADS, REPORTS, TEMPLATES, RECORDS = STORES = (
    Keeping("uploads", ".xlsx"),
    Keeping("reports"),
    Keeping("documents"),
    Keeping("records"),
)
"""Workbooks that came in, reports that were issued, Word templates of offices, files of documents and events
under the resolution."""
JOBS = Keeping("jobs")
"""What was typed for a long act, and what came of it; kept for days only, and in no backup."""

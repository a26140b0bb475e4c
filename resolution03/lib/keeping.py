"""Files that the system keeps: under random names to which no address leads, read back only whole."""

import os
import secrets
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from django.utils.translation import gettext as _

from resolution03.lib.errors import Refusal


class Lost(Refusal):
    """A kept file is no longer there, or no longer what was kept."""


@dataclass(frozen=True, slots=True)
class Keeping:
    """A folder of kept files, for nobody but the program's own account."""

    folder: Path

    def keep(self, content: bytes) -> str:
        """Store `content` on the disk for good; gives the name under which it lies."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.folder.chmod(0o700)
        name = secrets.token_hex(20)
        descriptor = os.open(self.folder / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        return name

    def read(self, name: str, digest: str) -> bytes:
        """The content kept under `name`, equal byte for byte; Lost unless its SHA-256 is `digest`."""
        try:
            content = (self.folder / name).read_bytes()
        except OSError as error:
            raise Lost(_("The kept file is no longer there.")) from error
        if sha256(content).hexdigest() != digest:
            raise Lost(_("The kept file was changed after it was kept."))
        return content

    def drop(self, name: str) -> None:
        (self.folder / name).unlink(missing_ok=True)

"""Backups that were asked for on a page: files in `var/backups` of the server's machine."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.utils import timezone

from assessments.operations.restoring import settle
from assessments.operations.retention import COPY
from resolution03.lib.backups.archive import write_backup
from resolution03.lib.backups.rooms import COPIES


class Copy(NamedTuple):
    """One backup; `size` in bytes."""

    name: str
    made_at: datetime
    size: int


def make_copy() -> Copy:
    """Write a backup of the running system; Refusal or NotPossible where the machine does not let it."""
    settle()
    folder = _folder()
    folder.mkdir(mode=0o700, exist_ok=True)
    target = folder / f"{COPY}{timezone.localtime():%Y%m%d-%H%M%S}.zip"
    write_backup(target)
    return _told(target)


def copies() -> list[Copy]:
    """The latest first."""
    return sorted(_found(), key=lambda copy: copy.made_at, reverse=True)


def _found() -> Iterator[Copy]:
    for path in _folder().glob(f"{COPY}*.zip"):
        yield _told(path)


def _told(path: Path) -> Copy:
    found = path.stat()
    made_at = datetime.fromtimestamp(found.st_mtime, timezone.get_current_timezone())
    return Copy(path.name, made_at, found.st_size)


def _folder() -> Path:
    return Path(settings.VAR_DIR) / COPIES

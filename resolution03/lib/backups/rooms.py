"""Working folders of backups, and who may work: what a killed run left behind goes at the next one."""

import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from django.utils.translation import gettext as _

from resolution03.lib.errors import Refusal

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None

_PREFIX, _LOCK = ".backup-", "lock"
_BEING_MADE = 60
"""Seconds after which a folder without a lock is nobody's."""


@contextmanager
def workroom(beside: Path) -> Iterator[Path]:
    """A folder on the same disk, gone afterwards, that nobody else may enter."""
    beside.mkdir(parents=True, exist_ok=True)
    sweep(beside)
    with tempfile.TemporaryDirectory(prefix=_PREFIX, dir=beside) as name:
        with (Path(name) / _LOCK).open("wb") as lock:
            _take(lock)
            yield Path(name)


def left_over(folder: Path) -> Iterator[Path]:
    """Working folders whose process is no longer there."""
    if folder.is_dir():
        yield from (path for path in folder.glob(f"{_PREFIX}*") if path.is_dir() and _is_nobodys(path))


def sweep(folder: Path) -> int:
    """Remove what killed runs left in a folder; how many working folders that were."""
    found = list(left_over(folder))
    for path in found:
        shutil.rmtree(path, ignore_errors=True)
    return len(found)


@contextmanager
def at_work(folder: Path, *, alone: bool) -> Iterator[None]:
    """Hold the kept files below `folder`: a restoring or pruning alone, backups beside each other.
    Refusal while somebody else holds them."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".backups.lock").open("ab") as lock:
        if not _take(lock, shared=not alone):
            raise Refusal(_("another backup, restoring or pruning is under way; try again afterwards"))
        yield


def _is_nobodys(room: Path) -> bool:
    try:
        with (room / _LOCK).open("rb+") as lock:
            return _take(lock)
    except FileNotFoundError:
        return _age(room) > _BEING_MADE
    except OSError:
        return False


def _age(path: Path) -> float:
    try:
        return time.time() - path.stat().st_mtime
    except FileNotFoundError:
        return 0


def _take(lock: BinaryIO, *, shared: bool = False) -> bool:
    """Whether the lock could be had at once; closing the file or the process's end gives it back."""
    try:
        if fcntl:
            fcntl.flock(lock, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
        elif not shared:
            import msvcrt

            msvcrt.locking(lock.fileno(), msvcrt.LK_NBLCK, 1)
    except OSError:
        return False
    return True

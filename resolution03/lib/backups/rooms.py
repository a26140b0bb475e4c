"""Working folders of backups, and who may work: what a killed run left behind goes at the next one."""

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from django.utils.translation import gettext as _

from resolution03.lib.errors import Refusal
from resolution03.lib.locks import take

COPIES = "backups"
"""The folder in `var` for what was here before a restoring."""
_PREFIX, _LOCK = ".backup-", ".lock"


@contextmanager
def workroom(beside: Path) -> Iterator[Path]:
    """A folder on the same disk, gone afterwards, that nobody else may enter."""
    beside.mkdir(parents=True, exist_ok=True)
    sweep(beside)
    with _own_lock(beside) as lock:
        room = lock.with_suffix("")
        room.mkdir(mode=0o700)
        try:
            yield room
        finally:
            shutil.rmtree(room, ignore_errors=True)


def usual_places(var: Path) -> tuple[Path, Path]:
    """Where runs that were killed may have left working folders, besides a backup's own folder."""
    return var, var / COPIES


def left_over(folder: Path) -> list[Path]:
    """Working folders whose process is no longer there."""
    rooms = [path for path in folder.glob(f"{_PREFIX}*") if path.suffix != _LOCK]
    return [room for room in rooms if _is_nobodys(_lock_of(room))]


def sweep(folder: Path) -> int:
    """Remove what killed runs left in a folder; how many working folders that were."""
    found = left_over(folder)
    for room in found:
        shutil.rmtree(room, ignore_errors=True)
    for lock in folder.glob(f"{_PREFIX}*{_LOCK}"):
        if not lock.with_suffix("").exists() and _is_nobodys(lock):
            lock.unlink(missing_ok=True)
    return len(found)


@contextmanager
def at_work(folder: Path, *, alone: bool) -> Iterator[None]:
    """Hold the kept files below `folder`: a restoring or pruning alone, backups beside each other.
    Refusal while somebody else holds them."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / ".backups.lock").touch(mode=0o600)
    with (folder / ".backups.lock").open("ab") as lock:
        if not take(lock, shared=not alone):
            raise Refusal(_("another backup, restoring or pruning is under way; try again afterwards"))
        yield


@contextmanager
def _own_lock(beside: Path) -> Iterator[Path]:
    """A lock beside a working folder: there before it and gone after it. Whoever sweeps meanwhile
    may remove one that nobody holds yet; then another is made."""
    while True:
        lock = beside / f"{_PREFIX}{secrets.token_hex(8)}{_LOCK}"
        with lock.open("xb") as held:
            if take(held) and _is_there(lock, held):
                try:
                    yield lock
                finally:
                    held.close()
                    lock.unlink(missing_ok=True)
                return


def _is_there(lock: Path, held: BinaryIO) -> bool:
    try:
        return os.path.samestat(lock.stat(), os.fstat(held.fileno()))
    except FileNotFoundError:
        return False


def _lock_of(room: Path) -> Path:
    return room.with_name(room.name + _LOCK)


def _is_nobodys(lock: Path) -> bool:
    try:
        with lock.open("rb+") as found:
            return take(found)
    except FileNotFoundError:
        return True
    except OSError:
        return False

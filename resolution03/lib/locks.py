"""Locks on open files, which the end of a process gives back, a killed one's too."""

import sys
from typing import BinaryIO

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl


def take(lock: BinaryIO, *, shared: bool = False) -> bool:
    """Whether the lock could be had at once; closing the file or the process's end gives it back."""
    try:
        if sys.platform != "win32":
            fcntl.flock(lock, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
        elif not shared:
            msvcrt.locking(lock.fileno(), msvcrt.LK_NBLCK, 1)
    except OSError:
        return False
    return True

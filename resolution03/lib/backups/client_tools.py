"""Runs the client tools of PostgreSQL; none outlives the process that started it."""

import ctypes
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

from django.db import connection
from django.utils.translation import gettext as _

from resolution03.lib.backups import hindrances
from resolution03.lib.errors import NotPossible, Refusal

_LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None
_PR_SET_PDEATHSIG = 1


@contextmanager
def running(tool: str, *arguments: str) -> Iterator[IO[bytes]]:
    """What a tool of PostgreSQL prints; it ends with us. The password goes by the environment."""
    found = shutil.which(tool)
    if found is None:
        raise NotPossible(_("%(tool)s is missing: install the client tools of PostgreSQL") % {"tool": tool})
    password = connection.settings_dict["PASSWORD"]
    environment = os.environ | {"LC_ALL": "C"} | ({"PGPASSWORD": password} if password else {})
    with tempfile.TemporaryFile() as told:
        child = subprocess.Popen(  # noqa: S603
            [found, *arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=told,
            env=environment,
            preexec_fn=_end_with_parent if _LIBC else None,
        )
        printed = child.stdout
        if printed is None:
            raise RuntimeError(tool)
        try:
            yield printed
            printed.close()
            status = child.wait()
        except BaseException:
            child.kill()
            printed.close()
            child.wait()
            raise
        if status:
            told.seek(0)
            raise Refusal(hindrances.of_tool(tool, told.read().decode(errors="replace")))


def _end_with_parent() -> None:
    """Linux ends the child when its parent is killed, even while it only waits; elsewhere it ends
    when nobody reads any more what it prints."""
    if _LIBC:
        _LIBC.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)

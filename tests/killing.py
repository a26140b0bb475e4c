"""Work in a process of its own that is killed at a chosen moment."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import connection, connections

EVENTS = {"os.rename", "os.remove", "os.rmdir", "os.mkdir", "subprocess.Popen", "sqlite3.connect"}


def moments(work: Callable[[], None]) -> list[str]:
    """What the work does to files and databases, in order: `event last part of the path`."""
    return _forked(work, None)[0]


def killed(work: Callable[[], None], at: int) -> None:
    """Do the work until its moment `at` would come, then kill it (SIGKILL)."""
    told, status = _forked(work, at)
    assert os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL, (at, status, told)


def _forked(work: Callable[[], None], at: int | None) -> tuple[list[str], int]:
    connections.close_all()
    reading, writing = os.pipe()
    pid = os.fork()
    if not pid:
        os.close(reading)
        _left_behind.extend(_let_go())
        _watch(writing, at)
        try:
            work()
        finally:
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as stream:
        told = stream.read().splitlines()
    return told, os.waitpid(pid, 0)[1]


_left_behind: list = []


def _let_go() -> list:
    """A connection that is still open belongs to who forked: it is neither used nor ended here."""
    held = [(one, one.connection) for one in connections.all(initialized_only=True)]
    for one, _inner in held:
        one.connection = None
    return held


def _watch(writing: int, at: int | None) -> None:
    count = 0

    def hook(event: str, arguments: tuple) -> None:
        nonlocal count
        if event not in EVENTS:
            return
        if count == at:
            os.kill(os.getpid(), signal.SIGKILL)
        count += 1
        os.write(writing, f"{event} {str(arguments[0])[-60:]}\n".encode())

    sys.addaudithook(hook)


def wait_for(happened: Callable[[], bool], seconds: float = 30) -> None:
    """AssertionError unless it happens in time."""
    until = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < until
        time.sleep(0.05)


@dataclass(frozen=True)
class Process:
    """`manage.py` in a process of its own, on the database of the test; `place` for its settings."""

    place: Path
    var: Path

    def run(self, *arguments: str, kill_after: float | None = None) -> None:
        """Wait for it; killed after so many seconds unless it has ended."""
        with self.begun(*arguments) as child:
            try:
                child.wait(kill_after)
            except subprocess.TimeoutExpired:
                child.kill()

    def begun(self, *arguments: str) -> subprocess.Popen:
        connections.close_all()
        return subprocess.Popen(  # noqa: S603
            [sys.executable, "manage.py", *arguments],
            cwd=settings.BASE_DIR,
            env=os.environ | {"DJANGO_SETTINGS_MODULE": self._settings(), "PYTHONPATH": str(self.place)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def _settings(self) -> str:
        text = (
            "from pathlib import Path\nfrom resolution03.settings import *\n"
            f"VAR_DIR = Path({str(self.var)!r})\n"
            f"DATABASES['default']['NAME'] = {str(connection.settings_dict['NAME'])!r}\n"
        )
        (self.place / "settings_of_process.py").write_text(text)
        return "settings_of_process"

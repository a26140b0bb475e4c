"""Several at once: threads with connections of their own, and real processes."""

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from typing import IO

from django.db import connection

from tests.places import ROOT


class Thread(threading.Thread):
    """Works on a connection of its own; `finish` waits and raises what went wrong."""

    def __init__(self, work: Callable[[], None]):
        super().__init__(daemon=True)
        self.work, self.failure = work, None
        self.start()

    def run(self) -> None:
        try:
            self.work()
        except BaseException as failure:  # noqa: BLE001
            self.failure = failure
        finally:
            connection.close()

    def finish(self, within: float = 60) -> None:
        self.join(within)
        assert not self.is_alive(), "still at work"
        if self.failure:
            raise self.failure


def at_once(*works: Callable[[], None]) -> None:
    """Run all in threads; the first failure of any is raised."""
    for thread in [Thread(work) for work in works]:
        thread.finish()


def database_url() -> str:
    """The address of the database of this test, for another process."""
    found = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{found['NAME']}"
    return "postgres://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format(**found)


def process(
    arguments: Sequence[str], output: IO | int = subprocess.PIPE, **environment: str
) -> subprocess.Popen:
    """`python ARGUMENT…` on the database of this test; what it says goes to `output`."""
    return subprocess.Popen(  # noqa: S603
        [sys.executable, *arguments],
        cwd=ROOT,
        text=True,
        stdout=output,
        stderr=output,
        env=os.environ | {"DATABASE_URL": database_url(), "HTTPS": "off", **environment},
    )

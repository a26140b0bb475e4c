"""The limited child process that reads a workbook, and what it says."""

import json
import subprocess
import sys
import threading
import time
from collections.abc import Generator
from pathlib import Path

CHILD = Path(__file__).with_name("child")


class ChildDied(Exception):
    """The child met more than its limits allow, or took too long."""


def told(path: Path, until: float, way: str) -> Generator[dict, None, None]:
    """What the child says of a workbook, as it says it; child/__main__.py tells the forms.

    `until`: the time.monotonic() at which the child is ended; `way`: plain or careful. Raises
    ChildDied.
    """
    process = subprocess.Popen(  # noqa: S603
        [sys.executable, "-I", "-S", str(CHILD), str(path.resolve()), way],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    said = process.stdout
    if said is None:
        raise ChildDied()
    timer = threading.Timer(until - time.monotonic(), process.kill)
    timer.daemon = True
    timer.start()
    try:
        for line in said:
            yield _understood(line)
        if process.wait():
            raise ChildDied()
    finally:
        timer.cancel()
        process.kill()
        said.close()
        process.wait()


def _understood(line: bytes) -> dict:
    """A line that the child could not finish is as good as none."""
    try:
        return json.loads(line)
    except ValueError as error:
        raise ChildDied() from error

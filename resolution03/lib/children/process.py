"""Limited child processes: a hostile file may kill one of them, never the server.

What a child may take of time, memory and room for its answer is said here; limited.py bounds it from
within before anything of the file is read.
"""

import json
import subprocess
import sys
import threading
import time
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, cast

MB = 1024 * 1024
ANSWER = 200 * MB
LIMITED = Path(__file__).with_name("limited.py")


class ChildDied(Exception):
    """The child met more than its limits allow, or took too long."""


@dataclass(frozen=True, slots=True)
class Child:
    """A program of ours, a folder with a `__main__.py`, and what it may take.

    `memory` in bytes; `cpu_seconds` of its own, `seconds` by the clock; without `sees_packages` it has
    the standard library alone.
    """

    folder: Path
    memory: int
    cpu_seconds: int
    seconds: int
    sees_packages: bool = False

    def says(self, *arguments: str, until: float) -> Generator[dict, None, None]:
        """The JSON objects that the child writes, line by line, as it writes them.

        `until`: the time.monotonic() at which it is ended. Raises ChildDied.
        """
        with self._running(arguments, subprocess.DEVNULL, until) as (process, output):
            for line in output:
                yield _understood(line)
            if process.wait():
                raise ChildDied()

    def answers(self, asked: dict, *arguments: str) -> dict:
        """What the child answers to `asked`, which it reads on its standard input. Raises ChildDied."""
        with TemporaryFile() as stream:
            stream.write(json.dumps(asked).encode())
            stream.seek(0)
            until = time.monotonic() + self.seconds
            with self._running(arguments, stream, until) as (process, output):
                answer = output.read(ANSWER + 1)
                if len(answer) > ANSWER or process.wait():
                    raise ChildDied()
        return _understood(answer)

    @contextmanager
    def _running(
        self, arguments: tuple[str, ...], told: int | IO[bytes], until: float
    ) -> Iterator[tuple[subprocess.Popen, IO[bytes]]]:
        process = subprocess.Popen(  # noqa: S603
            self.command(arguments), stdin=told, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        output = cast(IO[bytes], process.stdout)
        timer = threading.Timer(until - time.monotonic(), process.kill)
        timer.daemon = True
        timer.start()
        try:
            yield process, output
        finally:
            timer.cancel()
            process.kill()
            output.close()
            process.wait()

    def command(self, arguments: tuple[str, ...]) -> list[str]:
        isolated = ["-I"] if self.sees_packages else ["-I", "-S"]
        limits = [str(self.memory), str(self.cpu_seconds)]
        return [sys.executable, *isolated, str(LIMITED), *limits, str(self.folder), *arguments]


def _understood(line: bytes) -> dict:
    """A line that the child could not finish is as good as none."""
    try:
        return json.loads(line)
    except ValueError as error:
        raise ChildDied() from error

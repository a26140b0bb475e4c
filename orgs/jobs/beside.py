"""Files beside the table of jobs: how far one is, that one is to stop, who has any.

The database cannot tell these: while an act writes, SQLite lets nobody else write, and what the act
itself writes is seen when it is done. A file is seen at once, and costs a page no statement.
"""

import json
import os
import time
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

from orgs.jobs.phases import Phase, in_words
from resolution03.lib.keeping import private_folder

EVERY = 0.3


def folder() -> Path:
    """Nobody else on the machine may look."""
    return private_folder("progress")


@dataclass
class Progress:
    """Tells how far a job is; not more often than anybody asks, and no work fails because of it."""

    token: UUID
    _told: tuple[Phase | None, float] = field(default=(None, 0.0))

    def __call__(self, phase: Phase, done: int = 0, total: int = 0) -> None:
        now = time.monotonic()
        if phase == self._told[0] and now - self._told[1] < EVERY:
            return
        self._told = phase, now
        try:
            self._write({"phase": phase, "done": done, "total": total})
        except OSError:
            return

    def _write(self, told: dict) -> None:
        path = _progress(self.token)
        written = path.with_suffix(".new")
        descriptor = os.open(written, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w") as stream:
            json.dump(told, stream)
        written.replace(path)


def told(token: UUID) -> str:
    """In words how far a job is; empty when nothing is known."""
    try:
        found = json.loads(_progress(token).read_text())
    except (OSError, ValueError):
        return ""
    return in_words(Phase(found["phase"]), found["done"], found["total"])


def ask_to_stop(token: UUID) -> None:
    _stop(token).touch(mode=0o600)


def is_to_stop(token: UUID) -> bool:
    return _stop(token).exists()


def forget(token: UUID) -> None:
    """A job has ended, or begins anew."""
    _progress(token).unlink(missing_ok=True)
    _stop(token).unlink(missing_ok=True)


def note_user(user: int) -> None:
    """This user has a job that they have not seen ended."""
    _of_user(user).touch(mode=0o600)


def is_noted(user: int) -> bool:
    return _of_user(user).exists()


def forget_user(user: int) -> None:
    _of_user(user).unlink(missing_ok=True)


def _progress(token: UUID) -> Path:
    return folder() / f"{token.hex}.json"


def _stop(token: UUID) -> Path:
    return folder() / f"{token.hex}.stop"


def _of_user(user: int) -> Path:
    return folder() / f"of-{user}"

"""How far long work is, told through a small file that the page asks for while it waits.

No queue and no cache: whoever works replaces `var/progress/TOKEN.json`, whoever asks reads it.
"""

import json
import os
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from django.utils.translation import gettext as _

from resolution03.lib.figures import number
from resolution03.lib.keeping import private_folder

TOKEN = re.compile(r"[0-9a-f]{32}")
EVERY = 0.3


class Phase(StrEnum):
    """What is done at the moment."""

    READ = "read"
    JUDGE = "judge"
    STORE = "store"
    FOLLOW = "follow"
    PLAN = "plan"
    UNDO = "undo"


Tell = Callable[[Phase, int, int], None]
"""Takes the phase, how many rows are done, and of how many (0: nobody knows yet)."""


def silent(phase: Phase, done: int = 0, total: int = 0) -> None:
    """For work that nobody watches."""


@dataclass(slots=True)
class Count:
    """Rows of one phase, told as they are done."""

    tell: Tell
    phase: Phase
    total: int = 0
    done: int = 0

    def add(self, rows: int) -> None:
        self.done += rows
        self.tell(self.phase, self.done, self.total)


@dataclass
class Progress:
    """Tells one user's page; not more often than it asks."""

    path: Path
    user: int
    _told: tuple[Phase | None, float] = field(default=(None, 0.0))

    def __call__(self, phase: Phase, done: int = 0, total: int = 0) -> None:
        now = time.monotonic()
        if phase == self._told[0] and now - self._told[1] < EVERY:
            return
        self._told = phase, now
        written = self.path.with_suffix(".new")
        descriptor = os.open(written, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w") as stream:
            json.dump({"user": self.user, "phase": phase, "done": done, "total": total}, stream)
        written.replace(self.path)


@contextmanager
def progress(token: str, user: int) -> Iterator[Tell]:
    """Tell under the token that the page chose; without a right one, or without room on the disk,
    nobody is told and the work is done all the same."""
    path = folder() / f"{token}.json"
    if not TOKEN.fullmatch(token) or path.exists():
        yield silent
        return
    try:
        yield _forgiving(Progress(path, user))
    finally:
        path.unlink(missing_ok=True)


def told(token: str, user: int) -> str:
    """In words how far the work is that this user waits for; empty when nothing is known."""
    if not TOKEN.fullmatch(token):
        return ""
    try:
        found = json.loads((folder() / f"{token}.json").read_text())
    except (OSError, ValueError):
        return ""
    return in_words(Phase(found["phase"]), found["done"], found["total"]) if found["user"] == user else ""


def in_words(phase: Phase, done: int, total: int) -> str:
    """`Checking… 12.000/33.000 rows`."""
    what = {
        Phase.READ: _("Reading…"),
        Phase.JUDGE: _("Checking…"),
        Phase.STORE: _("Storing…"),
        Phase.FOLLOW: _("Rosters and figures follow…"),
        Phase.PLAN: _("Writing down the plan…"),
        Phase.UNDO: _("Putting back…"),
    }[phase]
    if not done:
        return what
    rows = f"{number(done)}/{number(total)}" if total else number(done)
    return _("%(what)s %(rows)s rows") % {"what": what, "rows": rows}


def folder() -> Path:
    """Where progress is told; nobody else on the machine may look."""
    return private_folder("progress")


def _forgiving(tell: Progress) -> Tell:
    """Work does not fail because nobody can be told."""

    def told(phase: Phase, done: int = 0, total: int = 0) -> None:
        try:
            tell(phase, done, total)
        except OSError:
            pass

    return told

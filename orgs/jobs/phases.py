"""How far long work is: what those who do it tell, and how it is said."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _

from resolution03.lib.figures import number


class Phase(StrEnum):
    """What is done at the moment."""

    READ = "read"
    JUDGE = "judge"
    STORE = "store"
    FOLLOW = "follow"
    PLAN = "plan"
    UNDO = "undo"
    FREEZE = "freeze"
    BUILD = "build"
    COPY = "copy"


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


def in_words(phase: Phase, done: int, total: int) -> str:
    """`Checking… 12.000/33.000 rows`."""
    what = {
        Phase.READ: _("Reading…"),
        Phase.JUDGE: _("Checking…"),
        Phase.STORE: _("Storing…"),
        Phase.FOLLOW: _("Rosters and figures follow…"),
        Phase.PLAN: _("Writing down the plan…"),
        Phase.UNDO: _("Putting back…"),
        Phase.FREEZE: _("Freezing the year…"),
        Phase.BUILD: _("Writing the file…"),
        Phase.COPY: _("Copying…"),
    }[phase]
    if not done:
        return what
    rows = f"{number(done)}/{number(total)}" if total else number(done)
    return _("%(what)s %(rows)s rows") % {"what": what, "rows": rows}

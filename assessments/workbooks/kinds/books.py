"""How the rows of a kind are judged and stored."""

from collections.abc import Collection, Iterable
from typing import Protocol

from django.db.models import Model

from resolution03.lib.workbooks.table import Row


class Expecting(Protocol):
    """The journal of a load (`registers.undoing.journal`), as those see it who are about to write."""

    def expect(self, model: type[Model], *, rows: Collection[int] = (), owners: Iterable = ()) -> None: ...


class Book(Protocol):
    """All rows of one kind in one load."""

    all_rows: list[Row]

    def judge(self) -> None:
        """Put faults and warnings on the rows, their status and what they would change."""

    def announce(self, journal: Expecting) -> None:
        """Tell which rows of which tables `apply` is going to write."""

    def apply(self) -> None:
        """Write through the action that pages use; what it refuses is a fault of the row."""

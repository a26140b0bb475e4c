"""What became of the lines of a year when the roster followed the registers."""

from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any

from django.db.models import Model

from assessments.roster.models.line import RatedLine


@dataclass(frozen=True, slots=True)
class LineChange:
    """One line before and after, by the values of `fields`; None: it was not, or is no longer, in the roster.

    `who`: the key of the organization, member or village that is listed. `kind`: of a movement.
    """

    model: type[Model]
    year: int
    who: int
    fields: tuple[str, ...]
    before: tuple | None
    after: tuple | None
    kind: str = ""

    def old(self, name: str) -> Any:
        return self.before and self.before[self.fields.index(name)]

    def new(self, name: str) -> Any:
        return self.after and self.after[self.fields.index(name)]

    @property
    def states(self) -> tuple[dict | None, dict | None]:
        """The values before and after, by field."""
        before, after = (
            None if row is None else dict(zip(self.fields, row, strict=True))
            for row in (self.before, self.after)
        )
        return before, after

    @property
    def units(self) -> set[int]:
        """The units in whose lists it stood or stands."""
        return {self.old("unit_id"), self.new("unit_id")} - {None}


@dataclass
class RosterChange:
    """The lines that came, changed and went; `dropped`: of those that went, the rated ones."""

    lines: list[LineChange] = field(default_factory=list)
    dropped: list[RatedLine] = field(default_factory=list)

    @property
    def created(self) -> int:
        return sum(line.before is None for line in self.lines)

    @property
    def removed(self) -> int:
        return sum(line.after is None for line in self.lines)

    @property
    def changed(self) -> int:
        return len(self.lines) - self.created - self.removed

    @property
    def mark(self) -> str:
        """Stands for what became of the lines: the same for the same."""
        lines = (
            repr((line.year, line.model, line.kind, line.who, line.before, line.after)) for line in self.lines
        )
        return blake2b("\n".join(sorted(lines)).encode(), digest_size=8).hexdigest()

    def __add__(self, other: "RosterChange") -> "RosterChange":
        return RosterChange(self.lines + other.lines, self.dropped + other.dropped)

"""What a plan asks: what becomes of each old body, and what the new ones are."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property


@dataclass(frozen=True, slots=True)
class Asked:
    """One row: the old body goes whole into `new` on `on`; the same code twice renames, moves or changes it.
    The other values say what the new one is from then on; empty ones leave it as it is."""

    number: int
    old: str
    new: str
    on: date
    decision: str
    name: str = ""
    parent: str = ""
    level: str = ""
    form: str = ""

    @property
    def ends(self) -> bool:
        """Whether the old body ends by it."""
        return self.old != self.new


DESCRIBED = ("name", "parent", "level", "form")


@dataclass(frozen=True)
class AskedPlan:
    """All rows of a plan."""

    rows: Collection[Asked]

    @cached_property
    def of(self) -> Mapping[str, Asked]:
        """The row of an old body; of a code given twice the first."""
        found: dict[str, Asked] = {}
        for row in self.rows:
            found.setdefault(row.old, row)
        return found

    @property
    def decisions(self) -> str:
        """The numbers of the decisions, each once."""
        return "; ".join(dict.fromkeys(row.decision for row in self.rows))[:500]

    @cached_property
    def ending(self) -> Mapping[str, Asked]:
        return {code: row for code, row in self.of.items() if row.ends}

    @cached_property
    def about(self) -> Mapping[str, list[Asked]]:
        """The rows that say what a new body is."""
        found: dict[str, list[Asked]] = defaultdict(list)
        for row in self.rows:
            found[row.new].append(row)
        return found

    @cached_property
    def described(self) -> Mapping[str, Asked]:
        """By the code of a new body all that its rows say of it, the first word of each column."""
        return {code: self._described(rows) for code, rows in self.about.items()}

    def _described(self, rows: list[Asked]) -> Asked:
        values = {name: next(filter(None, (getattr(row, name) for row in rows)), "") for name in DESCRIBED}
        first = next((row for row in rows if row.old == row.new), rows[0])
        return Asked(first.number, first.old, first.new, first.on, first.decision, **values)

    def contradicting(self, row: Asked) -> Iterator[str]:
        """The columns in which another row says something else of the same new body."""
        said = self.described[row.new]
        return (name for name in DESCRIBED if getattr(row, name) not in ("", getattr(said, name)))

"""An invented village, and what it lives through."""

from dataclasses import dataclass, field
from datetime import date

from resolution03.lib.dates import PartialDate


@dataclass(frozen=True, slots=True)
class Stretch:
    """From `on` (None: from the beginning) the village is covered by `cell` (a code) or none."""

    on: date | None
    cell: str | None
    decision: str = ""


@dataclass(slots=True)
class Village:
    code: str
    name: str
    kind: str
    commune: str
    stretches: list[Stretch] = field(default_factory=list)
    founded: PartialDate | None = None
    ends_on: date | None = None
    decision: str = ""
    merged_into: str | None = None

    @property
    def held(self) -> str:
        """The cell that covers it at last; LookupError where none does."""
        cell = self.stretches[-1].cell
        if cell is None:
            raise LookupError(self.code)
        return cell

    def cell_on(self, day: date) -> str | None:
        held = [stretch for stretch in self.stretches if stretch.on is None or stretch.on <= day]
        return held[-1].cell

    def exists_on(self, day: date) -> bool:
        return self.ends_on is None or day <= self.ends_on


@dataclass(slots=True)
class Absence:
    """From `gone_on` to `back_on` (None: for good) a cell has no member."""

    cell: str
    gone_on: date
    back_on: date | None


@dataclass(slots=True)
class Villages:
    by_code: dict[str, Village] = field(default_factory=dict)
    absences: list[Absence] = field(default_factory=list)

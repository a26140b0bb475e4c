"""What a row of names shows: its cells, and what they hold."""

from dataclasses import dataclass, field
from datetime import date

from django.urls import reverse


@dataclass(frozen=True, slots=True)
class Level:
    """A level as a chip; of an older scheme, as plain text."""

    code: str
    name: str
    rank: int
    is_old: bool

    def __str__(self) -> str:
        return self.code


@dataclass(frozen=True, slots=True)
class Change:
    """How a line stands against the year before; `is_lost` when it counted then and not now."""

    words: str
    is_lost: bool = False

    def __str__(self) -> str:
        return self.words


@dataclass(frozen=True, slots=True)
class Column:
    key: str
    label: str
    kind: str = "text"


@dataclass
class Row:
    """Cells of one line, in the order of the columns; `name` is its heading."""

    code: str
    name: str
    unit: str = ""
    cells: dict = field(default_factory=dict)
    page: tuple[str, int] | None = None

    @property
    def url(self) -> str:
        """The page of the record; a workbook has none, and asks for none."""
        return reverse(self.page[0], args=[self.page[1]]) if self.page else ""

    def cell(self, column: Column):
        """What the row shows in a column."""
        if column.key in ("code", "name", "unit"):
            return getattr(self, column.key)
        return self.cells.get(column.key)


def document(decision_number: str, day: date | None) -> str:
    """`117-QĐ/HU, 11/12/2018`."""
    return ", ".join(part for part in (decision_number, f"{day:%d/%m/%Y}" if day else "") if part)

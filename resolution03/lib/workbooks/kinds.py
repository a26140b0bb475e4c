"""Declarations: the kinds of sheets that are taken, and their columns."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from resolution03.lib.dates import EARLIEST
from resolution03.lib.text import match_key
from resolution03.lib.workbooks.cell_types import CellType

BY_NAME = "@name"
"""Behind the key of a code: the column of names that stands for it."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: the key of its values, its heading, how its cells are read. `adds_up`: a total
    row holds the sum of its numbers; `age_at`: the key of the admission, where this is the birth of
    a person, which settles the century of a year of two digits. Of days: none can be before
    `earliest`; `may_lie_ahead`: one after today may be meant. `default`: what an empty cell, or a sheet
    without the column, means; None where it means nothing."""

    key: str
    heading: str
    type: CellType
    required: bool = False
    aliases: Sequence[str] = ()
    adds_up: bool = False
    age_at: str = ""
    earliest: date | None = EARLIEST
    may_lie_ahead: bool = False
    default: str | None = None


@dataclass(frozen=True, slots=True)
class Pair:
    """Two headings that may stand for a choice, and the key of the column that is meant where no
    x stands under them."""

    headings: tuple[str, str]
    choice: str
    instead: str


@dataclass(frozen=True)
class Kind:
    """A kind of sheet. A row is data when its column `code_key` is filled."""

    name: str
    code_key: str
    columns: Sequence[Column]
    pair: Pair | None = None

    @cached_property
    def by_heading(self) -> dict[str, Column]:
        """Columns by the match keys of their headings and aliases."""
        return {
            match_key(heading): column
            for column in self.columns
            for heading in (column.heading, *column.aliases)
        }

    @cached_property
    def name_key(self) -> str | None:
        """The column that holds the name of what the code names."""
        return next((key for key in ("name", "full_name") if key in self.by_key), None)

    @cached_property
    def is_named(self) -> bool:
        """Whether a column of names stands for the code: then the name says whose row it is."""
        return self.code_key + BY_NAME in self.by_key

    @cached_property
    def required(self) -> list[Column]:
        return [column for column in self.columns if column.required]

    @cached_property
    def defaults(self) -> dict[str, object]:
        """What columns mean where nothing stands, by key."""
        return {column.key: column.default for column in self.columns if column.default is not None}

    @cached_property
    def by_key(self) -> dict[str, Column]:
        return {column.key: column for column in self.columns}

    def heading(self, key: str) -> str:
        return self.by_key[key].heading

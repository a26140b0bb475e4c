"""How an office's own sheet is to be read: which column is what, which values stand for which.

A mapping is kept as JSON with the upload (`Upload.choices`) and with a remembered layout.
"""

from collections.abc import Mapping as MappingOf
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Self

from assessments.workbooks.kinds.declared import WorkbookKind
from assessments.workbooks.kinds.listed import kind_of
from assessments.workbooks.kinds.roles import (
    ABOVE,
    ABOVE_LABEL,
    ABOVES,
    BORN,
    BORN_PARTS,
    HIGHER,
    HIGHER_LABEL,
    SEX_LABELS,
    key_of,
)
from resolution03.lib.phrases import Phrase
from resolution03.lib.workbooks.cells import MARK
from resolution03.lib.workbooks.kinds import BY_NAME, Column, Kind

MARKS = ("x", "không")


@dataclass(frozen=True)
class Mapping:
    """`columns`: roles by the sheet's columns from 0, a role being the key of a column of the
    kind or such a key with BY_NAME; `values`: by key, what is written (match key) → what it
    stands for; `year`, `period`: of the whole sheet; `place`: the name to which all its rows belong,
    `has_groups`: group rows name it; `encoding`: "" where the text stands as it is; `is_checked`: made
    since names must agree with what stands around them."""

    kind: str
    header_row: int
    header_rows: int = 1
    columns: MappingOf[int, str] = field(default_factory=dict)
    values: MappingOf[str, MappingOf[str, str]] = field(default_factory=dict)
    year: int | None = None
    period: str = ""
    last_row: int | None = None
    encoding: str = ""
    place: str = ""
    has_groups: bool = False
    is_checked: bool = True

    @property
    def is_outdated(self) -> bool:
        """Made when a superior could be proposed as the row and births were not read."""
        return not self.is_checked and bool(self.stands_in)

    @property
    def entry(self) -> WorkbookKind:
        return kind_of(self.kind)

    @cached_property
    def of_kind(self) -> Kind:
        return self.entry.columns()

    @property
    def keys(self) -> set[str]:
        """The keys of the kind that some column, or the sheet as a whole, fills."""
        given = {key_of(role) for role in self.columns.values() if role not in ABOVES}
        if self.place or self.has_groups:
            given.add(key_of(self.place_role))
        return given | ({"year"} if self.year else set())

    @property
    def place_role(self) -> str:
        """What the name of a group, or of the whole sheet, is read as."""
        place = self.entry.mapped.place
        return place + BY_NAME if place else ABOVE

    @property
    def missing(self) -> list[Column]:
        """Required columns of the kind that nothing fills."""
        named = _named_by_code(self)
        return [column for column in self.of_kind.required if column.key not in self.keys | named]

    @property
    def needs_year(self) -> bool:
        return any(column.key == "year" for column in self.missing)

    @property
    def stands_in(self) -> dict[str, int]:
        """The sheet's columns of names by the key of the code that they stand for."""
        return {
            key_of(role): index
            for index, role in self.columns.items()
            if role.endswith(BY_NAME) and role not in ABOVES
        }

    def as_json(self) -> dict:
        return {
            "kind": self.kind,
            "header_row": self.header_row,
            "header_rows": self.header_rows,
            "columns": {str(index): role for index, role in self.columns.items()},
            "values": {key: dict(found) for key, found in self.values.items()},
            "year": self.year,
            "period": self.period,
            "last_row": self.last_row,
            "encoding": self.encoding,
            "place": self.place,
            "has_groups": self.has_groups,
            "is_checked": self.is_checked,
        }

    @classmethod
    def of_json(cls, stored: dict) -> Self:
        columns = {int(index): role for index, role in stored["columns"].items()}
        return cls(**{"is_checked": False} | stored | {"columns": columns})

    def remembered(self) -> Self:
        """What holds for the next sheet too: not its year and period, its place, nor where its rows end."""
        return replace(self, year=None, period="", last_row=None, place="")

    def at(self, header_row: int) -> Self:
        return replace(self, header_row=header_row, year=None, period="")


def _named_by_code(mapping: Mapping) -> set[str]:
    """A name that stands for the row's own code is its name as well; a village head's is not."""
    kind = mapping.of_kind
    if kind.code_key + BY_NAME not in mapping.columns.values() or kind.code_key != "code":
        return set()
    return {kind.name_key} if kind.name_key else set()


def roles(entry: WorkbookKind, kind: Kind) -> list[tuple[str, Phrase]]:
    """(role, label) of all that a column of a sheet may be; `kind`: the columns of the entry."""
    found: list[tuple[str, Phrase]] = []
    names = entry.mapped.names
    for column in kind.columns:
        found.append((column.key, column.heading))
        if column.key in names:
            found.append((column.key + BY_NAME, names[column.key]))
        if column.key == "sex":
            found += SEX_LABELS.items()
    found += entry.mapped.apart.items()
    if BORN in dict(found):
        found += BORN_PARTS.items()
    return [*found, (ABOVE, ABOVE_LABEL), (HIGHER, HIGHER_LABEL)]


def place_label(entry: WorkbookKind) -> Phrase:
    """What the place of a whole sheet is, in words."""
    return entry.mapped.names[entry.mapped.place] if entry.mapped.place else ABOVE_LABEL


def choices_of(column: Column) -> tuple[str, ...]:
    """What values of a column may stand for, where that is a list; levels are of a year."""
    return MARKS if column.type is MARK else column.type.choices

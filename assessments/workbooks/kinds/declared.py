"""What is said once of each kind of workbook; whatever loads, maps, prepares or undoes asks here.

See docs/adr/0025-one-entry-a-kind-of-workbook.md.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from django.db.models import Model, QuerySet

from assessments.registers.undoing.tables import Table
from assessments.roster.models.line import RatedLine
from assessments.rules.models.schemes import RatedSubject
from assessments.workbooks.kinds.books import Book
from orgs.models import Organization
from resolution03.lib.phrases import Phrase
from resolution03.lib.workbooks.kinds import Column, Kind
from resolution03.lib.workbooks.table import Row

if TYPE_CHECKING:
    from assessments.workbooks.kinds.judging.around import Around
    from assessments.workbooks.kinds.judging.records import Record, Records

PreparedRow = dict[str, Any]
"""By the keys of its kind's columns; `notes` holds what stands beside it and is read past; `closed`, where it
is there, the keys of the columns in which nothing is asked of it."""


class Persons(StrEnum):
    """What a kind tells of persons. NAMED: its rows name one, which is hidden from who may not see
    persons; LISTED: its rows are persons, so that such a user does not see it at all, and nothing
    of it is taken where no names are stored."""

    NONE = "none"
    NAMED = "named"
    LISTED = "listed"


@dataclass(frozen=True, slots=True)
class Roster:
    """The lines of a year that rows are about; `subject`: by whose levels they are rated, None
    where they are not; `only`: which lines."""

    lines: type[RatedLine]
    subject: RatedSubject | None = None
    only: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Mapped:
    """How an office's own sheet becomes one of this kind.

    `names`: codes for which a column of names may stand, with the words for it; `registers`: in
    which the names and codes of a column are looked up, organizations unless said; `place`: the
    code for which the name of a group or of the whole sheet stands; `within`: by code, the key of
    the code in which it must lie; `apart`: what is read only to know who is meant; `about`: one of
    these the sheet must have, with `instead` where they may do; `once`: nothing stands twice for
    one year; `words`: what headings say, a pattern and a role.
    """

    names: Mapping[str, Phrase]
    registers: Mapping[str, str] = field(default_factory=dict)
    place: str = ""
    within: Mapping[str, str] = field(default_factory=dict)
    apart: Mapping[str, Phrase] = field(default_factory=dict)
    about: tuple[str, ...] = ()
    instead: tuple[str, ...] = ()
    once: bool = False
    words: tuple[tuple[str, str], ...] = ()

    def register_of(self, key: str) -> str:
        """The register in which the names and codes of a column are looked up."""
        return self.registers.get(key, "organizations")

    @property
    def member_key(self) -> str | None:
        """The column that names a member by a code."""
        return next((key for key, name in self.registers.items() if name == "members"), None)


@dataclass(frozen=True, slots=True)
class Prepared:
    """The sheet that is handed out filled. `found`: the rows of a unit and year; `written`: as the
    sheet holds them; `meanings`: what each column means; `notes`: what its columns `Ghi chú` tell;
    `codes`: the columns of which the codes are looked up in a list; `together`: columns that go
    with another, whoever decides about the one decides about them.

    `needs_roster`: it is of the roster of an open year, and a blank row is new; `is_of_year`: it
    holds one year; `counted`: how many rows of a unit and year it holds, where `found` says another number;
    `is_whole`: a row in conflict is kept or overwritten as one; `is_offered`: it is
    handed out at all; `most`: above it a
    number can never be right.
    """

    found: Callable[[Organization, int], QuerySet]
    written: Callable[[Any, Organization, int], list[PreparedRow]]
    meanings: Mapping[str, Phrase]
    notes: tuple[Phrase, ...]
    codes: Mapping[str, str] = field(default_factory=dict)
    together: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    needs_roster: bool = False
    is_of_year: bool = False
    is_whole: bool = False
    is_offered: bool = True
    counted: Callable[[Organization, int], int] | None = None
    most: int = 99_999_999


@dataclass(frozen=True, slots=True)
class Trace:
    """Which entries of the trail tell that a row was changed: those about `model`, of `action`
    alone where one is named. `key`: the attributes that make up the row's key; `column`: the one
    that names the column, where each cell is an object of its own; `columns`: the keys of the
    columns by the names that the entry tells, where these are others, "" of what is no column of such a row;
    `fixed`: what an attribute of `key` is that the model does not have."""

    model: type[Model]
    key: tuple[str, ...]
    column: str = ""
    action: str = ""
    columns: Callable[[], Mapping[str, str]] | None = None
    fixed: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class WorkbookKind:
    """One kind. `columns`: as they stand now; `key`: those that make a row the same one in every
    workbook, `code` that of what the row is about; `book`: judges and stores its rows, None for
    the registers, which are judged together and before all others; `tables`: what it writes, for
    undoing it; `subjects`: whose levels its rows name; `is_tried`: what
    follows of its rows is seen by storing them, so that a check stores and takes back; `record`: whose record
    a row means, where its code alone does not say it.

    `common`: where the columns follow a list that the Board keeps, the keys of those that every
    sheet has, and `of_year` those of one year. Such a kind takes no sheet that another recognizes
    by more than these.
    """

    name: str
    title: Phrase
    columns: Callable[[], Kind]
    key: tuple[str, ...]
    tables: tuple[Table, ...]
    traces: tuple[Trace, ...]
    mapped: Mapped
    prepared: Prepared
    book: Callable[[Around, list[Row]], Book] | None = None
    code: str = "code"
    persons: Persons = Persons.NONE
    roster: Roster | None = None
    subjects: tuple[RatedSubject, ...] = ()
    is_tried: bool = False
    record: Callable[[Records, Row], Record] | None = None
    common: frozenset[str] = frozenset()
    of_year: Callable[[Kind, int], Kind] = lambda kind, year: kind

    @property
    def is_register(self) -> bool:
        return self.book is None

    @property
    def register(self) -> str:
        """The register that knows what its rows are about."""
        return self.mapped.register_of(self.code)

    @property
    def fills(self) -> str:
        """The register that its rows make up; "" for what is in none."""
        return self.register if self.is_register and self.key == (self.code,) else ""

    @property
    def names_persons(self) -> bool:
        return self.persons != Persons.NONE

    @property
    def is_of_persons(self) -> bool:
        return self.persons == Persons.LISTED

    def is_key_alone(self, key: str) -> bool:
        """Whether a column alone says within a workbook of one year which row this is."""
        return key == self.key[-1] and not set(self.key) - {key, "year"}

    def record_of(self, records: Records, row: Row) -> Record:
        """Whose record a row that is not at fault means."""
        return self.record(records, row) if self.record else records.in_register(self.register, row)

    def listed(self, kind: Kind) -> Iterator[Column]:
        """The columns that follow the Board's list."""
        return (column for column in kind.columns if self.common and column.key not in self.common)

    def about(self, kind: Kind) -> set[str]:
        """One of these columns a sheet must have; empty where none is needed."""
        return {*self.mapped.about, *(column.key for column in self.listed(kind))}

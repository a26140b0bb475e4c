"""A sheet as rows of a kind: what each cell said, where it stood, what is wrong."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from resolution03.lib.dates import PartialDate
from resolution03.lib.workbooks.cell_types import CLEAR
from resolution03.lib.workbooks.faults import ORDER, Fault, cell_name, shown
from resolution03.lib.workbooks.headings import Header
from resolution03.lib.workbooks.kinds import Kind
from resolution03.lib.workbooks.reading import Cell


@dataclass(slots=True, eq=False)
class Row:
    """A data row. `values` has no key for an empty cell or an absent column, unless that means something
    by itself: it changes nothing.

    `columns`: where the columns that are there stand, from 0, by key. `status` and `changes`
    (before, after by attribute) say what loading the row would do, `note` in words what they leave open.
    """

    number: int
    kind: Kind
    values: dict[str, object]
    cells: dict[str, Cell]
    columns: Mapping[str, int]
    fault: Fault | None = None
    warnings: list[Fault] = field(default_factory=list)
    status: str = ""
    changes: dict[str, tuple[object, object]] = field(default_factory=dict)
    note: str = ""

    @property
    def code(self):
        value = self.values.get(self.kind.code_key)
        return None if value is CLEAR else value

    def has(self, key: str) -> bool:
        return key in self.values

    def given(self, key: str, default: object = None) -> object:
        """The value of a cell; `default` for an empty, absent or cleared one."""
        value = self.values.get(key, default)
        return default if value is CLEAR else value

    def text(self, key: str) -> str | None:
        """The text of a cell, None for an empty, absent or cleared one."""
        value = self.given(key)
        return value if isinstance(value, str) else None

    def texts(self, key: str) -> tuple[str, ...]:
        """The texts of a cell that holds several; none for an empty one."""
        value = self.given(key)
        return value if isinstance(value, tuple) else ()

    def whole(self, key: str) -> int | None:
        """The number of a cell, None for an empty, absent or cleared one."""
        value = self.given(key)
        return value if isinstance(value, int) else None

    def partial(self, key: str) -> PartialDate | None:
        """The date of a cell, None for an empty, absent or cleared one."""
        value = self.given(key)
        return value if isinstance(value, PartialDate) else None

    def day(self, key: str) -> date | None:
        """The day of `partial`."""
        value = self.partial(key)
        return value.day if value else None

    def blame(self, code: str, key: str, message: str) -> None:
        """Put a fault on the row; the first in the order of the codes stays, of two with one code that of the
        first column."""
        told = self._told(code, key, message)
        if self.fault is None or self._rank(told) < self._rank(self.fault):
            self.fault = told

    def warn(self, code: str, key: str, message: str) -> None:
        self.warnings.append(self._told(code, key, message))

    def warn_once(self, code: str, key: str, message: str) -> None:
        """Warn unless the cell bears a warning with this code already."""
        heading = self.kind.heading(key)
        if not any((told.code, told.column) == (code, heading) for told in self.warnings):
            self.warn(code, key, message)

    def _rank(self, fault: Fault) -> tuple[int, int]:
        headings: list[str | None] = [column.heading for column in self.kind.columns]
        return ORDER.index(fault.code), headings.index(fault.column)

    def _told(self, code: str, key: str, message: str) -> Fault:
        heading, found = self.kind.heading(key), shown(self.cells.get(key))
        column = self.columns.get(key, self.columns.get(self.kind.code_key))
        cell = None if column is None else cell_name(self.number, column)
        return Fault(self.number, heading, found, code, str(message), cell)


@dataclass(slots=True, eq=False)
class Table:
    """A sheet that was recognized. With `faults` (of its header) its rows are not judged.

    `passed`: the number and the first text of each row that is no data: totals, groups, numbering.
    `warnings`: about rows that are no data. `note`: how it was read, for the page where the user
    decides about it; `answers`: what they decided about its texts.
    """

    sheet: str
    header: Header
    rows: list[Row] = field(default_factory=list)
    passed: list[tuple[int, str]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    warnings: list[Fault] = field(default_factory=list)
    note: dict = field(default_factory=dict)
    answers: dict = field(default_factory=dict)

    @property
    def kind(self) -> Kind:
        return self.header.kind

    @property
    def skipped(self) -> int:
        return len(self.passed)

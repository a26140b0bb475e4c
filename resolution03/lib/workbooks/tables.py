"""A sheet as a table of one kind: its header, and its rows with their values read."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from resolution03.lib.dates import PartialDate, birth
from resolution03.lib.workbooks.cell_types import CLEAR, BadCell
from resolution03.lib.workbooks.data_rows import first_text, is_coded_plainly, is_data, is_total
from resolution03.lib.workbooks.doubts import doubt_rows, doubts_of_sheet
from resolution03.lib.workbooks.faults import ORDER, Fault, cell_name, shown
from resolution03.lib.workbooks.heading_faults import header_faults
from resolution03.lib.workbooks.headings import Header, find_header, is_numbering, repeats
from resolution03.lib.workbooks.kinds import Column, Kind
from resolution03.lib.workbooks.paired import unpaired
from resolution03.lib.workbooks.reading import Cell, Sheet
from resolution03.lib.workbooks.sums import Break, differing_totals

STRAY_AFTER = 1_000
MOST_MERGED = 500_000
"""So many cells below merged ones are filled; a sheet that people merged has fewer."""


@dataclass(slots=True, eq=False)
class Row:
    """A data row. `values` has no key for an empty cell or an absent column: it changes nothing.

    `columns`: where the columns that are there stand, from 0, by key. `status` and `changes`
    (before, after by attribute) say what loading the row would do.
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

    def partial(self, key: str) -> PartialDate | None:
        """The date of a cell, None for an empty, absent or cleared one."""
        value = self.given(key)
        return value if isinstance(value, PartialDate) else None

    def day(self, key: str) -> date | None:
        """The day of `partial`."""
        value = self.partial(key)
        return value.day if value else None

    def blame(self, code: str, key: str, message: str) -> None:
        """Put a fault on the row; the first in the order of the codes stays."""
        if self.fault is None or ORDER.index(code) < ORDER.index(self.fault.code):
            self.fault = self._told(code, key, message)

    def warn(self, code: str, key: str, message: str) -> None:
        self.warnings.append(self._told(code, key, message))

    def warn_once(self, code: str, key: str, message: str) -> None:
        """Warn unless the cell bears a warning with this code already."""
        heading = self.kind.heading(key)
        if not any((told.code, told.column) == (code, heading) for told in self.warnings):
            self.warn(code, key, message)

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


def read_table(sheet: Sheet, kinds: Iterable[Kind], ignored: Collection[str] = ()) -> Table | None:
    """The table of a sheet, or None when no header is recognized. `ignored`: match keys."""
    kinds = list(kinds)
    header = find_header(sheet, kinds, ignored)
    for kind in kinds:
        if other := unpaired(sheet, kind):
            found = find_header(other, [kind], ignored)
            if found and (header is None or found.score > header.score):
                sheet, header = other, found
    if header is None:
        return None
    table = Table(sheet.name, header, faults=header_faults(header))
    read_rows(table, sheet)
    return table


def read_rows(table: Table, sheet: Sheet) -> None:
    """Read what stands below the table's header."""
    header = table.header
    readers = [Reader(index, column) for index, column in header.columns]
    readers.sort(key=lambda reader: header.kind.columns.index(reader.column))
    code = next((reader for reader in readers if reader.column.key == header.kind.code_key), None)
    under_header, last = True, header.last_row
    width, columns, breaks = header.width, header.places, []
    merged = _merged_down(sheet, header)
    for number, cells in sheet.rows:
        if number <= header.last_row:
            continue
        cells = cells[:width]
        if number in merged:
            cells = _filled(cells, merged[number])
        filled = len(cells) - cells.count(None)
        if not filled or (filled == 1 and number - last > STRAY_AFTER):
            continue
        last = number
        numbering, under_header = under_header and is_numbering(cells), False
        if not is_coded_plainly(cells, code) and repeats(header, cells):
            table.passed.append((number, first_text(cells)))
            continue
        if not numbering and is_data(cells, code):
            table.rows.append(_read_row(number, cells, header.kind, columns, readers))
            continue
        table.passed.append((number, first_text(cells)))
        if not numbering:
            breaks.append(Break(number, len(table.rows), cells, any(map(is_total, cells))))
    table.warnings = list(differing_totals(table.rows, breaks, header.columns))
    settle_births(table)
    doubt_rows(table.rows, [(reader.column, reader.known) for reader in readers], sheet)
    known = [(reader.index, reader.column, reader.known) for reader in readers]
    table.warnings += doubts_of_sheet(table.rows, header, known, sheet)


def _merged_down(sheet: Sheet, header: Header) -> dict[int, dict[int, Cell]]:
    """What stands in the rows below the first one of cells that are merged over several: by row and
    by column from 0."""
    down = [
        (top, left - 1, bottom)
        for top, left, bottom, _right in sheet.merged
        if bottom > top > header.last_row and left <= header.width
    ]
    found: dict[int, dict[int, Cell]] = defaultdict(dict)
    rows, left = dict(sheet.rows) if down else {}, MOST_MERGED
    numbers = sorted(rows)
    for top, index, bottom in down:
        cells = rows.get(top, ())
        below = numbers[bisect_right(numbers, top) : bisect_right(numbers, bottom)]
        for number in below[:left] if index < len(cells) else ():
            found[number][index] = cells[index]
        left = max(0, left - len(below))
    return found


def _filled(cells: list[Cell], merged: Mapping[int, Cell]) -> list[Cell]:
    cells = cells + [None] * (max(merged) + 1 - len(cells))
    return [merged.get(index) if cell is None else cell for index, cell in enumerate(cells)]


def settle_births(table: Table) -> None:
    """Births of a year typed with two digits, each by the admission of its row."""
    for column in table.kind.columns:
        for row in table.rows if column.age_at else ():
            value = row.values.get(column.key)
            if type(value) is PartialDate and value.is_short:
                row.values[column.key] = birth(value, row.day(column.age_at))


class Reader:
    """Reads the cells of one column; what was read once is known for the next cell like it."""

    def __init__(self, index: int, column: Column):
        self.index = index
        self.column = column
        self.known: dict[type, dict[Cell, object]] = defaultdict(dict)

    def read(self, cell: Cell) -> object:
        known = self.known[type(cell)]
        if cell not in known:
            known[cell] = self._read(cell)
        return known[cell]

    def _read(self, cell: Cell) -> object:
        try:
            return self.column.type.read(cell)
        except BadCell as bad:
            return bad


def _read_row(
    number: int, cells: list[Cell], kind: Kind, columns: Mapping[str, int], readers: list[Reader]
) -> Row:
    values: dict[str, object] = {}
    found: dict[str, Cell] = {}
    row = Row(number, kind, values, found, columns)
    width = len(cells)
    for reader in readers:
        cell = cells[reader.index] if reader.index < width else None
        column = reader.column
        if cell is None:
            if column.required:
                row.blame("required", column.key, _("this cell must not be empty"))
            continue
        known = reader.known[type(cell)]
        value = known[cell] if cell in known else reader.read(cell)
        found[column.key] = cell
        if value is CLEAR and column.required:
            row.blame("required", column.key, _("this cell cannot be cleared"))
        elif type(value) is BadCell:
            row.blame(value.fault, column.key, value.message)
        else:
            values[column.key] = value
    return row

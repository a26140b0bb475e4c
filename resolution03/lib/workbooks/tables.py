"""A sheet as a table of one kind: its header, and its rows with their values read."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from django.utils.translation import gettext as _

from resolution03.lib.dates import PartialDate, birth
from resolution03.lib.workbooks.cell_types import CLEAR, BadCell
from resolution03.lib.workbooks.data_rows import first_text, is_coded_plainly, is_data, is_total
from resolution03.lib.workbooks.doubts import doubt_rows, doubts_of_sheet
from resolution03.lib.workbooks.heading_faults import header_faults
from resolution03.lib.workbooks.headings import Header, find_header, is_numbering, repeats
from resolution03.lib.workbooks.kinds import Column, Kind
from resolution03.lib.workbooks.paired import unpaired
from resolution03.lib.workbooks.reading import Cell, Sheet
from resolution03.lib.workbooks.sums import Break, differing_totals
from resolution03.lib.workbooks.table import Row, Table

STRAY_AFTER = 1_000
MOST_MERGED = 500_000
"""So many cells below merged ones are filled; a sheet that people merged has fewer."""


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
    values: dict[str, object] = dict(kind.defaults)
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
            values.pop(column.key, None)
            row.blame(value.fault, column.key, value.message)
        else:
            values[column.key] = value
    return row

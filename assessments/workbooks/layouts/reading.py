"""An office's own sheet, read by a mapping into a table of one kind. Pure."""

import hashlib
import json
import re
from collections.abc import Iterator
from collections.abc import Mapping as MappingOf
from dataclasses import replace

from assessments.workbooks.kinds.roles import (
    ABOVE,
    ABOVES,
    BORN,
    BORN_PARTS,
    SEXES,
    key_of,
)
from assessments.workbooks.layouts.closing import leave_out_closing
from assessments.workbooks.layouts.groups import take_groups
from assessments.workbooks.layouts.mapping import Mapping, place_label
from assessments.workbooks.layouts.taking import take_births, take_names, take_places, take_sexes, translating
from members.imports import MEMBERS
from resolution03.lib.encodings import Encoding, decode
from resolution03.lib.text import clean, match_key
from resolution03.lib.workbooks.cell_types import plain_text
from resolution03.lib.workbooks.cells import DATE, text
from resolution03.lib.workbooks.headings import HEADER_WITHIN, Header, is_numbering
from resolution03.lib.workbooks.kinds import BY_NAME, Column, Kind
from resolution03.lib.workbooks.reading import Cell, Formula, Sheet
from resolution03.lib.workbooks.table import Table
from resolution03.lib.workbooks.tables import read_rows, settle_births

MOST_COLUMNS = 60
JOINED = " / "
NAMES = text(255)
_YEAR = re.compile(r"(?:19|20)\d\d")


def headings(sheet: Sheet, row: int, rows: int = 1) -> dict[int, str]:
    """What stands over each column from 0; a caption over several columns is joined to what
    stands below it."""
    found = _filled(sheet, row)
    if rows == 1:
        return {index: found[index] for index in sorted(found)}
    below = _texts(sheet, row + 1)
    joined = {}
    for index in sorted(found | below):
        parts = dict.fromkeys(filter(None, (found.get(index), below.get(index))))
        joined[index] = JOINED.join(parts)
    return joined


def signature(found: MappingOf[int, str]) -> str:
    """SHA-256 by which a layout is known again: its headings in order; a year in one of them
    is of that sheet only."""
    keys = [[index, _YEAR.sub("#", match_key(heading))] for index, heading in found.items()]
    return hashlib.sha256(json.dumps(sorted(keys)).encode()).hexdigest()


def signatures(sheet: Sheet) -> Iterator[tuple[int, int, str]]:
    """(header row, its rows, signature) of each place where a header may stand."""
    for number, _cells in sheet.rows:
        if number > HEADER_WITHIN:
            return
        for rows in (2, 1):
            found = headings(sheet, number, rows)
            if len(found) > 1:
                yield number, rows, signature(found)


def read_mapped(sheet: Sheet, mapping: Mapping) -> Table:
    """The table of a sheet as the mapping says. Cells that stand for codes by a name are values
    of their own (`code@name`), to be resolved."""
    sheet = _cut(in_unicode(sheet, mapping.encoding), mapping.last_row)
    found = headings(sheet, mapping.header_row, mapping.header_rows)
    kind = _kind(mapping, found)
    columns = [(index, kind.by_key[role]) for index, role in sorted(mapping.columns.items())]
    header = Header(
        mapping.header_row,
        mapping.header_row + mapping.header_rows - 1,
        [(index, written, match_key(written)) for index, written in found.items()],
        set(),
        kind,
        columns,
    )
    last = max(mapping.columns, default=0)
    if last > max(found, default=-1):
        header.headings.append((last, "", ""))
    table = Table(sheet.name, header)
    read_rows(table, sheet)
    leave_out_closing(table, sheet)
    places = header.places | mapping.stands_in
    for row in table.rows:
        row.columns = places
        for key in mapping.stands_in:
            if key + BY_NAME in row.cells:
                row.cells[key] = row.cells[key + BY_NAME]
        if mapping.year:
            row.values["year"] = mapping.year
        if mapping.period:
            row.values["period"] = mapping.period
    take_names(table)
    take_births(table)
    take_sexes(table)
    settle_births(table)
    if mapping.stands_in or mapping.has_groups:
        take_groups(table, sheet)
    if mapping.place or mapping.has_groups:
        take_places(table, mapping)
    return table


def in_unicode(sheet: Sheet, encoding: str) -> Sheet:
    """The sheet with its texts decoded; as it is for ""."""
    if not encoding:
        return sheet
    known: dict[str, str] = {}

    def decoded(cell: Cell) -> Cell:
        if type(cell) is not str:
            return cell
        if cell not in known:
            known[cell] = decode(cell, Encoding(encoding))
        return known[cell]

    rows = [(number, [decoded(cell) for cell in cells]) for number, cells in sheet.rows]
    return replace(sheet, rows=rows)


def first_values(sheet: Sheet, below: int, index: int, most: int = 5) -> list[str]:
    """The first values of a column below a row, each once."""
    found: dict[str, None] = {}
    for number, cells in sheet.rows:
        if number <= below or (number == below + 1 and is_numbering(cells)):
            continue
        if index < len(cells) and cells[index] is not None:
            found[shown(cells[index])] = None
            if len(found) == most:
                break
    return list(found)


def shown(cell: Cell) -> str:
    return cell.text if isinstance(cell, Formula) else plain_text(cell)


def _cut(sheet: Sheet, last_row: int | None) -> Sheet:
    if not last_row:
        return sheet
    return replace(sheet, rows=[pair for pair in sheet.rows if pair[0] <= last_row])


def _texts(sheet: Sheet, row: int) -> dict[int, str]:
    cells = next((cells for number, cells in sheet.rows if number == row), [])
    return {
        index: clean(shown(cell))[:200] for index, cell in enumerate(cells[:MOST_COLUMNS]) if cell is not None
    }


def _filled(sheet: Sheet, row: int) -> dict[int, str]:
    """The texts of a row, a merged one over all its columns."""
    found = _texts(sheet, row)
    for top, left, _bottom, right in sheet.merged:
        if top == row and left - 1 in found:
            for index in range(left, min(right, MOST_COLUMNS)):
                found.setdefault(index, found[left - 1])
    return found


def _kind(mapping: Mapping, found: MappingOf[int, str]) -> Kind:
    """The kind of the mapping with the headings that the sheet has, and columns for names. The
    heading of a person's name stays: by it pages know what they may not show."""
    kind = mapping.of_kind
    written = {role: found.get(index, "") for index, role in mapping.columns.items()}
    heading = {key_of(role): text for role, text in written.items() if text and role not in ABOVES}
    heading.pop("full_name", None)
    columns = []
    for column in kind.columns:
        stands_in = column.key + BY_NAME in written
        columns.append(
            replace(
                column,
                heading=heading.get(column.key, column.heading),
                type=translating(column.type, mapping.values.get(column.key, {})),
                required=column.required and column.key in written,
            )
        )
        if stands_in:
            columns.append(
                Column(column.key + BY_NAME, heading.get(column.key, column.heading), NAMES, column.required)
            )
    if mapping.place_role not in written and (mapping.place or mapping.has_groups):
        label = str(place_label(mapping.entry))
        columns.append(Column(mapping.place_role, label, NAMES, mapping.place_role != ABOVE))
    columns += [
        Column(role, written[role], NAMES) for role in (*ABOVES, *SEXES, *BORN_PARTS) if role in written
    ]
    if BORN not in kind.by_key and written.keys() & {BORN, *SEXES, *BORN_PARTS}:
        columns.append(Column(BORN, written.get(BORN) or MEMBERS.heading(BORN), DATE))
    return Kind(kind.name, kind.code_key, tuple(columns))

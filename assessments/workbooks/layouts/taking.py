"""What a cell of an office's own sheet gives a row: places, births, sexes, names."""

from collections.abc import Mapping as MappingOf
from dataclasses import replace

from django.utils.translation import gettext as _

from assessments.workbooks.kinds.roles import (
    ABOVE,
    BORN,
    BORN_PARTS,
    GROUPS,
    SEXES,
    key_of,
)
from assessments.workbooks.layouts.groups import nearest
from assessments.workbooks.layouts.mapping import Mapping
from resolution03.lib.dates import PartialDate
from resolution03.lib.text import match_key
from resolution03.lib.workbooks.cell_types import CLEAR, BadCell, CellType, plain_text
from resolution03.lib.workbooks.cells import DATE, MARK
from resolution03.lib.workbooks.kinds import BY_NAME
from resolution03.lib.workbooks.reading import Cell
from resolution03.lib.workbooks.table import Table


def translating(known: CellType, values: MappingOf[str, str]) -> CellType:
    """Reads what a value stands for in its place."""
    if not values:
        return known

    def parse(cell: Cell) -> object:
        return known.parse(values.get(match_key(plain_text(cell)), cell))

    return replace(known, parse=parse)


def take_places(table: Table, mapping: Mapping) -> None:
    """Where a column does not say it, the group or the whole sheet says to what a row belongs."""
    role, key = mapping.place_role, key_of(mapping.place_role)
    for row in table.rows:
        group = nearest(row)
        name = mapping.place or group
        if name and role not in row.values:
            row.values[role] = row.cells[role] = row.cells[key] = name
            row.values[GROUPS] = tuple(text for text in row.texts(GROUPS) if text != group)
        elif role != ABOVE and role not in row.values:
            row.blame("required", key, _("no group row above names it"))


def take_births(table: Table) -> None:
    """A birth whose day, month and year stand in columns of their own."""
    roles = [role for role in BORN_PARTS if role in table.kind.by_key]
    for row in table.rows if roles else ():
        parts = [plain_text(row.cells[role]).removesuffix(".0") for role in roles if role in row.cells]
        text = "/".join(part.strip() for part in parts)
        if text and BORN not in row.values:
            row.cells[BORN] = text
            if born := _date(text):
                row.values[BORN] = born
            else:
                row.blame("bad_date", BORN, _("day, month and year make no date"))


def take_sexes(table: Table) -> None:
    """Of two columns Nam and Nữ the filled one tells the sex; a year in it is that of the birth."""
    roles = [role for role in SEXES if role in table.kind.by_key]
    for row in table.rows if roles else ():
        filled = [role for role in roles if role in row.cells and not _says_no(row.cells[role])]
        if len(filled) > 1:
            row.blame("bad_choice", filled[1], _("both Nam and Nữ are filled"))
        elif filled:
            cell = row.cells[filled[0]]
            if "sex" in table.kind.by_key:
                row.values["sex"] = table.kind.by_key["sex"].type.read(SEXES[filled[0]])
            if BORN not in row.cells and (born := _date(cell)):
                row.values[BORN], row.cells[BORN] = born, cell


def _says_no(cell: Cell) -> bool:
    try:
        return MARK.read(cell) is CLEAR
    except BadCell:
        return False


def _date(cell: Cell) -> PartialDate | None:
    try:
        found = DATE.read(cell)
    except BadCell:
        return None
    return found if isinstance(found, PartialDate) else None


def take_names(table: Table) -> None:
    """A name that stands for the row's own code is its name as well."""
    role, key = table.kind.code_key + BY_NAME, table.kind.name_key
    if role not in table.kind.by_key or key is None or table.kind.code_key != "code":
        return
    for row in table.rows:
        if role in row.values:
            row.values.setdefault(key, row.values[role])
            row.cells.setdefault(key, row.cells[role])

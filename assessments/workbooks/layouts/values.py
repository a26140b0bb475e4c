"""Values of a mapped sheet that say nothing by themselves: "A", "Tốt", "loại 1"."""

from dataclasses import dataclass, replace

from assessments.rules.models.schemes import Level
from assessments.workbooks.kinds.judging.levels import Years
from assessments.workbooks.kinds.roles import LEVEL_KEYS
from assessments.workbooks.layouts.mapping import Mapping, choices_of
from assessments.workbooks.layouts.reading import read_mapped, shown
from resolution03.lib.text import match_key
from resolution03.lib.workbooks.cell_types import BadCell, CellType
from resolution03.lib.workbooks.kinds import BY_NAME, Column
from resolution03.lib.workbooks.reading import Cell, Formula, Sheet
from resolution03.lib.workbooks.table import Row

MOST = 40


@dataclass(frozen=True, slots=True)
class Asked:
    """A column with values that need a meaning: match key → as written; `options`: (value, label)
    of what they may stand for."""

    key: str
    label: str
    written: dict[str, str]
    options: list[tuple[str, str]]


def asked_values(sheet: Sheet, mapping: Mapping, years: Years) -> list[Asked]:
    """The columns of choices and levels whose values are not all understood as they stand."""
    bare = replace(mapping, values={})
    table = read_mapped(sheet, bare)
    found = []
    for role in mapping.columns.values():
        column = mapping.of_kind.by_key.get(role)
        if column is None or role.endswith(BY_NAME):
            continue
        is_level = role in LEVEL_KEYS and mapping.entry.subjects
        asked = _levels(table.rows, mapping, column, years) if is_level else None
        if choices_of(column):
            asked = _choices(table.rows, column)
        if asked:
            found.append(asked)
    return found


def _choices(rows: list[Row], column: Column) -> Asked | None:
    written = _written(rows, column.key, lambda row, cell: _understands(column.type, cell))
    options = [(choice, choice) for choice in choices_of(column)]
    return Asked(column.key, column.heading, written, options) if written else None


def _levels(rows: list[Row], mapping: Mapping, column: Column, years: Years) -> Asked | None:
    subjects = mapping.entry.subjects
    given = {year for row in rows if (year := row.whole("year")) is not None}
    schemes = {year: scheme for year in given if (scheme := years.scheme(year))}
    known = list(schemes)
    if not known:
        return None
    written = _written(
        rows,
        column.key,
        lambda row, cell: (
            any(years.level_code(row.whole("year"), subject, shown(cell)) for subject in subjects)
            or row.whole("year") not in known
        ),
    )
    levels = Level.objects.filter(
        scheme__in={schemes[year].pk for year in known}, subject__in=subjects
    ).order_by("subject", "rank")
    options = dict((code, f"{code}: {name}") for code, name in levels.values_list("code", "name"))
    return Asked(column.key, column.heading, written, list(options.items())) if written else None


def _written(rows: list[Row], key: str, is_understood) -> dict[str, str]:
    found: dict[str, str] = {}
    for row in rows:
        cell = row.cells.get(key)
        if cell is None or isinstance(cell, Formula) or len(found) >= MOST:
            continue
        text = shown(cell)
        if match_key(text) not in found and not is_understood(row, cell):
            found[match_key(text)] = text
    return found


def _understands(known: CellType, cell: Cell) -> bool:
    try:
        known.read(cell)
    except BadCell:
        return False
    return True

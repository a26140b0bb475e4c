"""Rows between the data that say to what those below them belong. Pure."""

import re
from dataclasses import dataclass

from assessments.workbooks.kinds.listed import kind_of
from assessments.workbooks.kinds.roles import GROUPS, TITLES
from assessments.workbooks.layouts.spelling import group_name, is_of_party, rank
from resolution03.lib.text import clean, match_key
from resolution03.lib.workbooks.cell_types import plain_text
from resolution03.lib.workbooks.headings import is_numbering
from resolution03.lib.workbooks.kinds import BY_NAME
from resolution03.lib.workbooks.reading import Cell, Sheet
from resolution03.lib.workbooks.table import Row, Table

_NUMERAL = re.compile(r"[(]?(\d+|[IVXLC]+|[A-ZĐa-z])[.)]*")
_LEADING = re.compile(r"^[(]?(\d+|[IVXLC]+|[A-ZĐ])\s*[.)/:]")
_ORDINAL = re.compile(r"\s*(\d{1,6})(?:\.0?)?\s*", re.ASCII)
_TOTALS = {match_key(word) for word in ("Cộng", "Tổng cộng", "Tổng số", "Toàn tỉnh")}


@dataclass(frozen=True, slots=True)
class _Group:
    """A group row; `style`: of its numeral, "" without one."""

    text: str
    rank: int | None
    style: str


def take_groups(table: Table, sheet: Sheet) -> None:
    """Each row knows the names of the groups in which it stands, the nearest first, the titles
    above the table, and the name of the sheet."""
    _pass_named_groups(table)
    titles = _titles(sheet, table.header.row)
    data = {row.number: row for row in table.rows}
    passed = {number for number, _text in table.passed}
    rows = [(number, cells) for number, cells in sheet.rows if number in data or number in passed]
    ordinals = [None, *(ordinal_of(cells) for _number, cells in rows), None]
    groups: list[_Group] = []
    for place, (number, cells) in enumerate(rows):
        if number in data:
            data[number].values |= {
                TITLES: titles,
                GROUPS: tuple(group.text for group in reversed(groups)),
            }
        elif not _counts_on(*ordinals[place : place + 3]) or _is_of_persons(table):
            groups = _opened(groups, _group(cells))


def _pass_named_groups(table: Table) -> None:
    """In a list of persons a row named as an organization is the group's, whatever it counts."""
    if not _is_of_persons(table):
        return
    rows, table.rows = table.rows, []
    for row in rows:
        name = row.text("code" + BY_NAME) or row.text("full_name") or ""
        if is_of_party(name):
            table.passed.append((row.number, name))
        else:
            table.rows.append(row)
    table.passed.sort()


def _is_of_persons(table: Table) -> bool:
    return kind_of(table.kind.name).names_persons


def _group(cells: list[Cell]) -> _Group | None:
    """What a row without data names: the text that begins like an organization, else the longest."""
    texts = [clean(cell) for cell in cells if type(cell) is str]
    texts = [text for text in texts if match_key(text).rstrip(":") not in _TOTALS]
    named = [text for text in texts if not _NUMERAL.fullmatch(text)]
    is_said = len(named) >= len(texts) - 1 or any(is_of_party(text) for text in map(group_name, named))
    if not named or not is_said or is_numbering(cells):
        return None
    text = next((text for text in named if rank(group_name(text)) is not None), max(named, key=len))
    return _Group(group_name(text), rank(group_name(text)), _style(_first(cells), text))


def _opened(groups: list[_Group], group: _Group | None) -> list[_Group]:
    """The groups that are open below a new one: it ends what stands as high as itself or lower, and
    what bears the same sort of numeral."""
    if group is None:
        return groups
    ends = [
        place
        for place, other in enumerate(groups)
        if (group.style and other.style == group.style)
        or (group.rank is not None and other.rank is not None and other.rank >= group.rank)
        or (group.rank is None and other.rank is None and not group.style)
    ]
    return [*groups[: min(ends, default=len(groups))], group]


def _style(first: Cell, text: str) -> str:
    """The sort of numeral before a group: digits, Roman, a letter."""
    found = _NUMERAL.fullmatch(clean(first)) if type(first) is str else None
    if type(first) in (int, float):
        return "1"
    numeral = found or _LEADING.match(text)
    if numeral is None:
        return ""
    sign = numeral[1]
    if sign.isdecimal():
        return "1"
    return "I" if set(sign) <= set("IVX") else "A"


def _first(cells: list[Cell]) -> Cell:
    return next((cell for cell in cells if cell is not None), None)


def ordinal_of(cells: list[Cell]) -> int | None:
    """The number that a row bears in its list."""
    first = _first(cells)
    found = _ORDINAL.fullmatch(plain_text(first)) if type(first) in (str, int, float) else None
    return int(found[1]) if found else None


def _counts_on(last: int | None, ordinal: int | None, after: int | None) -> bool:
    """Whether a row without data counts on in the list: it is one of it, with nothing filled in."""
    return ordinal is not None and last in (None, ordinal - 1) and after == ordinal + 1


def _titles(sheet: Sheet, header_row: int) -> tuple[str, ...]:
    """The texts above the table, line by line, and the name of the sheet."""
    return tuple(
        clean(line)
        for number, cells in sheet.rows
        if number < header_row
        for cell in cells
        if type(cell) is str
        for line in cell.splitlines()
        if clean(line)
    ) + (clean(sheet.name),)


def nearest(row: Row) -> str:
    """The group to which a row belongs: the first that is named like an organization, else the
    first; "" without any."""
    groups = row.texts(GROUPS)
    return next((text for text in groups if rank(text) is not None), groups[0] if groups else "")

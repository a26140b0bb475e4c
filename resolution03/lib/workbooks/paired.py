"""Two columns for one choice, such as `Nam | Nữ`, with an x or the year of birth in one of them."""

from dataclasses import replace
from itertools import pairwise

from resolution03.lib.text import match_key
from resolution03.lib.workbooks.cell_types import CLEAR, BadCell
from resolution03.lib.workbooks.cells import MARK
from resolution03.lib.workbooks.headings import HEADER_WITHIN
from resolution03.lib.workbooks.kinds import Kind, Pair
from resolution03.lib.workbooks.reading import Cell, Sheet


def unpaired(sheet: Sheet, kind: Kind) -> Sheet | None:
    """The sheet with its paired columns turned into the one of the choice and the one of what may
    stand in them instead of an x; None where there are no such columns."""
    pair = kind.pair
    place = _place(sheet, pair) if pair else None
    if not pair or not place:
        return None
    above, index = place
    rows = [
        (number, _split(cells, index, pair) if number > above else list(cells))
        for number, cells in sheet.rows
    ]
    has_other = any(
        number > above and len(cells) > index + 1 and cells[index + 1] is not None for number, cells in rows
    )
    headings = kind.heading(pair.choice), kind.heading(pair.instead) if has_other else None
    next(cells for number, cells in rows if number == above)[index : index + 2] = headings
    return replace(sheet, rows=rows)


def _place(sheet: Sheet, pair: Pair) -> tuple[int, int] | None:
    """The row and the first column, from 0, of the two headings side by side."""
    wanted = tuple(map(match_key, pair.headings))
    for number, cells in sheet.rows[: HEADER_WITHIN + 1]:
        keys = [match_key(cell) if isinstance(cell, str) else None for cell in cells]
        for index, keys_of_two in enumerate(pairwise(keys)):
            if keys_of_two == wanted:
                return number, index
    return None


def _split(cells: list[Cell], index: int, pair: Pair) -> list[Cell]:
    """A row of which the first column says the choice. Where both are filled the first one stays,
    for the choice to refuse."""
    cells = cells + [None] * (index + 2 - len(cells))
    first, second = cells[index : index + 2]
    if second is None:
        first, second = _chosen(first, pair.headings[0])
    elif first is None:
        first, second = _chosen(second, pair.headings[1])
    else:
        second = None
    return [*cells[:index], first, second, *cells[index + 2 :]]


def _chosen(cell: Cell, heading: str) -> tuple[Cell, Cell]:
    if cell is None:
        return None, None
    try:
        return (None if MARK.read(cell) is CLEAR else heading), None
    except BadCell:
        return heading, cell

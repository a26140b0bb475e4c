"""Finds the header of a sheet and the kind that it announces."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from resolution03.lib.text import clean, match_key
from resolution03.lib.workbooks.faults import cell_name
from resolution03.lib.workbooks.kinds import Column, Kind
from resolution03.lib.workbooks.reading import Cell, Formula, Sheet

HEADER_WITHIN = 30
FAR = 100
NEVER_UNKNOWN = {match_key(heading) for heading in ("STT", "TT", "Số TT", "Số thứ tự", "Ghi chú")}
_NOTE_BEHIND = re.compile(r"[\s*:]*(?:\([^()]*\))?[\s*:]*$")
_NUMBERING = re.compile(r"\(?(\d{1,3})\)?(?:\s*[(=].*)?|\(?([A-Za-z])\)?")


@dataclass(slots=True)
class Headings:
    """One or two rows that may be a header: (column from 0, as written, its match key) of each.

    `upper`: the columns whose heading stands in the upper row.
    """

    row: int
    last_row: int
    headings: list[tuple[int, str, str]]
    upper: set[int]


@dataclass(slots=True)
class Header(Headings):
    """A header that was recognized as one of `kind`."""

    kind: Kind
    columns: list[tuple[int, Column]] = field(default_factory=list)
    unknown: list[tuple[int, str]] = field(default_factory=list)

    @property
    def width(self) -> int:
        """How many columns the table has; what stands to the right of them is none of it."""
        return max(index for index, _written, _key in self.headings) + 1

    @property
    def places(self) -> dict[str, int]:
        """Where each known column stands, by its key."""
        return {column.key: index for index, column in self.columns}

    def cell_of(self, index: int) -> str:
        """The cell of a heading; of two rows, the one where it stands."""
        return cell_name(self.row if index in self.upper else self.last_row, index)

    @property
    def missing(self) -> list[Column]:
        given = {column.key for _index, column in self.columns}
        return [column for column in self.kind.required if column.key not in given]

    @property
    def score(self) -> tuple:
        """Best match: most headings known, fewest required ones missing, fewest unknown."""
        return (len(self.columns), -len(self.missing), -len(self.unknown))


def find_header(sheet: Sheet, kinds: Iterable[Kind], ignored: Collection[str]) -> Header | None:
    """The best header within the first 30 rows, or None. `ignored`: match keys of headings."""
    kinds = list(kinds)
    best = None
    for header in _candidates(sheet):
        for kind in kinds:
            found = _as_kind(header, kind, ignored)
            if found and (best is None or found.score > best.score):
                best = found
    return best


def _candidates(sheet: Sheet) -> Iterable[Headings]:
    """Each early row as a header by itself and with the row below as its lower part; one of
    which cells are merged over both rows is tried with both first."""
    rows = dict(sheet.rows[: HEADER_WITHIN + 1])
    for number, upper in rows.items():
        if number > HEADER_WITHIN:
            return
        single = _header(number, number, [(i, cell, True) for i, cell in enumerate(upper)])
        double = None
        if number + 1 in rows:
            double = _header(number, number + 1, _joined(sheet, number, upper, rows[number + 1]))
        spans = any(top == number < bottom for top, _left, bottom, _right in sheet.merged)
        yield from filter(None, (double, single) if spans else (single, double))


def _joined(sheet: Sheet, number: int, upper: Sequence[Cell], lower: Sequence[Cell]):
    """The lower cell is the heading; the upper one where nothing stands below and it is no
    caption over several columns."""
    captions = {
        left - 1 for top, left, bottom, right in sheet.merged if top == bottom == number and right > left
    }
    for index in range(max(len(upper), len(lower))):
        below = lower[index] if index < len(lower) else None
        above = upper[index] if index < len(upper) and index not in captions else None
        yield (index, above, True) if below is None else (index, below, False)


def _header(row: int, last_row: int, cells: Iterable[tuple[int, Cell, bool]]) -> Headings | None:
    headings: list[tuple[int, str, str]] = []
    upper: set[int] = set()
    for index, cell, is_upper in cells:
        if cell is None or (headings and index - headings[-1][0] > FAR):
            continue
        written = clean(cell) if isinstance(cell, str) else str(getattr(cell, "text", cell))
        headings.append((index, written, match_key(written)))
        if is_upper:
            upper.add(index)
    return Headings(row, last_row, headings, upper) if headings else None


def _as_kind(header: Headings, kind: Kind, ignored: Collection[str]) -> Header | None:
    """The header read as one of `kind`; None when too little of it is there."""
    found = Header(header.row, header.last_row, header.headings, header.upper, kind)
    taken = set()
    for index, written, key in header.headings:
        if key in ignored:
            continue
        column = column_of(kind, written, key)
        if column and column.key not in taken:
            taken.add(column.key)
            found.columns.append((index, column))
        elif key and not {key, bare_key(written)} & NEVER_UNKNOWN:
            found.unknown.append((index, written))
    half = 2 * (len(kind.required) - len(found.missing)) >= len(kind.required)
    is_title_above = all(index not in header.upper for index, _column in found.columns)
    return found if len(taken) >= 2 and half and not is_title_above else None


def bare_key(written: str) -> str:
    """The match key of a heading without the `*`, `:` or `(…)` that it may carry behind it."""
    return match_key(_NOTE_BEHIND.sub("", written))


def column_of(kind: Kind, written: str, key: str) -> Column | None:
    return kind.by_heading.get(key) or kind.by_heading.get(bare_key(written))


def repeats(header: Header, cells: Sequence[Cell]) -> bool:
    """Whether a row below the header is the header again, as at the top of a printed page."""
    wanted = {index: key for index, _written, key in header.headings}
    return bool(header.columns) and all(
        index < len(cells) and isinstance(cell := cells[index], str) and match_key(cell) == wanted.get(index)
        for index, _column in header.columns
    )


def is_numbering(cells: Sequence[Cell]) -> bool:
    """Whether a row under the header only numbers the columns: (1) (2), A B 1 2, 4(=2*100/3)."""
    last, numbers = 0, 0
    for cell in cells:
        if cell is None:
            continue
        found = _NUMBERING.fullmatch(_numbering_text(cell))
        if not found:
            return False
        if found[1]:
            if int(found[1]) <= last:
                return False
            last = int(found[1])
        numbers += 1
    return numbers >= 2 and last > 0


def _numbering_text(cell: Cell) -> str:
    if isinstance(cell, Formula):
        cell = cell.text if cell.cached is None else cell.cached
    return clean(cell) if isinstance(cell, str) else str(cell)

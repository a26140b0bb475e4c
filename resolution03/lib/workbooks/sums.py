"""Total rows, held against the rows that they are the total of."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate

from django.utils.translation import gettext as _

from resolution03.lib.workbooks.cell_types import BadCell
from resolution03.lib.workbooks.cells import NUMBER
from resolution03.lib.workbooks.faults import Fault, cell_name, shown
from resolution03.lib.workbooks.kinds import Column
from resolution03.lib.workbooks.reading import Cell


@dataclass(frozen=True, slots=True)
class Break:
    """A row between data rows: a total, or the name of a group. `before`: how many data rows
    stand above it."""

    number: int
    before: int
    cells: list[Cell]
    is_total: bool


def differing_totals(
    rows: list, breaks: list[Break], columns: Iterable[tuple[int, Column]]
) -> Iterator[Fault]:
    """A warning for each number of a total row that no sum of its rows explains.

    A column of counts adds up; in any other one a total tells how many rows there are, or how many
    of them are filled. The rows of a total are all above it, or those of its group; where a total
    stands before all rows, also those below.
    """
    for index, column in columns:
        told = list(_told(breaks, index))
        if not told or (column.type is NUMBER and not column.adds_up):
            continue
        runs = [list(accumulate(map(weigh, rows), initial=0)) for weigh in _weights(column)]
        if column.type is NUMBER and any(_is_unread(row, column.key) for row in rows):
            continue
        for found, total in told:
            if not any(found in _sums(run, total, breaks) for run in runs):
                yield _differs(total, index, column, runs[0])


def _told(breaks: list[Break], index: int) -> Iterator[tuple[int, Break]]:
    """The numbers that total rows have in a column."""
    for row in breaks:
        cell = row.cells[index] if row.is_total and index < len(row.cells) else None
        try:
            found = None if cell is None else NUMBER.read(cell)
        except BadCell:
            continue
        if isinstance(found, int):
            yield found, row


def _weights(column: Column) -> list[Callable[[object], int]]:
    """What a row adds to the total of a column, in each way that a total may be meant."""
    if column.adds_up:
        return [lambda row: row.given(column.key, 0)]
    return [lambda row: 1, lambda row: column.key in row.cells, lambda row: column.key in row.values]


def _is_unread(row, key: str) -> bool:
    return key in row.cells and key not in row.values


def _sums(run: list[int], total: Break, breaks: list[Break]) -> set[int]:
    """All sums of rows that the total may mean, of the running sum of a column."""
    starts = {0} | {row.before for row in breaks if row.number < total.number}
    sums = {run[total.before] - run[start] for start in starts}
    if total.before in starts or any(row.is_total and not row.before for row in breaks):
        ends = {row.before for row in breaks if row.number > total.number}
        sums = sums - {0} | {run[end] - run[total.before] for end in ends | {len(run) - 1}}
    return sums


def _differs(total: Break, index: int, column: Column, run: list[int]) -> Fault:
    if column.adds_up:
        words = _("the rows add up to %(sum)s")
    else:
        words = _("there are %(sum)s rows")
    return Fault(
        total.number,
        column.heading,
        shown(total.cells[index]),
        "total_differs",
        words % {"sum": run[total.before] or run[-1]},
        cell_name(total.number, index),
    )

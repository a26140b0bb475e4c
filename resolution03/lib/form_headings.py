"""How much room the headings and texts of a form take, and which headings stand under a common one."""

from collections.abc import Iterator, Sequence
from math import ceil
from typing import Protocol

_BOLD = 0.85
"""Bold headings take more room than the text below them."""


class Headed(Protocol):
    """What a column says of its heading; `width` in characters."""

    @property
    def heading(self) -> str: ...

    @property
    def group(self) -> str: ...

    @property
    def width(self) -> float: ...


def groups(columns: Sequence[Headed]) -> Iterator[tuple[int, int, str]]:
    """(first, last, group) of neighbours under one group heading."""
    first = 0
    for col in range(1, len(columns) + 1):
        ends = col == len(columns) or columns[col].group != columns[first].group
        if ends or not columns[first].group:
            yield first, col - 1, columns[first].group
            first = col


def lines(text: str, width: float) -> int:
    """How many lines a text needs at a column width: Times is narrow, words break early."""
    room = max(1.0, width * 1.12)
    if "\n" not in text:
        return max(1, ceil(len(text) / room))
    return sum(max(1, ceil(len(line) / room)) for line in text.split("\n"))


def heading_height(columns: Sequence[Headed], upper: bool) -> float:
    """Points, of the upper or the lower row of headings: merged cells do not grow by themselves."""
    most = 1
    for first, last, group in groups(columns):
        under = columns[first : last + 1]
        if group and upper:
            most = max(most, lines(group, sum(c.width for c in under) * _BOLD))
        elif group:
            most = max(most, *(lines(c.heading, c.width * _BOLD) for c in under))
        else:
            most = max(most, ceil(lines(under[0].heading, under[0].width * _BOLD) / 2))
    return 14.5 * most

"""Parts of a list that the page can show without scripts; the script counts the same by itself
(static/js/entry/grid/flags.js)."""

from collections.abc import Callable
from dataclasses import dataclass

from assessments.entry.grid.rows import Row
from assessments.entry.grid.texts import filter_words

FILTERS: dict[str, Callable[[Row], bool]] = {
    "unrated": lambda row: not (row.decided or row.is_exempt),
    "blank": lambda row: row.is_blank,
    "returned": lambda row: row.is_to_answer,
    "mended": lambda row: row.is_mended,
    "owed": lambda row: bool(row.owed),
    "differs": lambda row: bool(row.self_rated and row.decided and row.self_rated != row.decided),
}


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a list, with how many rows it has."""

    name: str
    words: str
    count: int
    is_chosen: bool


def listed(rows: list[Row], name: str) -> list[Row]:
    """The rows of one part; all of them for any other name."""
    wanted = FILTERS.get(name)
    return [row for row in rows if wanted(row)] if wanted else rows


def parts(rows: list[Row], chosen: str) -> list[Part]:
    """The parts that are not empty, and the chosen one."""
    counts = {name: sum(map(wanted, rows)) for name, wanted in FILTERS.items()}
    return [
        Part(name, filter_words(name), count, name == chosen)
        for name, count in counts.items()
        if count or name == chosen
    ]

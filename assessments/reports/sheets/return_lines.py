"""The lines of a return, in the order in which they are signed."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from assessments.reports.sheets.return_items import (
    Item,
    Section,
)

TOGETHER = {"arrivals": ("arrived", "came"), "departures": ("transferred", "went")}


@dataclass(frozen=True)
class Line:
    """What one side of a row shows: a section's heading or an item."""

    number: str
    label: str
    item: Item | None = None


def lines_of(sections: Iterable[Section]) -> Iterator[Line]:
    for section in sections:
        yield Line(section.number, section.title)
        for number, item in enumerate(section.items, start=1):
            yield Line(str(number), item.label, item)

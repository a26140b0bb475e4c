"""Where one begins to type counts: how much each organization has given, and each count."""

from dataclasses import dataclass
from functools import cached_property

from assessments.entry.counts.filling import fillable
from assessments.entry.counts.shown import Body, Cell, Group, Progress, groups
from assessments.entry.counts.typed import Typing
from assessments.rules.count_rule import CountRule


@dataclass(frozen=True, slots=True)
class OfOne:
    """How much one organization has given; `is_below`: a cell, under its grassroots organization."""

    body: Body
    progress: Progress
    is_below: bool


@dataclass(frozen=True, slots=True)
class OfRule:
    """How much of one count is given."""

    rule: CountRule
    progress: Progress
    sum: int | None


@dataclass(frozen=True)
class Start:
    """A unit's counts in a period, by organization and by count."""

    typing: Typing

    @cached_property
    def cells(self) -> list[Cell]:
        return list(self.typing.all())

    @cached_property
    def progress(self) -> Progress:
        return Progress.of(self.cells)

    @cached_property
    def organizations(self) -> list[OfOne]:
        """In the office's order; a place that stands at two levels once."""
        found: dict[int, list[Cell]] = {}
        bodies: dict[int, Body] = {}
        for cell in self.cells:
            found.setdefault(cell.body.place, []).append(cell)
            bodies.setdefault(cell.body.place, cell.body)
        order = [place for place in self.typing.places if place in found]
        return [self._of_one(bodies[place], found[place]) for place in order]

    def _of_one(self, body: Body, cells: list[Cell]) -> OfOne:
        return OfOne(body, Progress.of(cells), body.level == "cell")

    @cached_property
    def groups(self) -> list[tuple[Group, list[OfRule]]]:
        return [(group, _by_rule(group)) for group in groups(self.cells)]

    @cached_property
    def fillable(self) -> int:
        return len(fillable(self.cells))

    @property
    def has_half(self) -> bool:
        """Whether something is given for the half-year too."""
        return any(rule.period == "half" for rule in self.typing.counted.rules)


def _by_rule(group: Group) -> list[OfRule]:
    found: dict[str, list[Cell]] = {}
    for cell in group.cells:
        found.setdefault(cell.code, []).append(cell)
    return [OfRule(cells[0].rule, Progress.of(cells), _sum(cells)) for cells in found.values()]


def _sum(cells: list[Cell]) -> int | None:
    given = [cell.count for cell in cells if cell.count is not None]
    return sum(given) if given else None

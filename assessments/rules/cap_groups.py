"""Groups under a cap, and which are over it."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from assessments.rules.ceilings import Ceiling
from assessments.rules.line_facts import LineFacts
from assessments.rules.models.targets import CapGroup
from assessments.rules.year_rules import CapRule


@dataclass(frozen=True, slots=True)
class Group:
    """A group under a cap: where it is, and which of its lines have the level."""

    ceiling: Ceiling
    place: int | None
    lines: tuple[LineFacts, ...]

    @property
    def over(self) -> int:
        return self.ceiling.over

    @property
    def charged(self) -> tuple[LineFacts, ...]:
        """As many lines as the group is over: those with a reason, then the last ones without."""
        explained = tuple(line for line in self.lines if line.has_note)[: self.over]
        return explained + self.unexplained

    @property
    def unexplained(self) -> tuple[LineFacts, ...]:
        """As many lines as the group is over, the last first, that still lack a reason."""
        explained = sum(line.has_note for line in self.lines)
        missing = max(0, self.over - explained)
        without = [line for line in self.lines if not line.has_note]
        return tuple(without[len(without) - missing :]) if missing else ()


def cap_groups(lines: Iterable[LineFacts], caps: Iterable[CapRule]) -> list[Group]:
    """Every group that some cap limits."""
    lines = list(lines)
    return [group for cap in caps for group in _groups_of(cap, lines)]


def _groups_of(cap: CapRule, lines: list[LineFacts]) -> Iterable[Group]:
    places = defaultdict(list)
    for line in lines:
        if line.subject == cap.subject and line.decided_rank:
            places[line.grassroots if cap.group == CapGroup.GRASSROOTS else line.unit].append(line)
    for place, rated in places.items():
        levels = Counter(line.decided for line in rated)
        at_level = tuple(line for line in rated if line.decided == cap.level_code)
        yield Group(Ceiling(cap, levels), place, at_level)

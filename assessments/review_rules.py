"""What a reviewer must see, and what a unit must explain before it submits.

Sources: DESIGN "Workflow" (exceptions first), "What the figures mean" (caps warn and ask for a
written reason; they never block). Pure: numbers and codes in, exceptions out.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext_lazy as _


class Exceptional(StrEnum):
    """The kinds of exceptions, in the order of review."""

    BLANK = "blank"
    ABOVE_SELF = "above_self"
    OVER_CAP = "over_cap"
    JUMP = "jump"

    @property
    def label(self) -> str:
        return _LABELS[self]

    @property
    def needs_reason(self) -> bool:
        """Whether the unit writes a reason before it submits."""
        return self in (Exceptional.ABOVE_SELF, Exceptional.OVER_CAP)


_LABELS = {
    Exceptional.BLANK: _("Neither a level nor a reason"),
    Exceptional.ABOVE_SELF: _("Decided above the self-rating"),
    Exceptional.OVER_CAP: _("Group over the cap"),
    Exceptional.JUMP: _("Two levels or more from last year"),
}


@dataclass(frozen=True, slots=True)
class LineFacts:
    """One line in numbers: ranks count from 1, the best; None where there is no level.

    `group` is where a cap on it is counted: its grassroots organization or its unit.
    """

    id: int
    subject: str
    unit: int
    grassroots: int | None
    decided: str
    decided_rank: int | None
    self_rank: int | None
    last_rank: int | None
    has_reason: bool
    has_note: bool
    is_exempt: bool = False

    @property
    def is_blank(self) -> bool:
        return self.decided_rank is None and not self.has_reason and not self.is_exempt


@dataclass(frozen=True, slots=True)
class Group:
    """A group under a cap: how many of its lines have the level, and how many may."""

    cap: object
    place: int | None
    base: int
    allowed: int
    lines: tuple[LineFacts, ...]

    @property
    def over(self) -> int:
        return max(0, len(self.lines) - self.allowed)

    @property
    def unexplained(self) -> tuple[LineFacts, ...]:
        """As many lines as the group is over, the last first, that still lack a reason."""
        explained = sum(line.has_note for line in self.lines)
        missing = max(0, self.over - explained)
        without = [line for line in self.lines if not line.has_note]
        return tuple(without[len(without) - missing:]) if missing else ()


@dataclass(frozen=True, slots=True)
class Review:
    """The exceptions of some lines: the lines of each kind, and the groups over a cap."""

    lines: dict[Exceptional, tuple[LineFacts, ...]]
    groups: tuple[Group, ...]

    @property
    def count(self) -> int:
        """Exceptional lines, and groups over a cap."""
        return sum(len(found) for found in self.lines.values()) + len(self.groups)

    @property
    def blanks(self) -> tuple[LineFacts, ...]:
        return self.lines.get(Exceptional.BLANK, ())

    @property
    def unexplained(self) -> dict[int, Exceptional]:
        """Lines for which the unit still has to write a reason, and why."""
        above = self.lines.get(Exceptional.ABOVE_SELF, ())
        found = {line.id: Exceptional.ABOVE_SELF for line in above if not line.has_note}
        for group in self.groups:
            found |= {line.id: Exceptional.OVER_CAP for line in group.unexplained}
        return found


def is_above_self(line: LineFacts) -> bool:
    """Decided better than the organization or member rated itself."""
    return bool(line.decided_rank and line.self_rank) and line.decided_rank < line.self_rank


def is_jump(line: LineFacts) -> bool:
    """Two ranks or more away from last year's level, up or down."""
    if not (line.decided_rank and line.last_rank):
        return False
    return abs(line.decided_rank - line.last_rank) >= 2


def cap_groups(lines: Iterable[LineFacts], caps: Iterable) -> list[Group]:
    """Every group that some cap limits; caps are `year_rules.CapRule`."""
    lines = list(lines)
    return [group for cap in caps for group in _groups_of(cap, lines)]


def review(lines: Iterable[LineFacts], caps: Iterable) -> Review:
    """The exceptions of `lines`, each line under its first kind in the order of review."""
    lines = list(lines)
    found = defaultdict(list)
    for line in lines:
        kind = _kind(line)
        if kind:
            found[kind].append(line)
    ordered = {kind: tuple(found[kind]) for kind in Exceptional if kind in found}
    return Review(ordered, tuple(group for group in cap_groups(lines, caps) if group.over))


def _kind(line: LineFacts) -> Exceptional | None:
    if line.is_blank:
        return Exceptional.BLANK
    if is_above_self(line):
        return Exceptional.ABOVE_SELF
    return Exceptional.JUMP if is_jump(line) else None


def _groups_of(cap, lines: list[LineFacts]) -> Iterable[Group]:
    places = defaultdict(list)
    for line in lines:
        if line.subject == cap.subject and line.decided_rank:
            places[line.grassroots if cap.group == "grassroots" else line.unit].append(line)
    for place, rated in places.items():
        levels = Counter(line.decided for line in rated)
        at_level = tuple(line for line in rated if line.decided == cap.level_code)
        yield Group(cap, place, cap.base_of(levels), cap.allowance(levels), at_level)

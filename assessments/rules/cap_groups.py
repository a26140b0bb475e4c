"""Groups under a cap: with whom a line is counted, and which groups are over it."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from assessments.rules.cap_rule import CapRule
from assessments.rules.ceilings import Ceiling
from assessments.rules.line_facts import LineFacts
from assessments.rules.models.caps import CapGroup
from resolution03.lib.text import match_key


class Placed(Protocol):
    """Where a line stands, as a cap asks."""

    @property
    def subject(self) -> str: ...
    @property
    def unit(self) -> int: ...
    @property
    def grassroots(self) -> int | None: ...
    @property
    def organization(self) -> int | None: ...
    @property
    def type_label(self) -> str: ...


@dataclass(frozen=True, slots=True)
class GroupKey:
    """A group under a cap. `unit` None: it reaches beyond one unit, being named by the Board, or, without
    a name, that of the organizations directly under the province. `name`: the group of like bodies."""

    unit: int | None
    grassroots: int | None = None
    name: str = ""

    @property
    def place(self) -> int | None:
        """The organization in which it is counted."""
        return self.grassroots or self.unit


def key_of(cap: CapRule, line: Placed) -> GroupKey:
    """With whom a line is counted under a cap on its subject."""
    if cap.group == CapGroup.GRASSROOTS:
        return GroupKey(line.unit, line.grassroots)
    if cap.group == CapGroup.NAMED and (name := _named(cap, line)):
        return GroupKey(None, name=name)
    is_direct = line.organization == line.unit
    name = _of_type(cap, line.type_label) if cap.group == CapGroup.UNIT_TYPE else ""
    return GroupKey(None if is_direct else line.unit, name=name)


def _named(cap: CapRule, line: Placed) -> str:
    """The named group of the organization itself, else of its grassroots organization."""
    for where in (line.organization, line.grassroots):
        for like in cap.likes:
            if where in like.organizations:
                return like.name
    return ""


def _of_type(cap: CapRule, label: str) -> str:
    """The group of a type; empty of a type in no group: these are counted together."""
    key = match_key(label)
    return next((like.name for like in cap.likes if key in like.types), "")


@dataclass(frozen=True, slots=True)
class Group:
    """A group under a cap: where it is, and which of its lines have the level."""

    ceiling: Ceiling
    key: GroupKey
    lines: tuple[LineFacts, ...]

    @property
    def place(self) -> int | None:
        return self.key.place

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
    """Every group of the units of `lines` that some cap limits. Those that reach beyond one unit are left
    out: no unit sees them whole, and none is asked to explain them."""
    lines = list(lines)
    return [group for cap in caps for group in _groups_of(cap, lines)]


def _groups_of(cap: CapRule, lines: list[LineFacts]) -> Iterable[Group]:
    groups = defaultdict(list)
    for line in lines:
        if line.subject == cap.subject and line.decided_rank:
            groups[key_of(cap, line)].append(line)
    for key, rated in groups.items():
        if key.unit is not None:
            levels = Counter(line.decided for line in rated)
            at_level = tuple(line for line in rated if line.decided == cap.level_code)
            yield Group(Ceiling(cap.in_unit(key.unit), levels), key, at_level)

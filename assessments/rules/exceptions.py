"""What a reviewer must see, and what a unit must explain before it submits.

Sources: DESIGN "Workflow" (exceptions first), "What the figures mean" (caps warn and ask for a
written reason; they never block). The words of each rule stand in `rule_catalog.py`. Pure: numbers
and codes in, exceptions out.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum

from assessments.rules.catalog import RULES
from assessments.rules.entry_rule import Code
from resolution03.lib.phrases import Phrase


class Exceptional(StrEnum):
    """The rules of lines and groups by their codes in the catalog, in the order of review."""

    BLANK = Code.BLANK
    EXEMPT_RATED = Code.EXEMPT_RATED
    ABOVE_SELF = Code.ABOVE_SELF
    OVER_CAP = Code.OVER_CAP
    DISCIPLINE = Code.DISCIPLINE
    JUMP = Code.JUMP

    @property
    def label(self) -> Phrase:
        return RULES[self].title

    @property
    def needs_reason(self) -> bool:
        """Whether the unit writes a reason before it submits; a hard one needs more."""
        return RULES[self].is_soft


SOFT = tuple(kind.value for kind in Exceptional if kind.needs_reason)


@dataclass(frozen=True, slots=True)
class LineFacts:
    """One line in numbers: ranks count from 1, the best; None where there is no level.

    `grassroots` and `unit` are where a cap on it is counted. `is_strong`: its level counts as
    strong by the year's reading. `disciplined`: how many decisions on discipline the year brought
    in it and below it; 0 when nobody gave a count.
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
    is_strong: bool = False
    disciplined: int = 0

    @property
    def is_blank(self) -> bool:
        return self.decided_rank is None and not self.has_reason and not self.is_exempt

    @property
    def is_exempt_and_rated(self) -> bool:
        """Rated before the register said that the member is exempt."""
        return self.is_exempt and bool(self.decided or self.self_rank)


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


@dataclass(frozen=True, slots=True)
class Warned:
    """The soft rules that one line breaks, in the order of review, and whether a reason is there."""

    rules: tuple[Exceptional, ...]
    has_reason: bool


@dataclass(frozen=True, slots=True)
class Review:
    """The exceptions of some lines: the lines of each kind, and the groups over a cap.

    `lines` has each line once, under its first kind; `broken` all the soft rules of a line.
    """

    lines: dict[Exceptional, tuple[LineFacts, ...]]
    groups: tuple[Group, ...]
    broken: dict[int, Warned]

    @property
    def count(self) -> int:
        """Exceptional lines, and groups over a cap."""
        return sum(len(found) for found in self.lines.values()) + len(self.groups)

    @property
    def blanks(self) -> tuple[LineFacts, ...]:
        return self.lines.get(Exceptional.BLANK, ())

    @property
    def contradictions(self) -> tuple[LineFacts, ...]:
        return self.lines.get(Exceptional.EXEMPT_RATED, ())

    @property
    def warnings(self) -> dict[int, Warned]:
        """Every line that breaks a soft rule; of a group over its cap, as many as it is over."""
        found = dict(self.broken)
        for line in (line for group in self.groups for line in group.charged):
            others = found[line.id].rules if line.id in found else ()
            rules = {Exceptional.OVER_CAP, *others}
            found[line.id] = Warned(tuple(k for k in Exceptional if k in rules), line.has_note)
        return found

    @property
    def unexplained(self) -> dict[int, Exceptional]:
        """Lines for which the unit still has to write a reason, and the first rule that asks."""
        return {pk: warned.rules[0] for pk, warned in self.warnings.items() if not warned.has_reason}


def is_above_self(line: LineFacts) -> bool:
    """Decided better than the organization or member rated itself."""
    decided, own = line.decided_rank, line.self_rank
    return bool(decided and own and decided < own)


def is_jump(line: LineFacts) -> bool:
    """Two ranks or more away from last year's level, up or down."""
    if not (line.decided_rank and line.last_rank):
        return False
    return abs(line.decided_rank - line.last_rank) >= 2


def is_strong_beside_discipline(line: LineFacts) -> bool:
    """Counts as strong in a year that brought discipline in it or below it."""
    return line.is_strong and line.disciplined > 0


CHECKS: dict[Exceptional, Callable[[LineFacts], bool]] = {
    Exceptional.ABOVE_SELF: is_above_self,
    Exceptional.DISCIPLINE: is_strong_beside_discipline,
    Exceptional.JUMP: is_jump,
}


def cap_groups(lines: Iterable[LineFacts], caps: Iterable) -> list[Group]:
    """Every group that some cap limits; caps are `year_rules.CapRule`."""
    lines = list(lines)
    return [group for cap in caps for group in _groups_of(cap, lines)]


def review(lines: Iterable[LineFacts], caps: Iterable, asked: Collection[str] = SOFT) -> Review:
    """The exceptions of `lines`; `asked`: the soft rules that are on, of `YearRules.asked`."""
    lines = list(lines)
    found, broken = defaultdict(list), {}
    for line in lines:
        rules = tuple(kind for kind, check in CHECKS.items() if kind in asked and check(line))
        if line.is_blank:
            found[Exceptional.BLANK].append(line)
        elif line.is_exempt_and_rated:
            found[Exceptional.EXEMPT_RATED].append(line)
        elif rules:
            found[rules[0]].append(line)
            broken[line.id] = Warned(rules, line.has_note)
    ordered = {kind: tuple(found[kind]) for kind in Exceptional if kind in found}
    groups = cap_groups(lines, caps) if Exceptional.OVER_CAP in asked else ()
    return Review(ordered, tuple(group for group in groups if group.over), broken)


def _groups_of(cap, lines: list[LineFacts]) -> Iterable[Group]:
    places = defaultdict(list)
    for line in lines:
        if line.subject == cap.subject and line.decided_rank:
            places[line.grassroots if cap.group == "grassroots" else line.unit].append(line)
    for place, rated in places.items():
        levels = Counter(line.decided for line in rated)
        at_level = tuple(line for line in rated if line.decided == cap.level_code)
        yield Group(cap, place, cap.base_of(levels), cap.allowance(levels), at_level)

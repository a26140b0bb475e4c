"""What a reviewer must see, and what a unit must explain before it submits.

Sources: DESIGN "Workflow" (exceptions first), "What the figures mean" (caps warn and ask for a
written reason; they never block). The words of each rule stand in `catalog.py`. Pure: numbers
and codes in, exceptions out.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum

from assessments.rules.cap_groups import Group, cap_groups
from assessments.rules.catalog import RULES
from assessments.rules.entry_rule import Code
from assessments.rules.line_facts import LineFacts
from resolution03.lib.phrases import Phrase


class Exceptional(StrEnum):
    """The rules of lines and groups by their codes in the catalog, in the order of review."""

    BLANK = Code.BLANK
    EXEMPT_RATED = Code.EXEMPT_RATED
    ABOVE_SELF = Code.ABOVE_SELF
    OVER_CAP = Code.OVER_CAP
    RECENT_RATED = Code.RECENT_RATED
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


def is_recent_and_rated(line: LineFacts) -> bool:
    """Rated though admitted less than six months before 31 December."""
    return line.is_recent and line.decided_rank is not None


def is_high_beside_discipline(line: LineFacts) -> bool:
    """At a level beside which discipline asks, in a year that brought some in it or below it."""
    return line.asks_discipline and line.disciplined > 0


CHECKS: dict[Exceptional, Callable[[LineFacts], bool]] = {
    Exceptional.ABOVE_SELF: is_above_self,
    Exceptional.RECENT_RATED: is_recent_and_rated,
    Exceptional.DISCIPLINE: is_high_beside_discipline,
    Exceptional.JUMP: is_jump,
}


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

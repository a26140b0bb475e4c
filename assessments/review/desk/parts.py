"""The parts of the desk's page: lines, groups over a cap, sections."""

from dataclasses import dataclass, field

from assessments.roster.models.line import RatedLine
from assessments.rules.cap_groups import Group
from assessments.rules.levels import code_of


@dataclass(slots=True)
class Line:
    """One row to review: this year's values, last year's level, what the unit wrote.

    `is_old`: its levels are of an older scheme, no chips. `before`: the level at the submission
    compared with, where the row changed since, else None.
    The last three: what the Board typed beside it, when the page comes back.
    """

    line: RatedLine
    last: str
    is_old: bool = False
    before: str | None = None
    is_chosen: bool = False
    is_wrong: bool = False
    why: str = ""

    @property
    def level(self) -> str:
        return code_of(self.line.decided)

    @property
    def is_moved(self) -> bool:
        return self.before is not None and self.before != self.level


@dataclass(frozen=True, slots=True)
class GroupOver:
    """A group over its cap, with the place that it is counted in and a key for its address."""

    key: str
    place: str
    group: Group


@dataclass(frozen=True, slots=True)
class Part:
    """Rows under one heading, all of them; `hint` says what is asked of them."""

    title: object
    hint: str
    keys: list[str]
    groups: tuple[GroupOver, ...] = ()


@dataclass(slots=True)
class Section:
    """What one page shows of a part."""

    part: Part
    rows: list[Line] = field(default_factory=list)

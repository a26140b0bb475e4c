"""The parts of the desk's page: groups over a cap, sections."""

from dataclasses import dataclass, field

from assessments.review.submitting.unit_rows import Line
from assessments.rules.cap_groups import Group


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

"""A cap of one year as a value: what it allows, by which percentage in which unit."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from assessments.rules.arithmetic import cap_allowance, least_base, least_beside, most_beside
from assessments.rules.models.caps import CapBase


@dataclass(frozen=True, slots=True)
class CapException:
    """Another percentage for the groups of a unit, and the decision that says so."""

    unit: int
    percent: Decimal
    document: str


@dataclass(frozen=True, slots=True)
class Like:
    """Like bodies that are counted together: types by their `match_key`, or organizations."""

    name: str
    types: tuple[str, ...] = ()
    organizations: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class CapRule:
    """`likes`: the groups of types, or the named ones, where it counts by them. `is_default`: the Board
    has not decided on it. `least_size`: groups of fewer rated are not limited."""

    subject: str
    level_code: str
    percent: Decimal
    base: str
    base_level_code: str
    group: str
    document: str
    article: str = ""
    is_default: bool = False
    least_size: int | None = None
    likes: tuple[Like, ...] = ()
    exceptions: tuple[CapException, ...] = ()

    @property
    def is_beside(self) -> bool:
        """Whether it is a share of those left at the level below, not of all rated."""
        return self.base == CapBase.LEVEL

    def base_of(self, rated: Mapping[str, int]) -> int:
        """Of how many of a group it is reckoned: of those at the level of the base or better, or of all
        rated; `rated`: how many have each level."""
        if self.is_beside:
            return sum(rated.get(code, 0) for code in {self.base_level_code, self.level_code})
        return sum(rated.values())

    def limits(self, rated: Mapping[str, int]) -> bool:
        """Whether the group is large enough to be limited."""
        return sum(rated.values()) >= (self.least_size or 0)

    def allowance(self, rated: Mapping[str, int]) -> int:
        """How many of the group may have the level; all rated where the group is not limited."""
        return self.most(self.base_of(rated)) if self.limits(rated) else sum(rated.values())

    def most(self, base: int) -> int:
        """How many may have the level of so many at the base or better, or rated."""
        return (most_beside if self.is_beside else cap_allowance)(base, self.percent)

    def least(self, wanted: int) -> int:
        """Of how many at least so many may have the level; 0 where no number allows it."""
        return (least_beside if self.is_beside else least_base)(wanted, self.percent)

    def in_unit(self, unit: int | None) -> "CapRule":
        """The cap as it holds for the groups of a unit; of None for groups that reach beyond one."""
        own = next((one for one in self.exceptions if one.unit == unit), None)
        return self.by(own.percent, own.document) if own else self

    def by(self, percent: Decimal, document: str) -> "CapRule":
        """The same cap with another percentage, decided by `document`."""
        return replace(self, percent=percent, document=document, article="", is_default=False)

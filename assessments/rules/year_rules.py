"""The rules that a year lives by, as values: levels, readings, targets, caps, term."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal

from assessments.rules.arithmetic import cap_allowance
from assessments.rules.models.targets import CapBase


@dataclass(frozen=True, slots=True)
class LevelRule:
    id: int
    subject: str
    code: str
    name: str
    rank: int


@dataclass(frozen=True, slots=True)
class ReadingRule:
    """Which levels count under a meaning; without a document it is the default."""

    meaning: str
    name: str
    codes: tuple[str, ...]
    in_use: bool
    document: str


@dataclass(frozen=True, slots=True)
class TargetRule:
    """A target of one year; `value` is None where the indicator has none that year."""

    indicator: str
    comparison: str
    value: Decimal | None
    due: int | None
    province_only: bool
    document: str
    article: str


@dataclass(frozen=True, slots=True)
class CapRule:
    subject: str
    level_code: str
    percent: Decimal
    base: str
    base_level_code: str
    group: str
    document: str

    def base_of(self, rated: Mapping[str, int]) -> int:
        """Of how many of a group the percentage is taken; `rated`: how many have each level."""
        if self.base == CapBase.LEVEL:
            return rated.get(self.base_level_code, 0)
        return sum(rated.values())

    def allowance(self, rated: Mapping[str, int]) -> int:
        """How many of the group may have the level."""
        return cap_allowance(self.base_of(rated), self.percent)


@dataclass(frozen=True, slots=True)
class TermRule:
    name: str
    starts_on: date
    ends_on: date


@dataclass(frozen=True)
class YearRules:
    """`asked`: the codes of the soft rules that are on."""

    levels: tuple[LevelRule, ...]
    readings: tuple[ReadingRule, ...]
    targets: tuple[TargetRule, ...]
    caps: tuple[CapRule, ...]
    term: TermRule | None
    asked: tuple[str, ...]

    def levels_of(self, subject: str) -> list[LevelRule]:
        """The levels for `organization` or `member`, the best first."""
        return [level for level in self.levels if level.subject == subject]

    def is_old(self, subject: str) -> bool:
        """Whether its levels are of an older scheme: not four, so they are shown as plain text."""
        return len(self.levels_of(subject)) != 4

    def reading(self, meaning: str) -> ReadingRule | None:
        """The reading in use."""
        return next((r for r in self.readings if r.meaning == meaning and r.in_use), None)

    def other_readings(self, meaning: str) -> list[ReadingRule]:
        return [r for r in self.readings if r.meaning == meaning and not r.in_use]

    def target(self, indicator: str) -> TargetRule | None:
        return next((t for t in self.targets if t.indicator == indicator), None)

    def caps_of(self, subject: str) -> list[CapRule]:
        return [cap for cap in self.caps if cap.subject == subject]

    def frozen(self) -> dict:
        """As JSON keeps it."""
        document = asdict(self)
        for row in (*document["targets"], *document["caps"]):
            for key in ("value", "percent"):
                if row.get(key) is not None:
                    row[key] = str(row[key])
        if self.term:
            document["term"] |= {
                "starts_on": self.term.starts_on.isoformat(),
                "ends_on": self.term.ends_on.isoformat(),
            }
        return document

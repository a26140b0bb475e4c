"""The rules that a year lives by, as values: levels, readings, targets, caps, term."""

from dataclasses import asdict, dataclass
from enum import StrEnum

from assessments.rules.cap_rule import CapRule
from assessments.rules.models.schemes import RatedSubject
from assessments.rules.target_rules import SetRule, TargetRule, TermRule, freeze, freeze_term
from assessments.rules.title import awards_title
from resolution03.lib.dates import year_end


class TermsFrom(StrEnum):
    """Whence a closed year has admissions that its own list did not hold when it was closed."""

    LISTS = "lists"
    REGISTERS = "registers"


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
class RiskAgeRule:
    """The age from which on members are not counted on; without a document the default."""

    age: int = 70
    document: str = ""


@dataclass(frozen=True)
class YearRules:
    """`sets`: the sets of targets, the default one first; `asked`: the codes of the soft rules that are
    on; `term`: the resolution's, `terms`: all, the earliest first; `terms_from`: whence a year closed
    before terms were data has the admissions of terms that are not the resolution's (TermsFrom)."""

    levels: tuple[LevelRule, ...]
    readings: tuple[ReadingRule, ...]
    sets: tuple[SetRule, ...]
    caps: tuple[CapRule, ...]
    term: TermRule | None
    asked: tuple[str, ...]
    terms: tuple[TermRule, ...] = ()
    terms_from: str = ""
    risk_age: RiskAgeRule = RiskAgeRule()

    def levels_of(self, subject: str) -> list[LevelRule]:
        """The levels for `organization` or `member`, the best first."""
        return [level for level in self.levels if level.subject == subject]

    def is_old(self, subject: str) -> bool:
        """Whether its levels are of an older scheme: not four, so they are shown as plain text."""
        return len(self.levels_of(subject)) != 4

    @property
    def awards_title(self) -> bool:
        """Whether “exemplary” is a title beside the levels of organizations; by default from 2018 on."""
        return awards_title(level.name for level in self.levels_of(RatedSubject.ORGANIZATION))

    def reading(self, meaning: str) -> ReadingRule | None:
        """The reading in use."""
        return next((r for r in self.readings if r.meaning == meaning and r.in_use), None)

    def other_readings(self, meaning: str) -> list[ReadingRule]:
        return [r for r in self.readings if r.meaning == meaning and not r.in_use]

    @property
    def default_set(self) -> SetRule:
        return self.sets[0]

    def set_of(self, code: str) -> SetRule | None:
        """A set by its code; None where the year knows none of it."""
        return next((one for one in self.sets if one.code == code), None)

    @property
    def targets(self) -> tuple[TargetRule, ...]:
        """Those of the default set."""
        return self.default_set.targets

    def current_term(self, year: int) -> TermRule | None:
        """The term in which the year's last day lies."""
        return next((term for term in self.terms if term.holds(year_end(year))), None)

    def ended_term(self, year: int) -> TermRule | None:
        """The term whose last day lies in the year, where another one follows it there."""
        ended = (term for term in self.terms if term.ends_on.year == year and not term.holds(year_end(year)))
        return next(ended, None)

    def caps_of(self, subject: str) -> list[CapRule]:
        return [cap for cap in self.caps if cap.subject == subject]

    def frozen(self) -> dict:
        """As JSON keeps it."""
        document = asdict(self)
        document["sets"] = [freeze(row) for row in document["sets"]]
        exceptions = [one for cap in document["caps"] for one in cap["exceptions"]]
        for row in (*document["caps"], *exceptions):
            row["percent"] = str(row["percent"])
        document["term"] = freeze_term(document["term"])
        document["terms"] = [freeze_term(term) for term in document["terms"]]
        return document

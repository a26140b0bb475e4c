"""How an indicator counts: numerator, denominator, other readings, and the lines behind each part."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import ClassVar

from assessments.figures.fold import Counts
from assessments.roster.keys import WAITING
from assessments.roster.models.tallies import Subject
from assessments.rules.models.schemes import Meaning
from assessments.rules.models.years import RatingYear
from assessments.rules.year_rules import ReadingRule, TermRule, YearRules
from orgs.scoping import PostedQuerySet
from resolution03.lib.phrases import Phrase

PARTS = ("met", "missed", "unrated")
"""Who counts, who does not, and who stands outside the base."""

Count = Callable[[Counts], int]
"""A number out of the counts of one year and unit."""


def adding(subject: str, keys: Iterable[str]) -> Count:
    """How many of a subject stand under any of `keys`."""
    places = [(str(subject), key) for key in keys]
    return lambda counts: sum([counts.get(place, 0) for place in places])


def rated(subject: str) -> Count:
    """How many of a subject have a level, whichever it is."""
    wanted = str(subject)
    return lambda counts: sum(
        [n for (found, key), n in counts.items() if found == wanted and key not in WAITING]
    )


@dataclass(frozen=True, slots=True)
class Formula:
    """How one reading counts; `denominator` None: a plain count. `reading` is shown."""

    reading: Phrase
    numerator: Count
    denominator: Count | None = None


@dataclass(frozen=True, slots=True)
class PartWords:
    """How the parts are called: `headings` over their lists, `inside` a sentence. Parts that a way
    of counting does not have stay empty."""

    headings: tuple[Phrase, Phrase, Phrase]
    inside: tuple[Phrase, Phrase, Phrase]


@dataclass(frozen=True, slots=True)
class Cells:
    """In which columns of which form an indicator stands: its numerator, its base, and who stands
    outside the base. `others`: of each other reading the columns added and those taken away."""

    form: str
    have: str
    base: str = ""
    rest: str = ""
    others: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = ()


class Counting:
    """A way of counting a subject. A `limited` count is one that the resolution wants to be none:
    who is counted stands against the target."""

    subject: Subject
    state: str
    """The state of the roster that counts, where `is_rated` is not so."""
    meaning: Meaning
    also_of: Meaning | None
    """What the levels that count mean, and of which others they are told a share, where `is_rated`."""
    has_title: bool
    """Whether those awarded the title are another reading, where `is_rated`."""
    parts_called: PartWords
    is_rated: ClassVar[bool] = False
    has_milestones: ClassVar[bool] = False
    of_current: bool = False
    """Whether it counts over the term in which the year ends."""
    broken_by: ClassVar[frozenset[str]] = frozenset()
    """What parts its figures from those of earlier years (past.Cause)."""
    redefined: tuple[int, ...] = ()
    """The years since each of which it counts another thing than before."""

    @property
    def population(self) -> str:
        """Whose names stand behind it: a key of names.table.POPULATIONS."""
        return self.subject

    @property
    def givers(self) -> str:
        """Who gives what a sum adds up, where not all did; a key of words.incomplete."""
        return "unit"

    @property
    def is_share(self) -> bool:
        """Whether it is told in percent of a whole."""
        return True

    @property
    def is_average(self) -> bool:
        """Whether it is told as so many for each one of a whole."""
        return False

    @property
    def is_limited(self) -> bool:
        """Whether fewer are better: its target is a limit from above."""
        return False

    def term_of(self, rules: YearRules, year: int) -> TermRule | None:
        """The term over which a year counts; None where it counts what stands on its last day."""
        return None

    def level_reading(self, rules: YearRules) -> ReadingRule | None:
        """Which levels count in a year; None where nothing is rated."""
        return None

    def formulas(self, rules: YearRules) -> list[Formula]:
        """How a year counts: by the reading in use, then by the other readings."""
        raise NotImplementedError

    def rated_and_roster(self, counts: Counts) -> tuple[int | None, int | None]:
        """How many are rated, and how many stand in the roster; None where neither applies."""
        return None, None

    def rows(self, year: RatingYear, rules: YearRules, part: str) -> PostedQuerySet:
        """The names behind one of PARTS."""
        raise NotImplementedError

    def parts(self, counts: Counts, have: int, whole: int | None) -> tuple[int | None, ...]:
        """How many there are of each of PARTS; None where a part does not exist."""
        raise NotImplementedError

    def cells(self, code: str) -> Cells:
        """Where the forms have the indicator `code`."""
        raise NotImplementedError

"""Self-rated levels against decided ones: how many lines have each pair, in whole numbers.

Nothing here compares units with each other, and the years of different levels stand apart.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count
from django.utils.functional import cached_property

from assessments.roster.models.lines import lines_of
from assessments.roster.models.tallies import Subject
from assessments.rules.models.years import RatingYear
from assessments.rules.year_rules import LevelRule
from resolution03.lib.figures import percent

NONE = "none"
"""Where a level stands in an address: none was given."""
SAME, LOWER, HIGHER = "eq", "lo", "hi"

Pair = tuple[str, str]
"""The code of the self-rated level and of the decided one, NONE where there is none."""
Place = tuple[int, int | None]
"""A year and a unit; None for the province."""


@dataclass(frozen=True)
class Crossing:
    """All lines of a subject that are rated at all, by pair; `levels` of the year, the best first."""

    levels: tuple[LevelRule, ...]
    counts: Mapping[Pair, int]

    @cached_property
    def ranks(self) -> dict[str, int]:
        return {level.code: level.rank for level in self.levels}

    def way(self, pair: Pair) -> str:
        """Whether the decision is the self-rating, LOWER or HIGHER than it; empty without both."""
        own, decided = (self.ranks.get(code) for code in pair)
        if own is None or decided is None:
            return ""
        return SAME if own == decided else LOWER if decided > own else HIGHER

    def sum(self, own: str = "", decided: str = "") -> int:
        """How many lines have a self-rated and a decided level; empty for any, NONE too."""
        return sum(
            count for (had, got), count in self.counts.items() if own in ("", had) and decided in ("", got)
        )

    def _going(self, way: str) -> int:
        return sum(count for pair, count in self.counts.items() if self.way(pair) == way)

    @cached_property
    def same(self) -> int:
        return self._going(SAME)

    @cached_property
    def lower(self) -> int:
        return self._going(LOWER)

    @cached_property
    def higher(self) -> int:
        return self._going(HIGHER)

    @cached_property
    def both(self) -> int:
        return self.same + self.lower + self.higher

    @cached_property
    def total(self) -> int:
        return self.sum()

    @cached_property
    def undecided(self) -> int:
        """Without a decided level, with one of their own or not."""
        return self.sum(decided=NONE)

    @property
    def decided(self) -> int:
        return self.total - self.undecided

    @property
    def not_self_rated(self) -> int:
        """Decided without a level of their own; with `both` and `undecided` they are all."""
        return self.decided - self.both

    @property
    def same_share(self) -> Decimal | None:
        return percent(self.same, self.both)

    @property
    def lower_share(self) -> Decimal | None:
        return percent(self.lower, self.both)


def count(
    user, subject: Subject, years: Iterable[RatingYear], unit_id: int | None
) -> dict[Place, dict[Pair, int]]:
    """Pairs of each year and unit that the user sees, and of all of them together; one statement.
    Who is not rated at all is left out."""
    lines = lines_of(subject).visible_to(user).in_roster().to_rate().filter(year__in=list(years))
    if unit_id is not None:
        lines = lines.filter(unit=unit_id)
    rows = lines.order_by().values_list("year_id", "unit_id", "self_rated__code", "decided__code")
    found: dict[Place, dict[Pair, int]] = defaultdict(lambda: defaultdict(int))
    for year, unit, own, decided, amount in rows.annotate(Count("pk")):
        pair = own or NONE, decided or NONE
        found[year, unit][pair] += amount
        found[year, None][pair] += amount
    return found


def decided_of(user, subjects: Iterable[Subject], year: RatingYear, unit_id: int | None) -> Iterator[int]:
    """How many of each subject are decided in a year; a statement each."""
    for subject in subjects:
        lines = lines_of(subject).visible_to(user).in_roster().rated().filter(year=year)
        yield (lines if unit_id is None else lines.filter(unit=unit_id)).count()

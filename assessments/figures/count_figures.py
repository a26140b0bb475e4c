"""The figures of counts: read when the first is asked for, so that a page without any reads nothing.

Of a year what its targets ask for is read at once; the statements do not grow with units or targets.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise

from django.utils.functional import cached_property

from assessments.figures.count_indicators import made, way_of
from assessments.figures.fold import Counts
from assessments.figures.indicator import Indicator
from assessments.figures.indicators import BUILT_IN
from assessments.roster.counts.given import Given, YearCounts
from assessments.roster.models.lines import OrganizationLine
from assessments.rules.count_rule import CountRule
from assessments.rules.counts_of_year import counts_of_years, declared_counts
from assessments.rules.models.years import RatingYear
from assessments.rules.year_rules import YearRules

NO_COUNTS: Counts = {}


class CountFigures:
    """What the organizations of some years gave of the counts that are indicators there."""

    def __init__(self, years: Mapping[int, RatingYear], rules: Mapping[int, YearRules]):
        self._years, self._of_years = years, rules
        self._expected: set[str] = set()
        self._read: dict[tuple[int, str], YearCounts] = {}
        self._sums: dict[tuple[int, str], dict[int | None, Counts]] = {}

    @cached_property
    def rules(self) -> dict[int, dict[str, CountRule]]:
        """Year → what it counts, by code."""
        found = counts_of_years(self._years.values())
        return {year: {rule.code: rule for rule in rules} for year, rules in found.items()}

    @cached_property
    def _now(self) -> dict[str, CountRule]:
        return declared_counts()

    def indicator(self, code: str, year: int) -> Indicator:
        """As `rule`, with the names of its year."""
        rules = self.rules[year] if code in self.rules[year] else self._now
        return made(rules[code], rules, self._redefined(code))

    def _redefined(self, code: str) -> Iterator[int]:
        """The years in which it is counted by another definition than the year before."""
        held = [
            (year, self.rules[year][code].defined) for year in sorted(self.rules) if code in self.rules[year]
        ]
        yield from (year for (_before, was), (year, now) in pairwise(held) if was != now)

    def rule(self, code: str, year: int) -> CountRule:
        """As the year counts it; of a year that does not, as the Board has it now. KeyError for no count."""
        return self.rules[year].get(code) or self._now[code]

    def known(self, codes: Iterable[str], year: int) -> list[str]:
        """Those of `codes` that are counts, in the order of the year's rules."""
        asked = set(codes)
        rules = self.rules[year] | self._now if asked - self.rules[year].keys() else self.rules[year]
        return [code for code in rules if code in asked]

    def expect(self, codes: Iterable[str]) -> None:
        """What will be asked for is read at once, a year."""
        self._expected.update(codes)

    def read(self, code: str, year: int) -> YearCounts | None:
        """What was given of a count in a year; None where the year does not count it."""
        rules = self.rules[year]
        if code not in rules:
            return None
        if (year, code) not in self._read:
            wanted = {code, *self._expected, *self._targets(year)}
            asked = [one for one in rules if one in wanted]
            self._read |= dict.fromkeys([(year, one) for one in asked], self._year(year, asked))
        return self._read[year, code]

    def counts(self, code: str, year: int, unit_id: int | None) -> Counts:
        """The sums of a unit, or of the province (None); empty where nobody is asked."""
        if (year, code) not in self._sums:
            self._sums[year, code] = self._summed(code, year)
        return self._sums[year, code].get(unit_id, NO_COUNTS)

    def _summed(self, code: str, year: int) -> dict[int | None, Counts]:
        read = self.read(code, year)
        if read is None:
            return {}
        rules = self.rules[year]
        rule, way = rules[code], way_of(rules[code], rules)
        by_unit: dict[int, list[Given]] = defaultdict(list)
        for organization, unit in read.bodies(rule.level).items():
            by_unit[unit].append(read.of(rule, organization))
        every = [given for found in by_unit.values() for given in found]
        return {None: way.sums(every)} | {unit: way.sums(found) for unit, found in by_unit.items()}

    def _targets(self, year: int) -> Iterator[str]:
        """The counts on which a set of the year has targets."""
        for one in self._of_years[year].sets:
            yield from (code for code in one.indicators() if code not in BUILT_IN)

    def _year(self, year: int, codes: Iterable[str]) -> YearCounts:
        rules = self.rules[year]
        parts = {part for code in codes for part in (code, rules[code].denominator, rules[code].less)}
        lines = OrganizationLine.objects.filter(year=year).in_roster()
        only = tuple(rule for code, rule in rules.items() if code in parts)
        return YearCounts(self._years[year], lines, only=only)

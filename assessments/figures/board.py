"""Figures: what the indicators say of a year, for the province and for each unit.

Pages, the command line and the workbook all ask `board` or `figures`.
"""

from collections.abc import Iterable, Mapping

from django.utils.functional import cached_property

from assessments.figures import fold
from assessments.figures.count_figures import CountFigures
from assessments.figures.count_ways import COUNT, Sum
from assessments.figures.figure import NO_COUNTS, Figure
from assessments.figures.indicator import Indicator
from assessments.figures.indicators import BUILT_IN, INDICATORS
from assessments.figures.judge import State, state_of
from assessments.figures.yardstick import Yardstick
from assessments.roster.keys import WAITING
from assessments.rules.models.years import RatingYear, Submission
from assessments.rules.of_year import rules_of_years
from assessments.rules.target_rules import SetRule
from orgs.models import Organization

Place = tuple[int, int | None, str]
"""Year, unit (None: the province), subject."""

NOWHERE = 0
"""Stands for the unit of what is whole in no unit of today: it counts in the province alone."""


class Board:
    """All figures of some years and units, from one read of the tallies. `apart`: of years summed anew by
    other units (assessments/figures/basis/), how many bodies of a place and subject do not map."""

    def __init__(
        self,
        years: Iterable[RatingYear],
        detailed: Iterable[int] | None,
        unit: int | None,
        kept: Iterable[tuple] | None = None,
        apart: Mapping[Place, int] | None = None,
    ):
        self.apart = apart
        self.years = {year.pk: year for year in years}
        self.rules = rules_of_years(self.years.values())
        self.counts, self.reported = fold.read(self.years.values(), detailed=detailed, unit=unit, kept=kept)
        # A year of reported totals knows only what was reported.
        self._totals_only = {year.pk for year in self.years.values() if state_of(year) == State.REPORTED}
        self._yardsticks: dict[tuple[str, int, str, bool], Yardstick] = {}

    def figure(
        self, code: str, year: int, unit_id: int | None = None, *, of: str = "", is_quota: bool = False
    ) -> Figure:
        """`of`: the set of targets by which it is judged, by its code (empty: the default one);
        `is_quota`: by what the unit is assigned there."""
        asked = code, year, of, is_quota
        yardstick = self._yardsticks.get(asked) or self._yardstick(*asked)
        if code not in BUILT_IN:
            return self._of_count(yardstick, unit_id)
        place = (year, unit_id, yardstick.indicator.subject)
        is_reported, unmapped = place in self.reported, (self.apart or {}).get(place, 0)
        return Figure(
            yardstick,
            unit_id,
            self.counts.get(place[:2], NO_COUNTS),
            is_reported=is_reported,
            is_known=(is_reported or year not in self._totals_only) and not unmapped,
            given=self._given(*place),
            without=self._without(*place),
            unmapped=unmapped,
        )

    def _of_count(self, yardstick: Yardstick, unit_id: int | None) -> Figure:
        """What nobody gave is unknown, and so is what would have to be summed by other units."""
        found = NO_COUNTS
        if self.apart is None:
            found = self.of_counts.counts(yardstick.indicator.code, yardstick.year, unit_id)
        given, asked = found.get((COUNT, Sum.GIVEN), 0), found.get((COUNT, Sum.ASKED), 0)
        return Figure(
            yardstick, unit_id, found, is_reported=False, is_known=given > 0, given=(given, max(given, asked))
        )

    @cached_property
    def of_counts(self) -> CountFigures:
        """What is known of the counts of parts II and III."""
        return CountFigures(self.years, self.rules)

    def indicator(self, code: str, year: int) -> Indicator:
        """A built-in one, or that of a count as the year has it; KeyError where there is none."""
        return BUILT_IN.get(code) or self.of_counts.indicator(code, year)

    def indicators_of(self, year: int, of: str = "") -> list[Indicator]:
        """On what a set of targets has any in a year, the built-in ones first, then counts in the Board's
        order; no statement where there is none on a count."""
        codes = self.set_of(year, of).indicators()
        others = [code for code in codes if code not in BUILT_IN]
        known = [code for code in BUILT_IN if code in codes]
        known += self.of_counts.known(others, year) if others else []
        return [self.indicator(code, year) for code in known]

    def first_set(self, year: int, code: str) -> str:
        """The set by which a page judges an indicator where none is asked for: the first that has a target on
        it; empty for the default one, and where none has."""
        held = (one for one in self.rules[year].sets if code in one.indicators())
        first = next(held, None)
        return "" if first is None or first.is_default else first.code

    def read_counts(self) -> None:
        """What the counts on which there are targets come to is read now, before something is written; no
        statement where there is none."""
        for year in self.years:
            for one in self.rules[year].sets:
                for indicator in self.counts_in(year, one.code):
                    self.of_counts.counts(indicator.code, year, None)

    def counts_in(self, year: int, of: str = "") -> list[Indicator]:
        """Those of `indicators_of` that are counts."""
        return [one for one in self.indicators_of(year, of) if one.code not in BUILT_IN]

    def _given(self, year: int, unit_id: int | None, subject: str) -> tuple[int, int] | None:
        if unit_id is not None or year not in self._totals_only:
            return None
        units = self._units_of_totals.get(year, [])
        return sum((year, unit, subject) in self.reported for unit in units), len(units)

    def _without(self, year: int, unit_id: int | None, subject: str) -> int:
        """How many units the year was closed without some rows of a subject of."""
        codes = {unit["code"] for unit in self.years[year].closed_without if unit["missing"].get(subject)}
        if unit_id is None or not codes:
            return len(codes)
        return int(self._codes.get((year, unit_id)) in codes)

    @cached_property
    def _codes(self) -> dict[tuple[int, int], str]:
        """Year and unit → its code, of years that were closed without some."""
        asked = [year.pk for year in self.years.values() if year.closed_without]
        held = Submission.objects.filter(year__in=asked).order_by().values_list("year_id", "unit_id", "code")
        return {(year, unit): code for year, unit, code in held}

    @cached_property
    def _units_of_totals(self) -> dict[int, list[int]]:
        """Year of reported totals → its units; one statement, and none without such a year."""
        found: dict[int, list[int]] = {}
        held = Submission.objects.filter(year__in=self._totals_only).order_by()
        for year, unit in held.values_list("year_id", "unit_id"):
            found.setdefault(year, []).append(unit)
        return found

    def _yardstick(self, code: str, year: int, of: str, is_quota: bool) -> Yardstick:
        rules = self.rules[year]
        chosen = self.set_of(year, of)
        made = Yardstick(self.indicator(code, year), self.years[year], rules, chosen, is_quota=is_quota)
        self._yardsticks[code, year, of, is_quota] = made
        return made

    def set_of(self, year: int, code: str = "") -> SetRule:
        """A set of targets as a year has it, empty: the default one; LookupError for one that is unknown."""
        rules = self.rules[year]
        chosen = rules.set_of(code) if code else rules.default_set
        if chosen is None:
            raise LookupError(code)
        return chosen

    def figures(self, year: int, unit_id: int | None = None) -> list[Figure]:
        """The indicators of the default set, all of them."""
        return [self.figure(code, year, unit_id) for code in INDICATORS]

    def of_set(self, year: int, code: str, unit_id: int | None = None) -> list[Figure]:
        """A figure for each target of a set that says something of the province (`unit_id` None) or the
        unit: what it is assigned stands beside what binds every unit."""
        chosen = self.set_of(year, code)
        return [
            self.figure(one.code, year, unit_id, of=code, is_quota=is_quota)
            for one in self.indicators_of(year, code)
            for is_quota in self._told(chosen, one.code, unit_id)
        ]

    @staticmethod
    def _told(chosen: SetRule, indicator: str, unit_id: int | None) -> list[bool]:
        binding, quota = chosen.binding(indicator, unit_id), chosen.quota(indicator)
        is_assigned = quota is not None and quota.value_of(unit_id) is not None
        return [False] * (binding is not None) + [True] * (is_assigned or binding is None)

    def rated_by_level(self, subject: str, year: int, unit_id: int | None) -> dict[str, int]:
        """How many of a subject have each level."""
        found = self.counts.get((year, unit_id), NO_COUNTS)
        return {
            key: count for (counted, key), count in found.items() if counted == subject and key not in WAITING
        }


def board(
    years: Iterable[RatingYear],
    *,
    detailed: Iterable[int] | None = None,
    unit: int | None = None,
    kept: Iterable[tuple] | None = None,
) -> Board:
    """All figures of `years`; the number of queries does not grow with years or units.

    Given `detailed`, the other years know only the province and the one `unit`. `kept`: tallies
    that stand for the stored ones (assessments/figures/kept.py).
    """
    return Board(years, detailed, unit, kept)


def figures(year: RatingYear, unit: Organization | None = None) -> list[Figure]:
    """The figures of one year, for the province or one unit."""
    return board([year]).figures(year.pk, unit.pk if unit else None)

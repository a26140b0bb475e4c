"""Figures: what the indicators say of a year, for the province and for each unit.

Pages, the command line and the workbook all ask `board` or `figures`.
"""

from collections.abc import Iterable

from django.utils.functional import cached_property

from assessments.figures import fold
from assessments.figures.figure import NO_COUNTS, Figure
from assessments.figures.indicators import DECLARED, INDICATORS
from assessments.figures.judge import State, state_of
from assessments.figures.yardstick import Yardstick
from assessments.roster.keys import WAITING
from assessments.rules.models.years import RatingYear, Submission
from assessments.rules.of_year import rules_of_years
from orgs.models import Organization


class Board:
    """All figures of some years and units, from one read of the tallies."""

    def __init__(
        self,
        years: Iterable[RatingYear],
        detailed: Iterable[int] | None,
        unit: int | None,
        kept: Iterable[tuple] | None = None,
    ):
        self.years = {year.pk: year for year in years}
        self.rules = rules_of_years(self.years.values())
        self.counts, self.reported = fold.read(self.years.values(), detailed=detailed, unit=unit, kept=kept)
        # A year of reported totals knows only what was reported.
        self._totals_only = {year.pk for year in self.years.values() if state_of(year) == State.REPORTED}
        self._yardsticks: dict[tuple[str, int], Yardstick] = {}

    def figure(self, code: str, year: int, unit_id: int | None = None) -> Figure:
        yardstick = self._yardsticks.get((code, year)) or self._yardstick(code, year)
        place = (year, unit_id, yardstick.indicator.subject)
        is_reported = place in self.reported
        return Figure(
            yardstick,
            unit_id,
            self.counts.get(place[:2], NO_COUNTS),
            is_reported=is_reported,
            is_known=is_reported or year not in self._totals_only,
            given=self._given(*place),
        )

    def _given(self, year: int, unit_id: int | None, subject: str) -> tuple[int, int] | None:
        if unit_id is not None or year not in self._totals_only:
            return None
        units = self._units_of_totals.get(year, [])
        return sum((year, unit, subject) in self.reported for unit in units), len(units)

    @cached_property
    def _units_of_totals(self) -> dict[int, list[int]]:
        """Year of reported totals → its units; one statement, and none without such a year."""
        found: dict[int, list[int]] = {}
        held = Submission.objects.filter(year__in=self._totals_only).order_by()
        for year, unit in held.values_list("year_id", "unit_id"):
            found.setdefault(year, []).append(unit)
        return found

    def _yardstick(self, code: str, year: int) -> Yardstick:
        made = Yardstick(DECLARED[code], self.years[year], self.rules[year])
        self._yardsticks[code, year] = made
        return made

    def figures(self, year: int, unit_id: int | None = None) -> list[Figure]:
        return [self.figure(code, year, unit_id) for code in INDICATORS]

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

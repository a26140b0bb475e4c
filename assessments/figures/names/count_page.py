"""What the page of a count tells beside its names: its rule, its years, the units beside each other."""

from collections.abc import Sequence
from dataclasses import dataclass

from assessments.figures import pages
from assessments.figures.board import Board
from assessments.figures.count_indicators import whole_in_words
from assessments.figures.indicator import Indicator
from assessments.figures.overview import history
from assessments.figures.overview.chosen_set import with_set
from assessments.figures.overview.matrix import Matrix, Unit, matrix
from assessments.figures.overview.since import Way
from assessments.figures.past import Past
from assessments.rules.count_rule import CountRule
from assessments.rules.models.years import RatingYear, Submission


@dataclass(frozen=True)
class CountPage:
    """A count in a year, of the province (`unit` None) or a unit, judged by the set `of`."""

    board: Board
    indicator: Indicator
    year: RatingYear
    years: Sequence[RatingYear]
    unit: Submission | None
    past: Past
    of: str

    def context(self, user, submissions: list[Submission]) -> dict:
        """`submissions`: the units that the user sees."""
        span = history.span_of(self.years, self.year.pk)
        unit_id = self.unit.unit_id if self.unit else None
        figures = history.figures_of(self.board, self.indicator, span, unit_id, self.of)
        by_year = history.row(self.indicator, figures, self.past)
        return {
            "count": self.rule,
            "is_counted": self.indicator.code in self.board.of_counts.rules[self.year.pk],
            "whole": whole_in_words(self.rule, self.board.of_counts.rules[self.year.pk]),
            "sets": self._sets(),
            "span": span,
            "chart": history.chart(
                self.board, self.indicator, span, self.year.pk, self.past, unit_id, self.of
            ),
            "by_year": by_year,
            "years_told": list(zip(span, by_year.cells, strict=True)),
            "set": {"code": self.of, "rule": self.board.set_of(self.year.pk, self.of)},
            "sees_all": pages.sees_all_units(user),
            "matrix": self._units(user, submissions) if self.unit is None else None,
        }

    @property
    def rule(self) -> CountRule:
        return self.board.of_counts.rule(self.indicator.code, self.year.pk)

    def _sets(self) -> list[Way]:
        """The sets that target it, where there are several."""
        every = self.board.rules[self.year.pk].sets
        found = [one for one in every if self.indicator.code in one.indicators()]
        ways = [Way(one.short_name, f"?set={one.code}", one.code == self.of) for one in found]
        return ways if len(ways) > 1 else []

    def _units(self, user, submissions: list[Submission]) -> Matrix:
        address = pages.addresses(user, submissions)
        units = [Unit(one.unit_id, one.name, with_set(self._page(one), self.of)) for one in submissions]
        return matrix(
            self.board, self.year.pk, units, lambda figure, part: with_set(address(figure, part), self.of),
            self.year.province_name, self.past, of=self.of, only=self.indicator,
        )  # fmt: skip

    def _page(self, unit: Submission) -> str:
        return pages.address_of("unit_drilldown", self.year.pk, self.indicator.code, unit.code)

"""What something will do to the rosters and figures of open years, found by doing it and taking it back.

The whole is one transaction that is rolled back: what is foreseen is what will happen, as long as nobody
else writes in between.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.db import transaction

from assessments.figures.board import Board, board
from assessments.figures.changes import FigureChange, changed, figure_changes
from assessments.roster.changes import RosterChange
from assessments.rules.holding import hold_years
from assessments.rules.models.years import RatingYear, YearState
from orgs.versions import writing

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Foreseen(Generic[Result]):
    """What came of it, which lines of open years changed, and the figures of these years around it.

    `years`: those open afterwards; a year that is being opened again counts before as it stood closed.
    """

    result: Result
    change: RosterChange
    years: list[RatingYear]
    before: Board
    after: Board

    def figures(self, year: int, unit_id: int | None = None) -> list[FigureChange]:
        """The indicators of a year that change, of a unit or the province."""
        return changed(figure_changes(self.before, self.after, year, unit_id))

    @property
    def units(self) -> set[int]:
        """The units in whose lists something changes."""
        return {unit for line in self.change.lines for unit in line.units}


def foresee(
    act: Callable[[], tuple[Result, RosterChange]],
    stands: Callable[[Foreseen[Result]], bool] = lambda foreseen: False,
    opening: int | None = None,
) -> Foreseen[Result]:
    """Do `act`, look, and take it back, unless it `stands` after what was seen of it. What it refuses, it
    refuses. Never inside another action. `opening`: the closed year that it opens again."""
    with writing():
        before = board(year for year in hold_years() if year.is_open or year.pk == opening)
        before.read_counts()
        result, change = act()
        opened = list(RatingYear.objects.filter(state=YearState.OPEN))
        found = Foreseen(result, change, opened, before, board(opened))
        if not stands(found):
            transaction.set_rollback(True)
    return found

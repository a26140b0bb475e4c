"""Village heads who are members, against every milestone of the resolution (article II.5)."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from assessments.figures import charts
from assessments.figures.board import Board
from assessments.figures.figure import Figure
from assessments.figures.indicators import HEADS
from assessments.figures.judge import Aim, Standing
from assessments.figures.overview import history
from assessments.figures.past import Past
from assessments.rules.models.targets import Target
from assessments.rules.models.years import RatingYear, Submission


@dataclass(frozen=True, slots=True)
class Milestone:
    """One milestone and where the heads in post stand."""

    rule: str
    due: int
    value: Decimal
    needed: int | None
    present: int | None
    short: int | None
    state: Standing


@dataclass(frozen=True, slots=True)
class UnitLine:
    """A unit's villages, vacant posts, share, and how many short of each milestone."""

    name: str
    villages: int
    vacant: int
    figure: Figure
    bullet: charts.Bullet
    milestones: list[Milestone]

    @property
    def judged(self) -> Milestone | None:
        """The milestone of the year: the next one due, the last one after all are."""
        waiting = [mark for mark in self.milestones if mark.due >= self.figure.year]
        return next(iter(waiting or self.milestones[-1:]), None)

    @property
    def following(self) -> Milestone | None:
        """The milestone after the judged one."""
        later = [mark for mark in self.milestones if self.judged and mark.due > self.judged.due]
        return later[0] if later else None


def targets() -> list[Target]:
    """The milestones, the earliest first."""
    found = Target.objects.filter(indicator=HEADS.code, set__is_default=True, value__isnull=False)
    return list(found.exclude(due=None).order_by("due"))


def of_place(board: Board, year: int, unit_id: int | None, marks: Iterable[Target]) -> list[Milestone]:
    """The milestones of the province (`unit_id` None) or of a unit."""
    return _of_figure(board.figure(HEADS.code, year, unit_id), marks)


def _of_figure(figure: Figure, marks: Iterable[Target]) -> list[Milestone]:
    """The milestones of one figure; none where no head is in post."""
    return [_milestone(figure, mark) for mark in marks] if figure.denominator else []


def by_unit(
    board: Board, year: RatingYear, units: Iterable[Submission], marks: list[Target]
) -> list[UnitLine]:
    """The units that have villages, in the order of the office."""
    lines = (_line(board.figure(HEADS.code, year.pk, unit.unit_id), unit.name, marks) for unit in units)
    return [line for line in lines if line.villages]


def total(board: Board, year: RatingYear, name: str, marks: list[Target]) -> UnitLine:
    """The province as the last row."""
    return _line(board.figure(HEADS.code, year.pk), name, marks)


def chart(board: Board, years: list[RatingYear], selected: int, past: Past):
    """The share over the ten years that end with the last one."""
    span = history.span_of(years, selected)
    return history.chart(board, HEADS, span, selected, past, past.unit_id)


def _line(figure: Figure, name: str, marks: list[Target]) -> UnitLine:
    heads = figure.denominator or 0
    vacant = figure.vacant or 0
    milestones = _of_figure(figure, marks)
    return UnitLine(name, heads + vacant, vacant, figure, _bullet(figure, milestones), milestones)


def _milestone(figure: Figure, mark: Target) -> Milestone:
    aim = Aim(mark.comparison, mark.value, figure.year, mark.due)
    have, whole = figure.numerator, figure.denominator
    return Milestone(
        rule=aim.goal(),
        due=mark.due or 0,
        value=aim.sought,
        needed=aim.needed(whole),
        present=have,
        short=aim.short(have, whole),
        state=aim.standing(have, whole),
    )


def _bullet(figure: Figure, milestones: list[Milestone]) -> charts.Bullet:
    """A bar from zero with a line at each milestone; the next one is the thick line."""
    judged = next((m.due for m in milestones if m.due >= figure.year), None)
    lines = [charts.Milestone(float(m.value), "", m.due != judged) for m in milestones]
    return charts.bullet(
        value=None if figure.percent is None else float(figure.percent), state=figure.standing,
        scale=100, milestones=lines, width=118,
    )  # fmt: skip

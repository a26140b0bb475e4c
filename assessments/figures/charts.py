"""Geometry of the charts; `drawing` writes it as SVG. Lengths are SVG user units, one decimal.

Bars begin at zero on one scale; a value beyond the scale is cut at its end. No rule is decided
here: whether a figure is met comes in as `state`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from assessments.figures.judge import Standing

MET, UNMET, WAIT = Standing.MET, Standing.UNMET, Standing.WAIT
BAR_CLASSES: dict[str, str] = {MET: "bar-met", UNMET: "bar-un", WAIT: "bar-wait"}
FULL = 100

_BAR_LEFT, _BAR_TOP, _BAR_HEIGHT, _BULLET_HEIGHT = 4, 8, 10, 34
_SQUARE_LEFT, _SQUARE_STEP = 12, 15
LEFT, RIGHT, TOP, BOTTOM, TARGET_END, YEAR_LINE, MARK_LINE = 34, 280, 14, 106, 288, 120, 10


class Rect(NamedTuple):
    x: float
    y: float
    width: float
    height: float
    css: str


Amount = float | Decimal


class Milestone(NamedTuple):
    """A target on a bar; `is_later` marks one that is not judged yet (a thin line)."""

    value: Amount
    label: str
    is_later: bool = False


class TargetLine(NamedTuple):
    x: float
    label: str
    is_later: bool


@dataclass(frozen=True, slots=True)
class Bullet:
    """A bar against its target: `span` brackets what is still possible, `others` are diamonds."""

    width: int
    height: int
    base: Rect | None
    bars: tuple[Rect, ...]
    span: str
    others: tuple[str, ...]
    targets: tuple[TargetLine, ...]


def bullet(
    *,
    value: Amount | None,
    state: str = "",
    milestones: Iterable[Milestone] = (),
    span: tuple[Amount, Amount] | None = None,
    others: Iterable[Amount] = (),
    scale: float = FULL,
    width: int = 166,
) -> Bullet:
    """A bar from zero to `value` on a scale that ends at `scale`; no bar without a value."""
    room = width - 2 * _BAR_LEFT

    def at(amount: Amount) -> float:
        return round(_BAR_LEFT + room * min(max(float(amount), 0), scale) / scale, 1)

    return Bullet(
        width=width,
        height=_BULLET_HEIGHT,
        base=Rect(_BAR_LEFT, _BAR_TOP, room, _BAR_HEIGHT, "barbase"),
        bars=_bar(at(value), state) if value else (),
        span=f"M{at(span[0])} 20v3H{at(span[1])}v-3" if span else "",
        others=tuple(diamond(at(other), 8.5, 4.5) for other in others),
        targets=tuple(TargetLine(at(m.value), m.label, m.is_later) for m in milestones),
    )


def near_zero(count: int, state: str, *, label: str = "0", width: int = 166) -> Bullet:
    """A count whose target is zero: one square each, a bar when they no longer fit."""
    if _SQUARE_LEFT + count * _SQUARE_STEP > width:
        none = Milestone(0, label)
        return bullet(value=count, state=state, milestones=[none], scale=round_up(count), width=width)
    css = BAR_CLASSES.get(state, BAR_CLASSES[WAIT])
    squares = (
        Rect(_SQUARE_LEFT + place * _SQUARE_STEP, _BAR_TOP, _BAR_HEIGHT, _BAR_HEIGHT, css)
        for place in range(count)
    )
    return Bullet(width, _BULLET_HEIGHT, None, tuple(squares), "", (), (TargetLine(5, label, False),))


def round_up(value: float) -> int:
    """The end of a scale that holds `value`: 1, 2, 4, 5, 6, 8 or 10 times a power of ten."""
    power = 1
    while value > 10 * power:
        power *= 10
    return next(step * power for step in (1, 2, 4, 5, 6, 8, 10) if value <= step * power)


def _bar(end: float, state: str) -> tuple[Rect, ...]:
    """A hollow bar is drawn half its line inside, so that both kinds end at the same place."""
    css = BAR_CLASSES.get(state, BAR_CLASSES[WAIT])
    length = round(end - _BAR_LEFT, 1)
    if css == BAR_CLASSES[UNMET]:
        return (Rect(_BAR_LEFT, _BAR_TOP + 0.75, length, _BAR_HEIGHT - 1.5, css),)
    return (Rect(_BAR_LEFT, _BAR_TOP, length, _BAR_HEIGHT, css),)


def diamond(x: float, top: float, half: float) -> str:
    return f"M{x} {top}l{half} {half}-{half} {half}-{half}-{half}z"


@dataclass(frozen=True, slots=True)
class Strip:
    """One square for each unit, in groups."""

    width: int
    squares: tuple[Rect, ...]


_WIDE = 40
"""So many squares stand in one line at their full width."""


def strip(groups: Iterable[tuple[int, str]]) -> Strip:
    """Squares for the counts of the groups, each in the group's class; many are narrow."""
    counts = list(groups)
    side, step = (16, 19) if sum(count for count, _css in counts) <= _WIDE else (5, 7)
    squares, x = [], 0.5
    for count, css in counts:
        for _unit in range(count):
            squares.append(Rect(x, 3.5, side, 18, css))
            x += step
        x += 1 if count else 0
    return Strip(width=round(x) + 1, squares=tuple(squares))

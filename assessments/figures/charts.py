"""Geometry of the charts; `drawing` writes it as SVG. Lengths are SVG user units, one decimal.

Bars begin at zero on one scale; a value beyond the scale is cut at its end. No rule is decided
here: whether a figure is met comes in as `state`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from assessments.figures.judge import Standing

MET, UNMET, WAIT = Standing.MET, Standing.UNMET, Standing.WAIT
BAR_CLASSES = {MET: "bar-met", UNMET: "bar-un", WAIT: "bar-wait"}
FULL = 100

_BAR_LEFT, _BAR_TOP, _BAR_HEIGHT, _BULLET_HEIGHT = 4, 8, 10, 34
_SQUARE_LEFT, _SQUARE_STEP = 12, 15
_LEFT, _RIGHT, _TOP, _BOTTOM, _TARGET_END, _YEAR_LINE = 34, 280, 14, 106, 288, 120


class Rect(NamedTuple):
    x: float
    y: float
    width: float
    height: float
    css: str


class Milestone(NamedTuple):
    """A target on a bar; `is_later` marks one that is not judged yet (a thin line)."""

    value: float
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
    value: float | None,
    state: str = "",
    milestones: Iterable[Milestone] = (),
    span: tuple[float, float] | None = None,
    others: Iterable[float] = (),
    scale: float = FULL,
    width: int = 166,
) -> Bullet:
    """A bar from zero to `value` on a scale that ends at `scale`; no bar without a value."""
    room = width - 2 * _BAR_LEFT

    def at(amount: float) -> float:
        return round(_BAR_LEFT + room * min(max(float(amount), 0), scale) / scale, 1)

    return Bullet(
        width=width,
        height=_BULLET_HEIGHT,
        base=Rect(_BAR_LEFT, _BAR_TOP, room, _BAR_HEIGHT, "barbase"),
        bars=_bar(at(value), state) if value else (),
        span=f"M{at(span[0])} 20v3H{at(span[1])}v-3" if span else "",
        others=tuple(_diamond(at(other), 8.5, 4.5) for other in others),
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


def _diamond(x: float, top: float, half: float) -> str:
    return f"M{x} {top}l{half} {half}-{half} {half}-{half}-{half}z"


class Point(NamedTuple):
    """One year of a series; `value` None leaves a gap, `state` is met, unmet or not judged."""

    year: int
    value: float | None
    label: str = ""
    state: str = ""
    other: float | None = None


class Target(NamedTuple):
    """A target over the years in which it holds."""

    first_year: int
    last_year: int
    value: float
    label: str


class Dot(NamedTuple):
    x: float
    y: float
    r: float
    css: str


class Text(NamedTuple):
    x: float
    y: float
    text: str
    anchor: str = "middle"
    is_strong: bool = False

    @property
    def size(self) -> float:
        return 10.5 if self.is_strong else 9.5


class Line(NamedTuple):
    x1: float
    x2: float
    y1: float
    y2: float


@dataclass(frozen=True, slots=True)
class Series:
    """Small multiple: `lines` are polyline points, interrupted at gaps and breaks.

    The `_path` of a kind draws all of it as one element.
    """

    grid: tuple[Line, ...]
    breaks: tuple[Line, ...]
    targets: tuple[Line, ...]
    lines: tuple[str, ...]
    others: tuple[str, ...]
    dots: tuple[Dot, ...]
    texts: tuple[Text, ...]

    @property
    def grid_path(self) -> str:
        return _segments(self.grid)

    @property
    def break_path(self) -> str:
        return _segments(self.breaks)

    @property
    def target_path(self) -> str:
        return _segments(self.targets)

    @property
    def line_path(self) -> str:
        return "".join(f"M{points}" for points in self.lines)

    @property
    def other_path(self) -> str:
        return "".join(self.others)

    @property
    def dot_paths(self) -> list[tuple[str, str]]:
        """The circles of each class."""
        found: dict[str, str] = {}
        for dot in self.dots:
            found[dot.css] = found.get(dot.css, "") + _circle(dot)
        return list(found.items())


def _segments(lines: Iterable[Line]) -> str:
    return "".join(f"M{line.x1} {line.y1}L{line.x2} {line.y2}" for line in lines)


def _circle(dot: Dot) -> str:
    r = dot.r
    return f"M{round(dot.x - r, 1)} {dot.y}a{r} {r} 0 1 0 {2 * r} 0a{r} {r} 0 1 0 {-2 * r} 0"


class _Plane:
    """Where a year and a value stand in the picture."""

    def __init__(self, years: Sequence[int], scale: float):
        self.years, self.scale = years, scale
        self.step = (_RIGHT - _LEFT) / max(len(years) - 1, 1)

    def x(self, year: int) -> float:
        return round(_LEFT + self.years.index(year) * self.step, 1)

    def y(self, value: float) -> float:
        share = min(max(float(value), 0), self.scale) / self.scale
        return round(_BOTTOM - (_BOTTOM - _TOP) * share, 1)

    def before(self, year: int) -> float:
        """Half a step before `year`: where a break stands."""
        return round(self.x(year) - self.step / 2, 1)


def series(
    points: Sequence[Point],
    *,
    scale: float,
    scale_label: str,
    targets: Iterable[Target] = (),
    breaks: Iterable[int] = (),
    selected: int | None = None,
) -> Series:
    """Years side by side; the line is never joined over a year in `breaks` or without a value."""
    plane = _Plane([point.year for point in points], scale)
    cuts = [year for year in breaks if year in plane.years[1:]]
    targets = [target for target in targets if _years_of(target, plane)]
    return Series(
        grid=(Line(_LEFT, 290, _BOTTOM, _BOTTOM), Line(_LEFT, 290, _TOP, _TOP)),
        breaks=tuple(Line(x, x, 6, _BOTTOM) for x in map(plane.before, cuts)),
        targets=tuple(_target_line(target, plane) for target in targets),
        lines=tuple(_lines(points, plane, cuts)),
        others=tuple(
            _diamond(plane.x(p.year), round(plane.y(p.other) - 3.5, 1), 3.5)
            for p in points
            if p.other is not None
        ),
        dots=tuple(_dot(p, plane, selected) for p in points if p.value is not None),
        texts=(
            *_axis(plane, scale_label),
            *_target_labels(targets, plane),
            *_values(points, plane, selected),
            *_year_labels(plane, selected),
        ),
    )


def _years_of(target: Target, plane: _Plane) -> list[int]:
    return [year for year in plane.years if target.first_year <= year <= target.last_year]


def _target_line(target: Target, plane: _Plane) -> Line:
    held = _years_of(target, plane)
    start = _LEFT if held[0] == plane.years[0] else round(plane.x(held[0]) - 6, 1)
    end = _TARGET_END if held[-1] == plane.years[-1] else round(plane.x(held[-1]) + 6, 1)
    return Line(start, end, plane.y(target.value), plane.y(target.value))


def _target_labels(targets: Sequence[Target], plane: _Plane) -> Iterable[Text]:
    """The first target stands on the axis, later ones on their own line."""
    for place, target in enumerate(targets):
        line = _target_line(target, plane)
        if place == 0 and line.x1 == _LEFT:
            yield Text(30, round(line.y1 + 3.5, 1), target.label, "end", True)
        else:
            yield Text(line.x1, round(line.y1 - 3, 1), target.label, "start", True)


def _lines(points: Sequence[Point], plane: _Plane, cuts: Sequence[int]) -> Iterable[str]:
    run: list[str] = []
    for point in points:
        if (point.year in cuts or point.value is None) and run:
            if len(run) > 1:
                yield " ".join(run)
            run = []
        if point.value is not None:
            run.append(f"{plane.x(point.year)},{plane.y(point.value)}")
    if len(run) > 1:
        yield " ".join(run)


def _dot(point: Point, plane: _Plane, selected: int | None) -> Dot:
    radius = 4.4 if point.year == selected else 3.4
    css = "dot un" if point.state == UNMET else "dot"
    return Dot(plane.x(point.year), plane.y(point.value), radius, css)


def _axis(plane: _Plane, scale_label: str) -> Iterable[Text]:
    yield Text(30, _BOTTOM + 3.5, "0", "end")
    yield Text(30, _TOP + 3.5, scale_label, "end")


def _values(points: Sequence[Point], plane: _Plane, selected: int | None) -> Iterable[Text]:
    """The value of the selected and of the last year, above its dot or, near the top, below."""
    last = points[-1].year if points else None
    for point in points:
        if point.value is None or point.year not in (selected, last):
            continue
        y = plane.y(point.value)
        beside = y + 14 if y < _TOP + 8 else y - 8
        at_end = point.year == last and len(points) > 1
        x = _TARGET_END if at_end else plane.x(point.year)
        yield Text(x, round(beside, 1), point.label, "end" if at_end else "middle", True)


def _year_labels(plane: _Plane, selected: int | None) -> Iterable[Text]:
    """The last and the selected year, and every second one that does not touch them."""
    years = plane.years
    kept = {years[-1], selected} if years else set()
    for place, year in enumerate(years):
        beside = {years[max(place - 1, 0)], years[min(place + 1, len(years) - 1)]} - {year}
        if year in kept or (place % 2 == 0 and not beside & kept) or len(years) <= 5:
            yield Text(plane.x(year), _YEAR_LINE, str(year), "middle", year == selected)


@dataclass(frozen=True, slots=True)
class Strip:
    """One square for each unit, in groups."""

    width: int
    squares: tuple[Rect, ...]


def strip(groups: Iterable[tuple[int, str]]) -> Strip:
    """Squares for the counts of the groups, each drawn in the group's class."""
    squares, x = [], 0.5
    for count, css in groups:
        for _unit in range(count):
            squares.append(Rect(x, 3.5, 16, 18, css))
            x += 19
        x += 1 if count else 0
    return Strip(width=round(x) + 1, squares=tuple(squares))

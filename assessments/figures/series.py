"""The chart of an indicator over the years, in points of its own plane."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from assessments.figures.charts import (
    BOTTOM,
    LEFT,
    MARK_LINE,
    RIGHT,
    TARGET_END,
    TOP,
    UNMET,
    YEAR_LINE,
    Amount,
    diamond,
)


class Point(NamedTuple):
    """One year of a series; `value` None leaves a gap, `state` is met, unmet or not judged; `mark`: signs
    that stand over the year."""

    year: int
    value: Amount | None
    label: str = ""
    state: str = ""
    other: Amount | None = None
    mark: str = ""


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
    marks: tuple[Line, ...]
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
    def mark_path(self) -> str:
        return _segments(self.marks)

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
        self.step = (RIGHT - LEFT) / max(len(years) - 1, 1)

    @property
    def before_last(self) -> int | None:
        return self.years[-2] if len(self.years) > 5 else None

    def x(self, year: int) -> float:
        return round(LEFT + self.years.index(year) * self.step, 1)

    def y(self, value: Amount) -> float:
        share = min(max(float(value), 0), self.scale) / self.scale
        return round(BOTTOM - (BOTTOM - TOP) * share, 1)

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
    marks: Mapping[int, str] | None = None,
    selected: int | None = None,
) -> Series:
    """Years side by side; the line is never joined over a year in `breaks` or without a value. `marks`: what
    happened in a year, in a word; the line goes on."""
    plane = _Plane([point.year for point in points], scale)
    cuts = [year for year in breaks if year in plane.years[1:]]
    targets = [target for target in targets if _years_of(target, plane)]
    marked = {year: words for year, words in (marks or {}).items() if year in plane.years}
    return Series(
        grid=(Line(LEFT, 290, BOTTOM, BOTTOM), Line(LEFT, 290, TOP, TOP)),
        breaks=tuple(Line(x, x, 6, BOTTOM) for x in map(plane.before, cuts)),
        marks=tuple(Line(x, x, TOP, BOTTOM) for x in map(plane.before, marked)),
        targets=tuple(_target_line(target, plane) for target in targets),
        lines=tuple(_lines(points, plane, cuts)),
        others=tuple(
            diamond(plane.x(p.year), round(plane.y(p.other) - 3.5, 1), 3.5)
            for p in points
            if p.other is not None
        ),
        dots=tuple(_dot(p, plane, selected) for p in points if p.value is not None),
        texts=(
            *_axis(plane, scale_label),
            *_target_labels(targets, plane),
            *_mark_labels(marked, points, plane),
            *_values(points, plane, selected),
            *_year_labels(plane, selected),
            *(Text(plane.x(point.year), MARK_LINE, point.mark) for point in points if point.mark),
        ),
    )


def _years_of(target: Target, plane: _Plane) -> list[int]:
    return [year for year in plane.years if target.first_year <= year <= target.last_year]


def _target_line(target: Target, plane: _Plane) -> Line:
    held = _years_of(target, plane)
    start = LEFT if held[0] == plane.years[0] else round(plane.x(held[0]) - 6, 1)
    end = TARGET_END if held[-1] == plane.years[-1] else round(plane.x(held[-1]) + 6, 1)
    return Line(start, end, plane.y(target.value), plane.y(target.value))


def _target_labels(targets: Sequence[Target], plane: _Plane) -> Iterable[Text]:
    """The first target stands on the axis, later ones on their own line."""
    for place, target in enumerate(targets):
        line = _target_line(target, plane)
        if place == 0 and line.x1 == LEFT:
            yield Text(30, round(line.y1 + 3.5, 1), target.label, "end", True)
        else:
            yield Text(line.x1, round(line.y1 - 3, 1), target.label, "start", True)


def _mark_labels(marks: Mapping[int, str], points: Sequence[Point], plane: _Plane) -> Iterable[Text]:
    """Where the line is not: near the axis, or at the top where the values are small."""
    values = {point.year: point.value for point in points}
    for year, words in marks.items():
        is_low = float(values[year] or 0) < plane.scale / 2
        x, y = plane.before(year), TOP + 8 if is_low else BOTTOM - 4
        is_right = x > (LEFT + RIGHT) / 2
        yield Text(round(x - 3 if is_right else x + 3, 1), y, words, "end" if is_right else "start")


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
    return Dot(plane.x(point.year), plane.y(point.value or 0), radius, css)


def _axis(plane: _Plane, scale_label: str) -> Iterable[Text]:
    yield Text(30, BOTTOM + 3.5, "0", "end")
    yield Text(30, TOP + 3.5, scale_label, "end")


def _values(points: Sequence[Point], plane: _Plane, selected: int | None) -> Iterable[Text]:
    """The value of the selected and of the last year, above its dot or, near the top, below; that of the
    last year but one ends at its dot, so that the two do not touch."""
    last = points[-1].year if points else None
    for point in points:
        if point.value is None or point.year not in (selected, last):
            continue
        y = plane.y(point.value)
        beside = y + 14 if y < TOP + 8 else y - 8
        at_end = point.year == last and len(points) > 1
        x = TARGET_END if at_end else plane.x(point.year)
        ends_there = at_end or point.year == plane.before_last
        yield Text(x, round(beside, 1), point.label, "end" if ends_there else "middle", True)


def _year_labels(plane: _Plane, selected: int | None) -> Iterable[Text]:
    """The last and the selected year, and every second one that does not touch them."""
    years = plane.years
    kept = {years[-1], selected} if years else set()
    for place, year in enumerate(years):
        beside = {years[max(place - 1, 0)], years[min(place + 1, len(years) - 1)]} - {year}
        if year in kept or (place % 2 == 0 and not beside & kept) or len(years) <= 5:
            yield Text(plane.x(year), YEAR_LINE, str(year), "middle", year == selected)

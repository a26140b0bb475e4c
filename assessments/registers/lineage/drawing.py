"""A lineage as a picture: who went into it at the left, into what it went at the right, days between.

Its table says the same (`_lineage.html`); boxes that the user may open are links.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

from django.utils.translation import gettext as _

from assessments.registers.lineage.family import Body, Family, in_words

WIDTH, MARGIN, TOP, ROW, HEIGHT, GAP, WIDEST = 1300, 20, 34, 70, 44, 110, 340
DEEPEST, MOST = 3, 12
"""So many generations on each side, and so many sources of one body, are drawn; the table has all."""
NAME, TOLD = (13, 7.3), (12, 6.3)
"""The size of letters, and how many pixels one takes on the average."""

Stage = tuple[date | None, str]
"""From which day on (None: from the beginning) it is of which kind, in words."""


@dataclass(slots=True, eq=False)
class Box:
    """A body at a place: `column` from the left, `y` of its upper edge; `until`: the day on which what
    stands at its right begins."""

    column: int
    name: str
    told: str = ""
    css: str = "node"
    url: str = ""
    until: date | None = None
    y: float = TOP


class Drawing:
    """Boxes and the ways between them. `stages`: what the body itself was over time; `told`: what stands
    under the name of a body, by its key."""

    def __init__(self, family: Family, stages: Sequence[Stage] = (), told: Mapping[int, str] | None = None):
        self.family, self.told = family, told or {}
        self.boxes: list[Box] = []
        self.ways: list[tuple[Box, Box]] = []
        self._rows = 0
        depth = _depth(family, family.shown)
        box = self._placed(family.shown, depth)
        box.told = box.told or "".join(kind for _day, kind in stages[:1])
        self._later(box, stages[1:])

    def _placed(self, body: Body, column: int) -> Box:
        """The box of a body, in the middle of those of its sources or in a row of its own."""
        before = [*self._sources(body, column - 1)] if column else []
        box = self._box(body, column)
        if before:
            box.y = (before[0].y + before[-1].y) / 2
            self.boxes.append(box)
        else:
            self._in_own_row(box)
        self.ways += [(one, box) for one in before]
        return box

    def _sources(self, body: Body, column: int) -> Iterator[Box]:
        sources = self.family.sources(body.pk)
        drawn = sources if len(sources) == MOST + 1 else sources[:MOST]
        for source in drawn:
            yield self._placed(source, column)
        if more := len(sources) - len(drawn):
            words = _("and %(count)d more") % {"count": more}
            yield self._in_own_row(Box(column, words, css="node end", until=sources[-1].gone_on))
        whole = self.family.whole
        if whole and body is self.family.shown:
            told = _("a part was split off")
            css = "node end" if whole.gone_on else "node"
            yield self._in_own_row(Box(column, whole.name, told, css, whole.url, body.begun_on))

    def _in_own_row(self, box: Box) -> Box:
        box.y = TOP + ROW * self._rows
        self._rows += 1
        self.boxes.append(box)
        return box

    def _box(self, body: Body, column: int) -> Box:
        until = _("until %(day)s") % {"day": body.last} if body.last else ""
        told = " · ".join(filter(None, (self.told.get(body.pk, ""), until)))
        return Box(column, body.name, told, self._css(body), body.url, body.gone_on)

    def _css(self, body: Body) -> str:
        own = " me" if body is self.family.shown else ""
        return f"node{own}{' end' if body.gone_on else ''}"

    def _later(self, box: Box, stages: Sequence[Stage]) -> None:
        """What the body was later, and into what it went, one behind the other."""
        shown = self.family.shown
        for day, kind in stages:
            box.until = day
            box = self._behind(
                box, Box(box.column + 1, shown.name, kind, self._css(shown), "", shown.gone_on)
            )
        for heir in self.family.heirs[:DEEPEST]:
            box = self._behind(box, self._box(heir, box.column + 1))

    def _behind(self, before: Box, box: Box) -> Box:
        box.y = before.y
        self.boxes.append(box)
        self.ways.append((before, box))
        return box

    @property
    def columns(self) -> int:
        return 1 + max(box.column for box in self.boxes)

    @property
    def height(self) -> int:
        return TOP + ROW * max(self._rows, 1)

    @property
    def svg(self) -> str:
        """The picture; its label says what the boxes say together."""
        size = f'viewBox="0 0 {WIDTH} {self.height}"'
        label = escape(f"{self.family.shown.name}: {self.family.finding}")
        parts = (*self._days(), *map(self._way, self.ways), *map(self._drawn, self.boxes))
        return f'<svg class="lineage" {size} role="group" aria-label="{label}">{"".join(parts)}</svg>'

    @property
    def _step(self) -> float:
        return (WIDTH - 2 * MARGIN + GAP) / self.columns

    @property
    def _width(self) -> float:
        return min(self._step - GAP, WIDEST)

    def _x(self, column: int) -> float:
        return MARGIN + self._step * column

    def _days(self) -> Iterator[str]:
        """A line before each column to which all ways lead on one day."""
        for column in range(1, self.columns):
            days = {one.until for one, other in self.ways if other.column == column}
            if len(days) == 1 and (day := days.pop()):
                x = round(self._x(column) - 40)
                yield f'<line class="when" x1="{x}" x2="{x}" y1="4" y2="{self.height - 14}"/>'
                yield _text(x - 8, 16, in_words(day), "strong", anchor="end")

    def _way(self, way: tuple[Box, Box]) -> str:
        one, other = way
        x, y = self._x(one.column) + self._width, one.y + HEIGHT / 2
        end, level = self._x(other.column), other.y + HEIGHT / 2
        if y == level:
            return f'<path class="flow" d="M{x:.0f} {y:.0f}H{end:.0f}"/>'
        middle = end - 60
        curve = f"C{middle + 30:.0f} {y:.0f} {middle + 10:.0f} {level:.0f} {middle + 40:.0f} {level:.0f}"
        return f'<path class="flow" d="M{x:.0f} {y:.0f}H{middle:.0f}{curve}H{end:.0f}"/>'

    def _drawn(self, box: Box) -> str:
        x, width = self._x(box.column), self._width
        name = _short(box.name, width, NAME)
        parts = (
            f"<title>{escape(box.name)}</title>" if name != box.name else "",
            f'<rect class="{box.css}" x="{x:.0f}" y="{box.y:.0f}" width="{width:.0f}" height="{HEIGHT}"/>',
            _text(round(x + 10), round(box.y + 18), name, "strong", size=NAME[0]),
            _text(round(x + 10), round(box.y + 35), _short(box.told, width, TOLD), "") if box.told else "",
        )
        inside = "".join(parts)
        return f'<a href="{escape(box.url)}">{inside}</a>' if box.url else f"<g>{inside}</g>"


def _depth(family: Family, body: Body, met: int = 0) -> int:
    """How many generations stand before a body, as far as they are drawn."""
    if met == DEEPEST:
        return met
    sources = [_depth(family, source, met + 1) for source in family.sources(body.pk)]
    whole = [met + 1] if family.whole and body is family.shown else []
    return max([*sources, *whole], default=met)


def _short(text: str, width: float, letters: tuple[int, float]) -> str:
    most = int((width - 20) / letters[1])
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def _text(x: int, y: int, text: str, css: str, *, size: int = 12, anchor: str = "") -> str:
    attributes = f' text-anchor="{anchor}"' if anchor else ""
    attributes += f' class="{css}"' if css else ""
    return f'<text x="{x}" y="{y}" font-size="{size}"{attributes}>{escape(text)}</text>'

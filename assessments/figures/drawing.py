"""The shapes of `charts` written as SVG, one string each: a page holds a thousand numbers of them."""

from collections.abc import Iterable
from html import escape

from assessments.figures.charts import Bullet, Rect, Strip, TargetLine
from assessments.figures.series import Series, Text


def bullet(shape: Bullet, label: str) -> str:
    return "".join([
        _open(shape.width, shape.height, label),
        _rectangles([shape.base] if shape.base else []),
        _rectangles(shape.bars),
        f'<path class="range" d="{shape.span}"/>' if shape.span else "",
        *(f'<path class="alt" d="{path}"/>' for path in shape.others),
        *map(_target, shape.targets),
        "</svg>",
    ])  # fmt: skip


def series(shape: Series, label: str) -> str:
    return "".join([
        f'<svg viewBox="0 0 300 128" role="img" aria-label="{escape(label)}">',
        f'<path class="grid" d="{shape.grid_path}"/><path class="brk" d="{shape.break_path}"/>',
        f'<path class="mrk" d="{shape.mark_path}"/>' if shape.marks else "",
        f'<path class="tgtline" d="{shape.target_path}"/><path class="ser" d="{shape.line_path}"/>',
        f'<path class="alt" d="{shape.other_path}"/>',
        *(f'<path class="{css}" d="{path}"/>' for css, path in shape.dot_paths),
        *map(_text, shape.texts),
        "</svg>",
    ])  # fmt: skip


def strip(shape: Strip, label: str) -> str:
    return f"{_open(shape.width, 26, label)}{_rectangles(shape.squares)}</svg>"


def _open(width: int, height: int, label: str) -> str:
    size = f'width="{width}" height="{height}" viewBox="0 0 {width} {height}"'
    return f'<svg {size} role="img" aria-label="{escape(label)}">'


def _rectangles(found: Iterable[Rect]) -> str:
    return "".join(
        f'<rect class="{css}" x="{x}" y="{y}" width="{width}" height="{height}"/>'
        for x, y, width, height, css in found
    )


def _target(line: TargetLine) -> str:
    """A line and its number; one that is not judged yet is thin."""
    line_class, number_class = ("tgt thin", "") if line.is_later else ("tgt", ' class="strong"')
    return (
        f'<line class="{line_class}" x1="{line.x}" x2="{line.x}" y1="3" y2="23"/>'
        f'<text x="{line.x}" y="33" font-size="10" text-anchor="middle"{number_class}>'
        f"{escape(line.label)}</text>"
    )


def _text(text: Text) -> str:
    weight = ' class="strong"' if text.is_strong else ""
    return (
        f'<text x="{text.x}" y="{text.y}" font-size="{text.size}"'
        f' text-anchor="{text.anchor}"{weight}>{escape(text.text)}</text>'
    )

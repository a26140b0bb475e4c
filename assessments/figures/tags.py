"""Cells of the lists of names, and the charts of the overview."""

from collections.abc import Collection, Iterable, Sequence
from html import escape

from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _t

from assessments.figures import charts, drawing
from assessments.figures.flags import Flag, told
from assessments.figures.overview import matrix
from assessments.figures.overview.since import Change
from assessments.figures.series import Series
from assessments.roster.standing import standing as in_words_of_state
from resolution03.lib import figures
from resolution03.lib.figures import signed

register = template.Library()


_NUMBERS = {7: _t("seven"), 8: _t("eight"), 9: _t("nine"), 10: _t("ten"), 11: _t("eleven"), 12: _t("twelve")}


@register.filter
def in_words(count: int) -> str:
    """A small number as a text writes it: `eight`."""
    return str(_NUMBERS.get(count, count))


@register.filter
def dashed(count: int | None) -> str:
    """An amount; `–` for none."""
    return figures.number(count or None)


@register.filter
def cell(row, column):
    """What a row of names shows in a column."""
    return row.cell(column)


@register.filter
def standing(submission) -> str:
    """The state of a unit's year, and what changed in its list since the Board holds it."""
    return in_words_of_state(submission, submission.get_state_display())


@register.simple_tag
def matrix_cells(line: matrix.Line, columns: Sequence[matrix.Column] = ()) -> SafeString:
    """The cells of each target: numerator and base, value, what is missing; what changed under them. Flags
    that the head of a column tells of all stand there alone."""
    shared = [column.flags for column in columns] or [()] * len(line.cells)
    cells = "".join(_cells(cell, told) for cell, told in zip(line.cells, shared, strict=False))
    if line.no_villages:
        words = _("no villages")
        cells += f'<td class="na" colspan="{3 * line.no_villages}">{escape(words)}</td>'
    return mark_safe(cells)  # noqa: S308 (all of it escaped)


def _cells(cell: matrix.Cell, of_all: Collection[Flag]) -> str:
    value = escape(cell.value)
    if cell.url:
        value = f'<a href="{escape(cell.url)}">{value}</a>'
    if cell.is_reported:
        value += "*"
    if own := _flags(flag for flag in cell.flags if flag not in of_all):
        value += f'<span class="of">{own}</span>'
    if cell.partly:
        value += f'<span class="cap block">{escape(cell.partly)}</span>'
    tint, change = " un" if cell.is_unmet else "", cell.change
    more, points = (_beneath(change), _beneath_share(change)) if change else ("", "")
    if change and change.points is None:
        more, points = "", more
    return (
        f'<td class="n{tint}">{escape(cell.fraction)}{more}</td><td class="p{tint}">{value}{points}</td>'
        f'<td class="s{tint}">{escape(cell.gap)}{_reach(cell)}</td>'
    )


def _flags(flags: Iterable[Flag]) -> str:
    """The signs behind a number, each with its words."""
    return "".join(
        f' <abbr class="flag" title="{escape(str(flag.words))}">{escape(flag.sign)}</abbr>' for flag in flags
    )


@register.simple_tag
def flag_signs(flags: Iterable[Flag]) -> SafeString:
    """Behind a number, what must be known of it."""
    return mark_safe(_flags(flags))  # noqa: S308 (all of it escaped)


@register.filter
def flags_told(cells: Iterable) -> list[Flag]:
    """The flags that some of the cells or rows bear, for the legend."""
    return told(cell.flags for cell in cells)


def _reach(cell: matrix.Cell) -> str:
    """Under what is missing, whether a cap lets it be reached."""
    if not cell.reach:
        return ""
    return f'<span class="of" title="{escape(cell.reach_in_full)}">{escape(cell.reach)}</span>'


def _beneath(change: Change) -> str:
    """The signed number under what a unit has now."""
    words = change.why or f"{change.before.year}: {change.told_before}"
    return f'<span class="of chg" title="{escape(words)}">{escape(change.brief)}</span>'


def _beneath_share(change: Change) -> str:
    return "" if change.points is None else f'<span class="of">{escape(signed(change.points))}</span>'


@register.simple_tag
def bullet(shape: charts.Bullet, label: str) -> SafeString:
    """A bar against its target; `label` says the same in words."""
    return mark_safe(drawing.bullet(shape, label))  # noqa: S308 (drawing escapes the words)


@register.simple_tag
def series(shape: Series, label: str) -> SafeString:
    """A figure over the years."""
    return mark_safe(drawing.series(shape, label))  # noqa: S308


@register.simple_tag
def strip(shape: charts.Strip, label: str) -> SafeString:
    """A square for each unit."""
    return mark_safe(drawing.strip(shape, label))  # noqa: S308

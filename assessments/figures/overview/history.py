"""Ten years side by side: small multiples and the table that says the same."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.figures import charts
from assessments.figures.board import Board
from assessments.figures.charts import Amount
from assessments.figures.figure import Figure
from assessments.figures.flags import Flag, brief, flags_of, told
from assessments.figures.indicator import Indicator
from assessments.figures.indicators import in_rows
from assessments.figures.judge import Standing, state_of
from assessments.figures.past import Past
from assessments.figures.series import Point, Series, Target
from assessments.figures.series import series as chart_of
from assessments.figures.words import lacking, partly, rule_sign, value
from assessments.rules.models.years import RatingYear
from resolution03.lib.figures import number, percentage, plain
from resolution03.lib.phrases import Phrase

SPAN = 10
_NARROW, _NARROW_SCALE = 20, 40


@dataclass(frozen=True, slots=True)
class Chart:
    """One indicator over the years; `rule` names its targets and when they hold; `flags`: those of its
    years, for the legend."""

    name: str
    rule: str
    label: str
    series: Series
    flags: tuple[Flag, ...] = ()


@dataclass(frozen=True, slots=True)
class Shown:
    """A figure of the table twin; `is_cut`: not compared with the years before; `flags`: what must be known
    of it."""

    value: str
    fraction: str
    sign: str
    standing: Standing
    gap: str
    is_reported: bool
    partly: str
    is_cut: bool
    flags: tuple[Flag, ...] = ()


@dataclass(frozen=True, slots=True)
class TableRow:
    name: Phrase
    cells: tuple[Shown, ...]

    @property
    def flags(self) -> list[Flag]:
        return told(cell.flags for cell in self.cells)


def span_of(years: Iterable[RatingYear], year: int) -> list[RatingYear]:
    """The ten years that end with the last one, or with `year` when it lies before them."""
    years = sorted(years, key=lambda row: row.pk)
    latest = years[-SPAN:]
    if latest and latest[0].pk > year:
        return [row for row in years if row.pk <= year][-SPAN:]
    return latest


def title(years: list[RatingYear]) -> str:
    """`10 years 2016–2025`."""
    if not years:
        return ""
    first, last = years[0].pk, years[-1].pk
    span = f"{first}–{last}" if first != last else f"{first}"
    return ngettext("%(n)s year, %(span)s", "%(n)s years, %(span)s", len(years)) % {
        "n": len(years),
        "span": span,
    }


def reported_years(board: Board, years: list[RatingYear], unit_id: int | None = None) -> list[int]:
    """The years in which some figure rests on reported totals."""
    found = {year for year, unit, _subject in board.reported if unit == unit_id}
    return [year.pk for year in years if year.pk in found]


def provisional_years(years: Iterable[RatingYear]) -> list[int]:
    """The years whose figures still change."""
    return [year.pk for year in years if state_of(year).is_provisional]


def small_multiples(
    board: Board, years: list[RatingYear], selected: int, past: Past, unit_id: int | None = None
) -> list[Chart]:
    """A chart for each target of the sheet."""
    if not years:
        return []
    shown = (*in_rows(), *_counts(board, years))
    return [chart(board, one, years, selected, past, unit_id) for one in shown]


def _counts(board: Board, years: Iterable[RatingYear]) -> list[Indicator]:
    """The counts on which the default set has a target in one of the years, as the latest has them."""
    found = {one.code: one for year in years for one in board.counts_in(year.pk)}
    return list(found.values())


def chart(
    board: Board,
    indicator: Indicator,
    years: list[RatingYear],
    selected: int,
    past: Past,
    unit_id: int | None = None,
    of: str = "",
) -> Chart:
    """One target over the years, of the set `of` (empty: the default one)."""
    span = f"{years[0].pk}–{years[-1].pk}"
    return _chart(figures_of(board, indicator, years, unit_id, of), selected, past, span)


def figures_of(
    board: Board, indicator: Indicator, years: Iterable[RatingYear], unit_id: int | None, of: str = ""
) -> list[Figure]:
    """A figure a year; a year that does not know the set is judged by none."""
    return [
        board.figure(indicator.code, year.pk, unit_id, of=of if board.rules[year.pk].set_of(of) else "")
        for year in years
    ]


def table(board: Board, years: list[RatingYear], past: Past, unit_id: int | None = None) -> list[TableRow]:
    """The same figures as numbers, with numerator and base."""
    return [
        row(one, figures_of(board, one, years, unit_id), past) for one in (*in_rows(), *_counts(board, years))
    ]


def row(indicator: Indicator, figures: list[Figure], past: Past) -> TableRow:
    """The numbers of one indicator, a figure a year."""
    cuts = {cut.year for cut in past.of(indicator)}
    cells = tuple(_shown(figure, figure.year in cuts, past) for figure in figures)
    return TableRow(indicator.words.name, cells)


def _shown(figure: Figure, is_cut: bool, past: Past) -> Shown:
    base = ""
    if figure.numerator is not None and figure.denominator is not None:
        base = f"{number(figure.numerator)}/{number(figure.denominator)}"
    is_reported = figure.is_reported and figure.numerator is not None
    return Shown(
        value(figure), base, rule_sign(figure), figure.standing, lacking(figure), is_reported,
        partly(figure), is_cut, tuple(flags_of(figure, past)) if figure.is_told else (),
    )  # fmt: skip


def _chart(figures: list[Figure], selected: int, past: Past, span: str) -> Chart:
    name = str(figures[0].indicator.words.short)
    flags = {figure.year: flags_of(figure, past) for figure in figures if figure.is_told}
    labelled = {selected, figures[-1].year}
    targets = _targets(figures)
    scale = _scale(figures, targets)
    indicator = figures[0].indicator
    held = [cut.year for cut in past.of(indicator)]
    merged = dict.fromkeys(past.mergers_of(indicator), _("villages merged"))
    return Chart(
        name=name,
        rule=_rules(figures),
        label=_("%(name)s, %(span)s; the numbers stand in the table") % {"name": name, "span": span},
        series=chart_of(
            [
                _point(figure, labelled, brief(flags.get(figure.year, ())), is_share=_is_share(figures))
                for figure in figures
            ],
            scale=scale,
            scale_label=number(scale),
            targets=targets,
            breaks=held,
            marks=merged,
            selected=selected,
        ),
        flags=tuple(told(flags.values())),
    )


def _is_share(figures: list[Figure]) -> bool:
    """Whether the chart is of shares in percent: as its last year is told."""
    return _is_percent(figures[-1])


def _is_percent(figure: Figure) -> bool:
    return figure.denominator is not None and not figure.indicator.counted.is_average


def _amount(figure: Figure) -> Amount | None:
    """What a chart draws."""
    if _is_percent(figure):
        return figure.percent
    return figure.numerator if figure.denominator is None else figure.average


def _point(figure: Figure, labelled: set[int], mark: str, *, is_share: bool) -> Point:
    """A year that is told otherwise than the chart leaves a gap."""
    if is_share != _is_percent(figure):
        return Point(figure.year, None)
    amount = _amount(figure)
    state = figure.standing
    other = figure.other[0].percent if is_share and figure.other else None
    return Point(
        figure.year,
        amount,
        _brief(figure) if figure.year in labelled else "",
        state if state in (Standing.MET, Standing.UNMET) else "",
        other if state != Standing.NONE else None,
        mark,
    )


def _brief(figure: Figure) -> str:
    """One decimal, but two within one point of the target."""
    if figure.average is not None:
        return plain(figure.average)
    if figure.percent is None:
        return "" if figure.numerator is None else number(figure.numerator)
    is_close = figure.target is not None and abs(figure.percent - figure.target) < 1
    if is_close:
        return percentage(figure.percent)[:-1]
    return number(figure.percent.quantize(Decimal("0.1")))


def _targets(figures: list[Figure]) -> list[Target]:
    judged = [figure for figure in figures if figure.target is not None]
    return [
        Target(held[0].year, held[-1].year, wanted, plain(wanted))
        for wanted, run in groupby(judged, key=lambda figure: figure.target)
        for held in [list(run)]
    ]


def _rules(figures: list[Figure]) -> str:
    """The targets of the years shown: `> 60% (2018), > 70% (2020)`."""
    held = {(f.comparison, f.target): f for f in figures if f.target is not None}
    signs = {rule_sign(figure): figure.due for figure in held.values()}
    if len(signs) == 1:
        return next(iter(signs))
    return ", ".join(f"{sign} ({due})" if due else sign for sign, due in signs.items())


def _scale(figures: list[Figure], targets: list[Target]) -> int:
    """Shares end at 100, small ones at 40; counts at a round number."""
    is_share = _is_share(figures)
    amounts = [_amount(figure) for figure in figures if is_share == _is_percent(figure)]
    highest = max([a for a in amounts if a is not None] + [t.value for t in targets], default=0)
    if is_share:
        return _NARROW_SCALE if highest <= _NARROW else charts.FULL
    return charts.round_up(max(int(highest), 20))

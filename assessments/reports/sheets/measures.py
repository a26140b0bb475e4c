"""From which columns of forms 01 to 05 the indicators take their numbers."""

from collections.abc import Iterable

from assessments.figures.count_ways import COUNT
from assessments.figures.indicator import Indicator
from assessments.reports.building.matter import Place
from assessments.reports.building.sources import Part, Sources
from assessments.reports.sheets import kinds
from assessments.reports.sheets.rated import title_key


def measure(sources: Sources, indicator: Indicator) -> tuple[Part, Part | None, Part | None]:
    """Numerator, denominator and what is not rated (or vacant)."""
    if indicator.cells.form == COUNT:
        have, base = of_count(sources, indicator)
        return have, base, None
    cells = indicator.cells
    base, rest = (sources.part(cells.form, [key]) if key else None for key in (cells.base, cells.rest))
    return sources.part(cells.form, [cells.have]), base, rest


def of_count(sources: Sources, indicator: Indicator, place: Place | None = None) -> tuple[Part, Part | None]:
    """Numerator and denominator of a count, of a unit or of the whole: they stand in no form of the eight."""
    figure = sources.matter.figure(indicator.code, place)
    have = Part("", figure.numerator)
    if figure.denominator is None:
        return have, None
    return have, Part("", figure.denominator if figure.is_known else None)


def others(sources: Sources, indicator: Indicator) -> list[tuple[Part, Part | None]]:
    """The same by the other readings, in the order of the figure's own."""
    if indicator.counted.is_rated:
        return [*_other_levels(sources, indicator)]
    if indicator.cells.form == COUNT:
        return []
    cells = indicator.cells
    base = sources.part(cells.form, [cells.base]) if cells.base else None
    return [(_less(sources, cells.form, *keys), base) for keys in cells.others]


def _less(sources: Sources, form: str, plus: Iterable[str], minus: tuple[str, ...]) -> Part:
    """The sum of some columns without some others."""
    found = sources.part(form, plus)
    if not minus or found.value is None:
        return found
    less = sources.part(form, minus)
    formula = f"{found.formula}-{less.formula}" if found.formula and less.formula else ""
    return Part(formula, found.value - (less.value or 0))


def _other_levels(sources: Sources, indicator: Indicator) -> Iterable[tuple[Part, Part]]:
    form, builder = indicator.cells.form, kinds.builder(sources.matter, indicator.subject)
    for reading in sources.matter.rules.other_readings(indicator.counted.meaning):
        yield sources.part(form, builder.keys_of(reading)), sources.part(form, ["rated"])
    if whole := builder.kind.whole_of(indicator):
        yield sources.part(form, [indicator.code]), sources.part(form, [whole.code])
    if builder.shows_title(indicator):
        yield sources.part(form, [title_key(indicator)]), sources.part(form, ["rated"])

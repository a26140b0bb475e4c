"""From which columns of forms 01 to 05 the indicators take their numbers."""

from collections.abc import Iterable

from assessments.figures.indicator import Indicator
from assessments.reports.building.sources import Part, Sources
from assessments.reports.sheets import kinds
from assessments.reports.sheets.rated import title_key


def measure(sources: Sources, indicator: Indicator) -> tuple[Part, Part | None, Part | None]:
    """Numerator, denominator and what is not rated (or vacant)."""
    cells = indicator.cells
    base, rest = (sources.part(cells.form, [key]) if key else None for key in (cells.base, cells.rest))
    return sources.part(cells.form, [cells.have]), base, rest


def others(sources: Sources, indicator: Indicator) -> list[tuple[Part, Part | None]]:
    """The same by the other readings, in the order of the figure's own."""
    if indicator.counted.is_rated:
        return [*_other_levels(sources, indicator)]
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

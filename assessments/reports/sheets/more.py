"""Indicators over a state for which the office's form 04 or 05 has no column of its own."""

from collections.abc import Iterable

from assessments.figures.fold import Counts
from assessments.figures.indicator import Indicator
from assessments.figures.indicators import INDICATORS
from resolution03.lib.forms_xlsx import FormColumn


def not_among(form: str, held: Iterable[FormColumn]) -> list[Indicator]:
    """One for each state of a form that none of the columns `held` bears."""
    keys = {column.key for column in held}
    found = {one.cells.have: one for one in INDICATORS.values() if one.cells.form == form}
    return [one for state, one in found.items() if state not in keys]


def column_of(indicator: Indicator, group: str) -> FormColumn:
    """Its column, under `group`."""
    heading = indicator.paper.column or str(indicator.label)
    return FormColumn(indicator.cells.have, heading, group=group, width=7.5, total="sum")


def value_of(indicator: Indicator, counts: Counts) -> int:
    """What stands in the column."""
    return counts.get((indicator.subject, indicator.cells.have), 0)

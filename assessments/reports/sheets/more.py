"""Columns of forms 04 and 05 for indicators over a state that the office's form has no column for."""

from collections.abc import Collection

from assessments.figures.fold import Counts
from assessments.figures.indicator import Indicator
from assessments.figures.indicators import INDICATORS
from resolution03.lib.forms_xlsx import FormColumn


def more_columns(form: str, held: Collection[str], group: str) -> list[FormColumn]:
    """A column for each state that is not among `held`, under `group`."""
    return [
        FormColumn(one.cells.have, one.paper.column or str(one.label), group=group, width=7.5, total="sum")
        for one in _not_among(form, held)
    ]


def more_values(form: str, held: Collection[str], counts: Counts) -> dict[str, int]:
    """What stands in these columns."""
    return {one.cells.have: counts.get((one.subject, one.cells.have), 0) for one in _not_among(form, held)}


def _not_among(form: str, held: Collection[str]) -> list[Indicator]:
    wanted = {one.cells.have: one for one in INDICATORS.values() if one.cells.form == form}
    return [one for state, one in wanted.items() if state not in held]

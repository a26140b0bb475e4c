"""Every form that a workbook can hold, in the order of the whole report."""

from assessments.reports.building.sources import Sheet
from assessments.reports.sheets import (
    by_unit,
    changes,
    kinds,
    lists,
    movements,
    progress,
    returns,
    targets,
    villages,
    years,
)

WHOLE: tuple[Sheet, ...] = (
    targets.SHEET,
    years.SHEET,
    by_unit.SHEET,
    *kinds.SHEETS,
    villages.SHEET,
    movements.SHEET,
    changes.SHEET,
    progress.SHEET,
    *lists.SHEETS,
)
SHEETS: dict[str, Sheet] = {sheet.key: sheet for sheet in (*WHOLE, returns.SHEET)}

"""Every form that a workbook can hold, in the order of the whole report."""

from assessments.reports.building.sources import Sheet
from assessments.reports.sheets import (
    by_unit,
    changes,
    inspection,
    kinds,
    lists,
    movements,
    organized,
    progress,
    returns,
    same_basis,
    targets,
    tasks,
    villages,
    years,
)

_FORMS: tuple[Sheet, ...] = (
    targets.SHEET,
    years.SHEET,
    by_unit.SHEET,
    *kinds.SHEETS,
    villages.SHEET,
    movements.SHEET,
    changes.SHEET,
    changes.VILLAGE_SHEET,
    progress.SHEET,
    tasks.SHEET,
    inspection.SHEET,
    organized.SHEET,
)


def whole() -> list[Sheet]:
    """What the report to the Steering Committee holds."""
    return [*_FORMS, *lists.sheets()]


def known() -> dict[str, Sheet]:
    """Every form by its key."""
    return {sheet.key: sheet for sheet in (*whole(), returns.SHEET, *same_basis.SHEETS)}


def named(*keys: str) -> list[Sheet]:
    """The forms of some keys, in their order."""
    held = known()
    return [held[key] for key in keys]

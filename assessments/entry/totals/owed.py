"""Which of a unit's reported totals still lack the reason that a rule asks for."""

from assessments.entry.totals.grid import Grid, GridRow
from assessments.rules.models.years import RatingYear
from assessments.rules.of_year import rules_of


def notes_owed(year: RatingYear, unit: int) -> list[GridRow]:
    """The subjects of which the unit's own totals do not add up and nobody wrote why."""
    return [row for row in Grid(year.pk, year, unit, rules_of(year)).rows if row.needs_note]

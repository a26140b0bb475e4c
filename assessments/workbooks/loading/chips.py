"""Levels in a plan as chips, where the year's scheme has the four that chips are made for."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from assessments.entry.imports import ORGANIZATION_RATINGS
from assessments.rules.models.schemes import Level, RatedSubject
from assessments.rules.models.years import RatingYear
from assessments.workbooks.kinds.listed import every
from assessments.workbooks.models import PlannedRow

HEADINGS = {ORGANIZATION_RATINGS.heading(key) for key in ("self_rated", "decided")}
CHIPS = 4


@dataclass(frozen=True, slots=True)
class ShownChange:
    """One column of a planned row; the levels where both sides may stand as chips."""

    heading: str
    before: str
    after: str
    level_before: Level | None = None
    level_after: Level | None = None


class Chips:
    """The levels of all years by subject and code, read in two statements when first asked for."""

    def __init__(self):
        self._levels: dict[tuple[int, str], dict[str, Level]] | None = None

    def shown(self, row: PlannedRow, changes: Iterable[list[str]]) -> list[ShownChange]:
        """The changes of a planned row, levels beside what they are written as."""
        levels = self._of(row)
        return [
            ShownChange(
                heading,
                before,
                after,
                levels.get(before) if heading in HEADINGS else None,
                levels.get(after) if heading in HEADINGS else None,
            )
            for heading, before, after in changes
        ]

    def _of(self, row: PlannedRow) -> dict[str, Level]:
        """The levels that a planned rating may name, by code; none for what is no rating, and of an
        older scheme, whose levels are plain text. The label of a rating ends with its year."""
        subject = _subjects().get(row.kind)
        year = row.label.rpartition(" · ")[2]
        if subject is None or not year.isdecimal():
            return {}
        if self._levels is None:
            self._levels = _read()
        found = self._levels.get((int(year), subject), {})
        return found if len(found) == CHIPS else {}


def _subjects() -> dict[str, RatedSubject]:
    """By whose levels the rows of a kind are rated."""
    return {kind.name: kind.roster.subject for kind in every() if kind.roster and kind.roster.subject}


def _read() -> dict[tuple[int, str], dict[str, Level]]:
    by_scheme: dict[tuple[int, str], dict[str, Level]] = defaultdict(dict)
    for level in Level.objects.all():
        by_scheme[level.scheme_id, level.subject][level.code] = level
    years = RatingYear.objects.values_list("year", "scheme_id")
    return {
        (year, subject): by_scheme[scheme, subject]
        for year, scheme in years
        for subject in _subjects().values()
    }

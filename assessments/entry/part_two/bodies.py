"""The organizations whose counts are asked for, under their names of the year, in the office's order."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import F, Value

from assessments.entry.part_two.asked import Asked
from assessments.roster.counts.given import YearCounts
from assessments.rules.models.counts import CountLevel
from assessments.rules.models.years import Submission
from resolution03.lib.text import fold


@dataclass(frozen=True, slots=True)
class Body:
    """An organization of a level; `above`: the grassroots organization of a cell."""

    pk: int
    code: str
    name: str
    above: str
    unit: str
    unit_code: str

    def is_called(self, words: str) -> bool:
        key = fold(words)
        return not key or key in fold(f"{self.name} {self.code} {self.above}")


def bodies(asked: Asked, counts: YearCounts, level: str) -> list[Body]:
    """Those of a level in what is asked for; one statement."""
    units = {unit.unit_id: unit for unit in asked.units}
    if level == CountLevel.UNIT:
        standing = counts.bodies(level)
        return [_unit(unit) for unit in asked.units if unit.unit_id in standing]
    above = F("grassroots__name") if level == CountLevel.CELL else Value("")
    lines = counts.of_level(level).order_by(
        "unit__position", "unit_id", "grassroots__position", "position", "pk"
    )
    rows: Iterable[tuple] = lines.values_list("organization_id", "code", "name", above, "unit_id")
    return [
        Body(pk, code, name, in_ or "", units[unit].name, units[unit].code)
        for pk, code, name, in_, unit in rows
        if unit in units
    ]


def _unit(unit: Submission) -> Body:
    return Body(unit.unit_id, unit.code, unit.name, "", unit.name, unit.code)

"""Which body decided on whose rating in a year, by which number and on which day."""

from dataclasses import dataclass
from datetime import date
from random import Random

from assessments.operations.demonstration.gazetteer import UNITS
from assessments.roster.models.lines import OrganizationLine
from assessments.rules.models.years import RatingYear, Submission


@dataclass(frozen=True, slots=True)
class Decision:
    body: str
    number: str
    on: date


def decisions(year: RatingYear, chance: Random) -> dict[int, Decision]:
    """By organization: a unit decides on its grassroots organizations, a grassroots organization
    on its affiliated ones and its members."""
    known = {unit.code: (unit.deciding_body, unit.sign) for unit in UNITS}
    made = {}
    for pk, code, name in Submission.objects.filter(year=year).values_list("unit_id", "code", "name"):
        body, sign = known.get(code) or (f"Ban Thường vụ {name.replace('Đảng bộ', 'Đảng ủy', 1)}", "ĐU")
        number = f"Số {chance.randint(300, 999)}-QĐ/{sign}"
        made[pk] = Decision(body, number, _day(chance, year.pk + 1, 1, 5, 25))
    lines = OrganizationLine.objects.filter(year=year, kind="grassroots").order_by("pk")
    for pk, name in lines.values_list("organization_id", "name"):
        made[pk] = _own(name, year.pk, chance)
    return made


def _own(name: str, year: int, chance: Random) -> Decision:
    """A grassroots committee, or the committee of a grassroots cell."""
    body = name.replace("Đảng bộ", "Đảng ủy", 1) if name.startswith("Đảng bộ") else f"Chi ủy {name}"
    sign = "ĐU" if name.startswith("Đảng bộ") else "CB"
    return Decision(body, f"Số {chance.randint(10, 180)}-QĐ/{sign}", _day(chance, year, 12, 5, 28))


def _day(chance: Random, year: int, month: int, first: int, last: int) -> date:
    return date(year, month, chance.randint(first, last))

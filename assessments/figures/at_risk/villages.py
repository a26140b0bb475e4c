"""The villages of a year with a cell of their own, and how many of its members may be counted on."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from accounts.permissions import stores_names
from assessments.figures.at_risk.rules import Risk, born_by, risk_of
from assessments.roster.models.lines import MemberLine
from assessments.roster.querysets import VillageLineQuerySet
from assessments.rules.models.years import RatingYear

_COLUMNS = ("pk", "village_id", "code", "name", "committee__name", "unit_id", "cell_id", "official_members")


@dataclass(frozen=True, slots=True)
class Village:
    """A village with its own cell. Of its official members `exempt`; of the others `aged` and `unborn`
    (without a date of birth)."""

    pk: int
    code: str
    name: str
    committee: str
    unit: int
    official: int
    exempt: int
    aged: int
    unborn: int

    @property
    def left(self) -> int:
        """Official members without those taken off."""
        return self.official - self.exempt - self.aged

    @property
    def risk(self) -> Risk | None:
        return risk_of(official=self.official, exempt=self.exempt, aged=self.aged, unborn=self.unborn)


def with_own_cell(lines: VillageLineQuerySet, year: RatingYear, age: int) -> list[Village]:
    """Those of `lines`, in the roster's order; two statements."""
    own = lines.filter(year=year, cell__isnull=False, cell_is_shared=False).order_by("position", "pk")
    rows = list(own.values_list(*_COLUMNS))
    counts = _counts(year, own, born_by(year.pk, age)) if stores_names() else {}
    return [_village(row, counts.get(row[6], (0, 0, 0))) for row in rows]


def _village(row: tuple, counts: tuple[int, int, int]) -> Village:
    _line, pk, code, name, committee, unit, _cell, official = row
    return Village(pk, code, name, committee, unit, official, *counts)


def _counts(year: RatingYear, own: VillageLineQuerySet, cut: date) -> dict[int, tuple[int, int, int]]:
    """By cell: the exempt, those old enough, those without a date of birth; official members alone."""
    cells = own.order_by().values("cell")
    official = MemberLine.objects.filter(year=year, cell__in=cells, is_probationary=False).in_roster()
    active = Q(is_exempt=False)
    counted = (
        official.order_by()
        .values_list("cell_id")
        .annotate(
            off=Count("pk", filter=~active),
            aged=Count("pk", filter=active & Q(member__born_on__lte=cut)),
            unborn=Count("pk", filter=active & Q(member__born_on__isnull=True)),
        )
    )
    return {cell: tuple(counts) for cell, *counts in counted}

"""Who came from and went to other units, so that opening + in − out = closing can be checked."""

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Q

from assessments.models import MemberLine, Movement, MovementKind, Subject, YearState
from assessments.reports.matter import Matter, Place

Members = dict[int, set[int]]
"""Unit → members."""


@dataclass(frozen=True)
class Balance:
    """The members of a year beside those of the year before, by unit."""

    matter: Matter

    def is_known(self, place: Place) -> bool:
        """Whether both years have lists for the unit, not totals."""
        before = self.matter.before
        if self.matter.is_reported_only or before is None or before.state == YearState.REPORTED:
            return False
        reported = self.matter.board.reported
        return not any((year, place.id, Subject.MEMBER) in reported
                       for year in (self.matter.year.pk, before.pk))

    def came(self, place: Place) -> int | None:
        """From another unit: here at the end or until leaving, but not at the beginning."""
        if not self.is_known(place):
            return None
        return len(self._ended[place.id] - self._began[place.id])

    def went(self, place: Place) -> int | None:
        """To another unit: here at the beginning or since joining, but not at the end."""
        if not self.is_known(place):
            return None
        return len(self._began[place.id] - self._ended[place.id])

    @cached_property
    def _began(self) -> Members:
        joined = self._moved(MovementKind.ADMISSION, MovementKind.ARRIVAL)
        return _joined(self._roster(self.matter.before), joined)

    @cached_property
    def _ended(self) -> Members:
        return _joined(self._roster(self.matter.year), self._moved(MovementKind.LEAVING))

    def _roster(self, year) -> list[tuple[int, int]]:
        lines = MemberLine.objects.under(self.matter.scope).filter(year=year).in_roster()
        return list(lines.order_by().values_list("unit_id", "member_id"))

    def _moved(self, *kinds: MovementKind) -> list[tuple[int, int]]:
        """Admitted outside and arrived on another day: the arrival alone counts."""
        year = self.matter.year
        rows = Movement.objects.under(self.matter.scope).filter(
            year=year, on__year=year.pk, kind__in=kinds
        )
        rows = rows.exclude(
            Q(kind=MovementKind.ADMISSION, in_province=False, member__arrived_on__isnull=False)
        )
        return list(rows.order_by().values_list("unit_id", "member_id"))


def _joined(*rows: list[tuple[int, int]]) -> Members:
    found: Members = defaultdict(set)
    for pairs in rows:
        for unit, member in pairs:
            found[unit].add(member)
    return found

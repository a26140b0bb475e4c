"""Who came from and went to other units, so that opening + in − out = closing can be checked."""

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Exists, OuterRef, Q, QuerySet

from assessments.reports.building.matter import Matter, Place
from assessments.roster.models.lines import MemberLine
from assessments.roster.models.movements import Movement, MovementKind
from assessments.roster.models.tallies import Subject
from assessments.rules.models.years import RatingYear, YearState

Members = dict[int | None, set[int]]
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
        return not any(
            (year, place.id, Subject.MEMBER) in reported for year in (self.matter.year.pk, before.pk)
        )

    def came(self, place: Place) -> int | None:
        """From another unit: here at the end or until leaving, but not at the beginning."""
        return len(self._came[place.id]) if self.is_known(place) else None

    def went(self, place: Place) -> int | None:
        """To another unit: here at the beginning or since joining, but not at the end."""
        return len(self._went[place.id]) if self.is_known(place) else None

    @cached_property
    def _came(self) -> Members:
        before = self._before
        return _without(
            [self._missing(self._roster(self.matter.year), before), self._missing(self._leavers, before)],
            self._joiners,
        )

    @cached_property
    def _went(self) -> Members:
        now = self.matter.year
        return _without(
            [self._missing(self._roster(self._before), now), self._missing(self._joiners, now)],
            self._leavers,
        )

    @property
    def _before(self) -> RatingYear:
        """The year before, where `is_known`."""
        if self.matter.before is None:
            raise LookupError(self.matter.year.pk - 1)
        return self.matter.before

    def _missing(self, rows: QuerySet, year: RatingYear) -> QuerySet:
        """The rows whose member does not stand in the same unit in the roster of `year`."""
        there = self._roster(year).filter(member=OuterRef("member"), unit=OuterRef("unit"))
        return rows.filter(~Exists(there))

    def _roster(self, year: RatingYear) -> QuerySet:
        lines = MemberLine.objects.under(self.matter.scope)
        return lines.filter(year=year).in_roster().order_by()

    @property
    def _leavers(self) -> QuerySet:
        return self._moved(MovementKind.LEAVING)

    @property
    def _joiners(self) -> QuerySet:
        return self._moved(MovementKind.ADMISSION, MovementKind.ARRIVAL)

    def _moved(self, *kinds: MovementKind) -> QuerySet:
        """Admitted outside and arrived on another day: the arrival alone counts."""
        year = self.matter.year
        rows = Movement.objects.under(self.matter.scope).filter(year=year, on__year=year.pk, kind__in=kinds)
        outside = Q(kind=MovementKind.ADMISSION, in_province=False)
        return rows.with_start().exclude(outside & Q(at_once=False)).order_by()


def _without(found: list[QuerySet], others: QuerySet) -> Members:
    """Members by unit, each once, but for the others."""
    left_out = set(others.values_list("unit_id", "member_id"))
    members: Members = defaultdict(set)
    for rows in found:
        for unit, member in rows.values_list("unit_id", "member_id"):
            if (unit, member) not in left_out:
                members[unit].add(member)
    return members

"""What happened to villages in a year, told from their own days, lineage, committees and cells."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from django.db.models import Q, QuerySet

from assessments.reports.building.matter import Matter
from assessments.reports.sheets.event_names import ELSEWHERE, Event, EventNames, several
from assessments.roster.models.village_lines import VillageLine
from orgs.models import Coverage, Village

FOUNDED, SPLIT, DIVIDED, MERGED, ENDED, MOVED = (
    "Thành lập",
    "Thành lập do tách",
    "Chia tách",
    "Sáp nhập",
    "Giải thể",
    "Chuyển đảng bộ xã",
)
CELL_GOT, CELL_LOST, CELL_CHANGED = "Có chi bộ", "Không còn chi bộ", "Đổi chi bộ"


@dataclass(frozen=True)
class VillageEvents:
    """The changes of one year, in the report's scope."""

    matter: Matter

    @cached_property
    def all(self) -> list[Event]:
        """By day."""
        found = [event for one in self._villages for event in self._of(one)]
        return sorted(found, key=lambda event: (event.on or date.min, event.about.position, event.about.pk))

    def name_of(self, village: Village) -> str:
        return self._names.get(village.pk, village.name)

    def unit_name(self, village: Village) -> str:
        """The unit in which it stood that year; today's for what the roster does not list."""
        return self._organizations.of(self._units.get(village.pk) or village.committee.unit_id)

    def _of(self, one: Village) -> Iterator[Event]:
        stretches = sorted(one.coverages.all(), key=lambda row: row.starts_on or date.min)
        if self._in_year(one.starts_on):
            yield self._beginning(one, stretches[0])
        for before, now in zip(stretches, stretches[1:], strict=False):
            if self._in_year(now.starts_on):
                yield self._cover(one, before, now)
        if self._in_year(one.gone_on):
            yield self._end(one)

    def _beginning(self, one: Village, stretch: Coverage) -> Event:
        """Split off, or founded, perhaps of those that went into it that day."""
        went = [
            two for two in self._villages if two.merged_into_id == one.pk and two.gone_on == one.starts_on
        ]
        what, before = FOUNDED, f"Trên cơ sở {self._several(went)}" if went else ""
        if one.split_from_id:
            what, before = SPLIT, f"Tách từ {self._name(one.split_from_id)}"
        return Event(one, what, one.starts_on, before, self._place(stretch), stretch.decision)

    def _end(self, one: Village) -> Event:
        parts = [
            two for two in self._villages if two.split_from_id == one.pk and two.starts_on == one.gone_on
        ]
        what, after = (DIVIDED, f"Chia thành {self._several(parts)}") if parts else (ENDED, "")
        if one.merged_into_id:
            what, after = MERGED, f"Nhập vào {self._name(one.merged_into_id)}"
        return Event(one, what, one.gone_on, "", after, one.ending_decision)

    def _cover(self, one: Village, before: Coverage, now: Coverage) -> Event:
        if before.committee_id != now.committee_id:
            is_same = before.cell_id == now.cell_id
            was, became = (self._place(row, only_committee=is_same) for row in (before, now))
            return Event(one, MOVED, now.starts_on, was, became, now.decision)
        was, became = (self._organizations.of(row.cell_id) for row in (before, now))
        what = CELL_CHANGED if before.cell_id and now.cell_id else CELL_GOT if now.cell_id else CELL_LOST
        return Event(one, what, now.starts_on, was, became, now.decision)

    def _place(self, stretch: Coverage, *, only_committee: bool = False) -> str:
        """The commune's committee and the cell, where one covers it."""
        holders = (stretch.committee_id, None if only_committee else stretch.cell_id)
        return "; ".join(filter(None, map(self._organizations.of, holders)))

    def _in_year(self, day: date | None) -> bool:
        return day is not None and day.year == self.matter.year.pk

    @cached_property
    def _villages(self) -> list[Village]:
        """Of today's tree, and those that stood in the scope then."""
        happened = _happened(self.matter.year.pk)
        inside = Q(pk__in=Village.objects.under(self.matter.scope).values("pk"))
        then = Q(pk__in=self._then.order_by().values("village"))
        found = Village.objects.filter(inside | then, pk__in=Village.objects.filter(happened).values("pk"))
        return [*found.select_related("committee").prefetch_related("coverages")]

    @property
    def _then(self) -> QuerySet:
        """Lines of the year and of the year before."""
        years = [year for year in (self.matter.before, self.matter.year) if year]
        return VillageLine.objects.under(self.matter.scope).filter(year__in=years).order_by("year")

    def _several(self, villages: list[Village]) -> str:
        return several([self._name(one.pk) for one in villages], "thôn")

    def _name(self, village: int) -> str:
        return self._names.get(village, ELSEWHERE)

    @cached_property
    def _names(self) -> dict[int, str]:
        """The name borne that year, else the year before, else today; none outside the scope."""
        today = Village.objects.under(self.matter.scope).values_list("pk", "name")
        return dict(today) | dict(self._then.values_list("village_id", "name"))

    @cached_property
    def _units(self) -> dict[int, int]:
        return dict(self._then.values_list("village_id", "unit_id"))

    @cached_property
    def _organizations(self) -> EventNames:
        return EventNames(self.matter)


def _happened(year: int) -> Q:
    """Villages to which something happened in a year; one that ends counts on its last day."""
    ended = Q(ends_on__gte=date(year, 1, 1) - timedelta(days=1), ends_on__lt=date(year, 12, 31))
    return Q(starts_on__year=year) | ended | Q(coverages__starts_on__year=year)

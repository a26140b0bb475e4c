"""What happened to organizations in a year, told from the tree of its two ends."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import F, Q, QuerySet

from assessments.reports.building.matter import Matter
from assessments.reports.sheets.event_names import Event, EventNames, organizations_then
from members.models import Membership
from orgs.models import Coverage, Level, Organization, Placement
from orgs.models import Form as OrganizationForm

FOUNDED, SPLIT, DISSOLVED, MERGED, MOVED, RENAMED, KIND = (
    "Thành lập",
    "Thành lập do tách",
    "Giải thể",
    "Sáp nhập",
    "Chuyển trực thuộc",
    "Đổi tên",
    "Đổi loại hình",
)
_PAST = ("placements", "former_names", "former_forms")
_KINDS = {"grassroots": "tổ chức cơ sở đảng", "affiliated": "trực thuộc đảng ủy cơ sở"}


@dataclass(frozen=True)
class Events:
    """The changes of one year, in the report's scope."""

    matter: Matter

    @cached_property
    def all(self) -> list[Event]:
        """By day; what has no day of its own at the end of the year."""
        found = [event for one in self._organizations for event in self._of(one)]
        return sorted(
            found,
            key=lambda event: (
                event.on or date(self.matter.year.pk, 12, 31),
                event.about.position,
                event.about.pk,
            ),
        )

    def _of(self, one: Organization) -> Iterator[Event]:
        placements = sorted(one.placements.all(), key=lambda row: row.starts_on or date.min)
        if self._in_year(one.established_on):
            yield self._beginning(one, placements[0])
        for before, now in zip(placements, placements[1:], strict=False):
            if self._in_year(now.starts_on):
                yield self._move(one, before, now)
        yield from self._renamings(one)
        yield from self._other_kind(one)
        if self._in_year(one.dissolved_on):
            yield self._end(one)

    def _move(self, one: Organization, before: Placement, now: Placement) -> Event:
        """To another place; under the same, what has a level of its own has another one from then on."""
        if before.parent_id == now.parent_id:
            was, became = (Level(row.own_level).label if row.own_level else "" for row in (before, now))
            return Event(one, KIND, now.starts_on, was, became, now.decision)
        was, became = (self._names.of(row.parent_id) for row in (before, now))
        return Event(one, MOVED, now.starts_on, was, became, now.decision)

    def _beginning(self, one: Organization, placement: Placement) -> Event:
        """Split off from what goes on without it, as is stored or told by what it got; else founded, perhaps
        of what went into it that day."""
        whole = [one.split_from_id] if one.split_from_id else []
        sources = whole or [*dict.fromkeys([*self._gone_into(one), *self._got_from(one)])]
        goes_on = [source for source in sources if (source, one.established_on) not in self._ended]
        if whole or (sources and goes_on == sources):
            what, before = SPLIT, f"Tách từ {self._names.several(sources)}"
        else:
            what, before = FOUNDED, f"Trên cơ sở {self._names.several(sources)}" if sources else ""
        place = self._names.of(placement.parent_id)
        return Event(one, what, one.established_on, before, place, placement.decision)

    def _end(self, one: Organization) -> Event:
        """Merged as is stored; of what nothing is stored: where one other took over everything."""
        takers = [one.merged_into_id] if one.merged_into_id else self._given_to(one)
        what, verb = (MERGED, "Nhập vào") if len(takers) == 1 else (DISSOLVED, "Bàn giao cho")
        after = f"{verb} {self._names.several(takers)}" if takers else ""
        return Event(one, what, one.dissolved_on, "", after, one.dissolution_decision)

    def _renamings(self, one: Organization) -> Iterator[Event]:
        names = sorted(one.former_names.all(), key=lambda row: row.until)
        later = [*(row.name for row in names[1:]), one.name]
        for row, name in zip(names, later, strict=False):
            if self._in_year(row.until):
                yield Event(one, RENAMED, row.until, row.name, name, row.decision)

    def _other_kind(self, one: Organization) -> Iterator[Event]:
        """Between the roster of the year before and the year's own: a form, or a level above. The day is
        told of a form alone, that of a place stands with the move."""
        if one.pk in self._kinds:
            formed = next((row for row in one.former_forms.all() if self._in_year(row.until)), None)
            day, decision = (formed.until, formed.decision) if formed else (None, "")
            yield Event(one, KIND, day, *self._kinds[one.pk], decision)

    def name_of(self, one: Organization) -> str:
        return self._names.known.get(one.pk, one.name)

    def _in_year(self, day: date | None) -> bool:
        return day is not None and day.year == self.matter.year.pk

    @cached_property
    def _organizations(self) -> list[Organization]:
        """Of today's tree, and those that stood in the scope then."""
        found = {one.pk: one for one in self._today.prefetch_related(*_PAST)}
        lines = self._then.filter(
            _happened("organization__", self.matter.year.pk) | Q(organization__in=self._kinds)
        ).select_related("organization")
        for line in lines.prefetch_related(*(f"organization__{name}" for name in _PAST)):
            found.setdefault(line.organization_id, line.organization)
        return [*found.values()]

    @property
    def _today(self) -> QuerySet:
        return (
            Organization.objects.under(self.matter.scope)
            .filter(_happened("", self.matter.year.pk))
            .distinct()
        )

    @property
    def _then(self) -> QuerySet:
        return organizations_then(self.matter)

    @cached_property
    def _kinds(self) -> dict[int, tuple[str, str]]:
        """Organization → its kind in words before and now, of those whose kind changed."""
        rows = self._then.values_list("organization_id", "kind", "form")
        seen: dict[int, list] = defaultdict(list)
        for organization, *kind in rows:
            seen[organization].append(_kind_words(*kind))
        return {one: (kinds[0], kinds[-1]) for one, kinds in seen.items() if kinds[0] != kinds[-1]}

    @cached_property
    def _handed(self) -> list[tuple[int, int, date]]:
        """(from, to, day): where members, organizations and villages went, in the year."""
        scope, year = self.matter.scope, {"starts_on__year": self.matter.year.pk}
        found: set[tuple] = set()
        for model, thing, field in (
            (Membership, "member__memberships", "cell_id"),
            (Placement, "organization__placements", "parent_id"),
            (Coverage, "village__coverages", "cell_id"),
            (Coverage, "village__coverages", "committee_id"),
        ):
            rows = model.objects.under(scope).filter(**year, **{f"{thing}__ends_on": F("starts_on")})
            found.update(rows.order_by().values_list(f"{thing}__{field}", field, "starts_on"))
        return sorted(row for row in found if None not in row and row[0] != row[1])

    def _given_to(self, one: Organization) -> list[int]:
        """Which organizations took over what a dissolved one had."""
        return [to for source, to, day in self._handed if (source, day) == (one.pk, one.dissolved_on)]

    def _gone_into(self, one: Organization) -> list[int]:
        """What went whole into a new one on its first day."""
        return [
            source.pk
            for source in self._organizations
            if (source.merged_into_id, source.dissolved_on) == (one.pk, one.established_on)
        ]

    def _got_from(self, one: Organization) -> list[int]:
        """From which organizations a new one was made."""
        return [source for source, to, day in self._handed if (to, day) == (one.pk, one.established_on)]

    @cached_property
    def _ended(self) -> set[tuple[int, date]]:
        return {(one.pk, one.dissolved_on) for one in self._organizations if one.dissolved_on}

    @cached_property
    def _names(self) -> EventNames:
        return EventNames(self.matter)

    def unit_name(self, one: Organization) -> str:
        """The unit in which it stood that year; today's for what the roster does not list."""
        return self._names.of(self._units.get(one.pk) or one.unit_id)

    @cached_property
    def _units(self) -> dict[int, int]:
        return dict(self._then.values_list("organization_id", "unit_id"))


def _happened(prefix: str, year: int) -> Q:
    """Organizations to which something happened in a year."""
    found = Q()
    for day in ("established_on", "dissolved_on", "placements__starts_on", "former_names__until"):
        found |= Q(**{f"{prefix}{day}__year": year})
    return found


def _kind_words(kind: str, form: str) -> str:
    return f"{OrganizationForm(form).label}, {_KINDS[kind]}"

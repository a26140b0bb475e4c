"""Why a row of a closed year is another by the registers: which act, of which day, entered when."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property

from django.utils import timezone
from django.utils.translation import gettext as _

from assessments.roster.models.list_changes import ListChange, Listed
from assessments.roster.seen import PLACES, RECORDS, SEEN
from assessments.rules.models.years import RatingYear
from members.models import Member, VillageHead
from orgs.models import AuditEntry, Organization, Village
from orgs.trail.words import actions
from resolution03.lib.dates import year_end

_NEAREST_FIRST = ("cell_id", "parent_id", "committee_id", "grassroots_id", "unit_id")
_LIFE = {"admitted_on", "arrived_on", "left_on", "established_on", "dissolved_on", "starts_on", "ends_on"}
_PLACE = {"cell_id", "parent_id", "committee_id"}
_RESTS_ON = {
    **dict.fromkeys((*PLACES, "kind"), _PLACE),
    "form": {"form"},
    "is_exempt": {"is_exempt"},
    "is_probationary": {"official_on"},
}
"""On which values of a record a value of its row rests; all others on its days."""

Key = tuple[str, int]
"""The label of a model and a key."""
Days = Mapping[str, list[date | None]]
"""By what changed on them: a place, form, exemption, or the life itself (`life`)."""


class Reasons:
    """Of changes that the registers would bring into a year; as many statements for one as for many."""

    def __init__(self, changes: Iterable[ListChange], year: RatingYear):
        self.changes, self.day, self.since = list(changes), year_end(year.pk), year.closed_at

    def of(self, change: ListChange) -> str:
        """In words: `transferred from 01/07/2018; entered 05/03/2026 by …, after the closing`."""
        names = set(_differing(change))
        day = self._day(change, names)
        entry, is_own = self._entry(change, names, day)
        if entry is None:
            return _("follows from other changes of the registers after the closing")
        known = actions().get(entry.action)
        words = str(known.words) if known else entry.action
        told = {
            "what": words if is_own else f"{entry.object_code} {words}",
            "moment": f"{timezone.localtime(entry.at):%d/%m/%Y}",
            "who": entry.actor_name,
        }
        if day is None or not is_own:
            return _("%(what)s; entered %(moment)s by %(who)s, after the closing") % told
        told["day"] = f"{day:%d/%m/%Y}"
        return _("%(what)s from %(day)s; entered %(moment)s by %(who)s, after the closing") % told

    def _entry(self, change: ListChange, names: set[str], day: date | None) -> tuple[AuditEntry | None, bool]:
        """The latest entry since the closing about what the row rests on, and whether of its own record;
        one that gave just this day or value before any other."""
        wanted = set().union(*(_RESTS_ON.get(name, _LIFE) for name in names))
        given = {day.isoformat() if day else None, *_new(change, names)} - {None}
        for number, key in enumerate(self._about(change)):
            found = self._entries.get(key, [])
            if number == 0:
                found = [entry for entry in found if wanted & entry.after.keys()]
                exact = [entry for entry in found if given & {entry.after.get(name) for name in wanted}]
                found = exact or found
            if found:
                return found[-1], number == 0
        return None, False

    def _about(self, change: ListChange) -> Iterator[Key]:
        """The row's own record, its head and the member who is head, then where it stood and stands."""
        states = _states(change)
        yield _label(RECORDS[change.listed]), change.who
        for head in {one["head_id"] for one in states if one.get("head_id")}:
            yield _label(VillageHead), head
            if member := self._members.get(head):
                yield _label(Member), member
        for name in _NEAREST_FIRST:
            yield from ((_label(Organization), one[name]) for one in states if one.get(name))

    @cached_property
    def _members(self) -> dict[int, int | None]:
        """The members who are heads of the rows."""
        states = (values for change in self.changes for values in _states(change))
        heads = {values["head_id"] for values in states if values.get("head_id")}
        rows = VillageHead.objects.filter(pk__in=heads).order_by()
        return dict(rows.values_list("pk", "member_id")) if heads else {}

    @cached_property
    def _entries(self) -> dict[Key, list[AuditEntry]]:
        """The entries since the closing about each record, the latest last."""
        wanted: dict[str, set[int]] = defaultdict(set)
        for change in self.changes:
            for label, key in self._about(change):
                wanted[label].add(key)
        found: dict[Key, list[AuditEntry]] = defaultdict(list)
        for label, keys in wanted.items():
            rows = AuditEntry.objects.filter(object_type=label, object_id__in=keys)
            if self.since:
                rows = rows.filter(at__gt=self.since)
            for row in rows.order_by("pk").defer("reason"):
                found[label, row.object_id or 0].append(row)
        return found

    def _day(self, change: ListChange, names: set[str]) -> date | None:
        """The latest day by the end of the year on which that of the record changed."""
        known = self._days.get((change.listed, change.who), {})
        parts = {"place" if _RESTS_ON.get(name) == _PLACE else name for name in names}
        days = [day for part in parts for day in known.get(part, known.get("life", ())) if day]
        return max((day for day in days if day <= self.day), default=None)

    @cached_property
    def _days(self) -> dict[tuple[str, int], Days]:
        """The days on which the records changed, by their dated rows."""
        who = {listed: {one.who for one in self.changes if one.listed == listed} for listed in Listed}
        members = _with(Member, who[Listed.MEMBER], "memberships", "past_stays", "former_exemptions")
        bodies = _with(Organization, who[Listed.ORGANIZATION], "placements", "former_forms")
        villages = _with(Village, who[Listed.VILLAGE], "coverages")
        return (
            {(Listed.MEMBER, one.pk): _of_member(one) for one in members}
            | {(Listed.ORGANIZATION, one.pk): _of_organization(one) for one in bodies}
            | {(Listed.VILLAGE, one.pk): _of_village(one) for one in villages}
        )


def _states(change: ListChange) -> list[dict]:
    """The parts of the row as they are and were, those that are there."""
    return [values for side in (change.after, change.before) for values in side.values() if values]


def _differing(change: ListChange) -> Iterator[str]:
    """The values that are others; `life` of what is only on one side."""
    for part, names in SEEN.items():
        old, new = change.before.get(part), change.after.get(part)
        if old and new:
            yield from (name for name in names if old[name] != new[name])
        elif old or new:
            yield "life"


def _new(change: ListChange, names: set[str]) -> Iterator[object]:
    return (values[name] for values in change.after.values() if values for name in names & values.keys())


def _of_member(member: Member) -> Days:
    past = [day for stay in member.past_stays.all() for day in (stay.arrived_on, stay.left_on)]
    return {
        "life": [*past, member.admitted_on, member.arrived_on, member.left_on],
        "place": [row.starts_on for row in member.memberships.all()],
        "is_exempt": [row.until for row in member.former_exemptions.all()],
        "is_probationary": [member.official_on],
    }


def _of_organization(one: Organization) -> Days:
    return {
        "life": [one.established_on, one.dissolved_on],
        "place": [row.starts_on for row in one.placements.all()],
        "form": [row.until for row in one.former_forms.all()],
    }


def _of_village(village: Village) -> Days:
    return {
        "life": [village.starts_on, village.ends_on],
        "place": [row.starts_on for row in village.coverages.all()],
    }


def _label(model) -> str:
    return model._meta.label_lower


def _with(model, keys: set[int], *rows: str):
    return model.objects.filter(pk__in=keys).prefetch_related(*rows).order_by() if keys else ()

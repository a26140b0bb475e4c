"""What bodies held on their last day, when they went into another: organizations, members and villages, in
numbers."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from assessments.registers.lineage.family import Body
from members.models import Membership
from orgs.models import Coverage, Organization, Placement
from orgs.rules import exists_on


@dataclass(slots=True)
class Held:
    """`children`: directly below; members and villages of the body and of all below it."""

    children: int = 0
    members: int = 0
    villages: int = 0

    def __add__(self, other: "Held") -> "Held":
        return Held(
            self.children + other.children, self.members + other.members, self.villages + other.villages
        )


@dataclass
class _Last:
    """A body on its last day, and all that stood below it then, by generations."""

    day: date
    inside: set[int] = field(default_factory=set)


def held(bodies: Iterable[Body]) -> Mapping[int, Held]:
    """By the keys of the bodies that ended; statements by the depth of the tree, not by their number."""
    last = {body.pk: _Last(body.last_day, {body.pk}) for body in bodies if body.last_day}
    found = {pk: Held() for pk in last}
    for pk, count in _gather(last).items():
        found[pk].children = count
    for name, counts in (("members", _members(last)), ("villages", _villages(last))):
        for pk, count in counts.items():
            setattr(found[pk], name, count)
    return found


def _gather(last: Mapping[int, _Last]) -> Counter:
    """Fill in what stood below; how many directly."""
    direct: Counter = Counter()
    near: dict[int, set[int]] = {pk: {pk} for pk in last}
    while above := _bodies_by_place(near):
        near = defaultdict(set)
        for row in _placements(above):
            child, parent, starts, ends, begun, gone = row
            for pk in above[parent]:
                day = last[pk].day
                if (
                    not (exists_on(day, starts, ends) and exists_on(day, begun, gone))
                    or child in last[pk].inside
                ):
                    continue
                direct[pk] += parent == pk
                last[pk].inside.add(child)
                near[pk].add(child)
    return direct


def _placements(parents: Collection[int]):
    rows = Placement.objects.filter(parent__in=parents).order_by()
    days = ("starts_on", "ends_on", "organization__established_on", "organization__dissolved_on")
    return rows.values_list("organization", "parent", *days)


def _bodies_by_place(near: Mapping[int, set[int]]) -> dict[int, list[int]]:
    """Organization → in which of the bodies it stood."""
    found: dict[int, list[int]] = defaultdict(list)
    for pk, inside in near.items():
        for one in inside:
            found[one].append(pk)
    return found


def _members(last: Mapping[int, _Last]) -> Counter:
    places = _bodies_by_place({pk: one.inside for pk, one in last.items()})
    cells = Organization.objects.filter(pk__in=places, form="cell").values("pk")
    rows = Membership.objects.filter(cell__in=cells).select_related("member").order_by()
    found: Counter = Counter()
    for row in rows.prefetch_related("member__past_stays"):
        for pk in places[row.cell_id]:
            day = last[pk].day
            found[pk] += row.holds(day) and row.member.is_present_on(day)
    return found


def _villages(last: Mapping[int, _Last]) -> Counter:
    places = _bodies_by_place({pk: one.inside for pk, one in last.items()})
    rows = Coverage.objects.filter(committee__in=places) | Coverage.objects.filter(cell__in=places)
    seen: dict[int, set[int]] = defaultdict(set)
    for row in rows.select_related("village").order_by():
        for holder in (row.committee_id, row.cell_id):
            for pk in places.get(holder or 0, ()):
                if row.holds(last[pk].day) and row.village.counts_on(last[pk].day):
                    seen[pk].add(row.village_id)
    return Counter({pk: len(villages) for pk, villages in seen.items()})

"""What passed from bodies into the one into which they went, and what a body held on its own last day:
organizations, members and villages, in numbers."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Model

from assessments.registers.lineage.family import Body
from members.models import Membership, PastStay
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
    """A body on its last day: what stood below it then, of which `inside` is counted; `heir`: only what
    stands there on the day after. None: all."""

    day: date
    gone_on: date
    heir: int | None
    inside: set[int] = field(default_factory=set)


def received(sources: Iterable[Body], heir: Body) -> Mapping[int, Held]:
    """By the keys of the sources, what of each stands in the heir from its first day without them on."""
    return _held({one.pk: _last(one, heir.pk) for one in sources if one.gone_on})


def held(body: Body) -> Held | None:
    """What a body held on its last day; None while it lasts."""
    return _held({body.pk: _last(body, None)})[body.pk] if body.gone_on else None


def _last(body: Body, heir: int | None) -> _Last:
    gone_on = body.gone_on or date.max
    return _Last(body.last_day or date.max, gone_on, heir, {body.pk})


def _held(last: Mapping[int, _Last]) -> Mapping[int, Held]:
    """Statements by the depth of the tree, not by the number of bodies."""
    children = _gather(last)
    members, villages = _members(last), _villages(last)
    return {pk: Held(children[pk], members[pk], villages[pk]) for pk in last}


Stretches = Mapping[int, list[tuple[date | None, date | None]]]


def _in_heirs(model: type[Model], thing: str, holder: str, last: Mapping[int, _Last]) -> Stretches:
    """By the things, when they stood in the heir; all sources have the same."""
    found: dict[int, list[tuple[date | None, date | None]]] = defaultdict(list)
    heirs = {one.heir for one in last.values() if one.heir}
    if heirs:
        rows = model._default_manager.filter(**{f"{holder}__in": heirs}).order_by()
        for pk, *days in rows.values_list(thing, "starts_on", "ends_on"):
            found[pk].append((days[0], days[1]))
    return found


def _passed(thing: int, one: _Last, there: Stretches) -> bool:
    """Whether a thing stands in the heir on the first day without the body."""
    return one.heir is None or any(exists_on(one.gone_on, *days) for days in there.get(thing, ()))


def _gather(last: Mapping[int, _Last]) -> Counter:
    """Fill in what stood below and passed with its superior; how many directly."""
    direct: Counter = Counter()
    there = _in_heirs(Placement, "organization", "parent", last)
    near: Mapping[int, set[int]] = {pk: {pk} for pk in last}
    while above := _bodies_by_place(near):
        following: dict[int, set[int]] = defaultdict(set)
        for child, parent, *life in _placements(above):
            for pk in above[parent]:
                one = last[pk]
                if child in one.inside or not _lasts(one.day, *life):
                    continue
                if parent != pk or _passed(child, one, there):
                    direct[pk] += parent == pk
                    one.inside.add(child)
                    following[pk].add(child)
        near = following
    return direct


def _lasts(day: date, starts, ends, begun, gone) -> bool:
    return exists_on(day, starts, ends) and exists_on(day, begun, gone)


def _placements(parents: Collection[int]) -> Iterator[tuple]:
    rows = Placement.objects.filter(parent__in=parents).order_by()
    days = ("starts_on", "ends_on", "organization__established_on", "organization__dissolved_on")
    yield from rows.values_list("organization", "parent", *days)


def _bodies_by_place(near: Mapping[int, set[int]]) -> dict[int, list[int]]:
    """Organization → in which of the bodies it stood."""
    found: dict[int, list[int]] = defaultdict(list)
    for pk, inside in near.items():
        for one in inside:
            found[one].append(pk)
    return found


def _members(last: Mapping[int, _Last]) -> Counter:
    places = _bodies_by_place({pk: one.inside for pk, one in last.items()})
    there = _in_heirs(Membership, "member", "cell", last)
    cells = Organization.objects.filter(pk__in=places, form="cell").values("pk")
    rows = Membership.objects.filter(cell__in=cells).order_by()
    earlier = _earlier_stays(cells)
    life = ("member__arrived_on", "member__admitted_on", "member__left_on")
    found: Counter = Counter()
    for cell, member, starts, ends, arrived, admitted, left in rows.values_list(
        "cell", "member", "starts_on", "ends_on", *life
    ):
        stays = [(arrived or admitted, left), *((came or admitted, went) for came, went in earlier[member])]
        for pk in places[cell]:
            one = last[pk]
            is_there = exists_on(one.day, starts, ends) and any(exists_on(one.day, *stay) for stay in stays)
            found[pk] += is_there and (cell != pk or _passed(member, one, there))
    return found


def _earlier_stays(cells) -> Mapping[int, list[tuple[date | None, date]]]:
    found: dict[int, list[tuple[date | None, date]]] = defaultdict(list)
    rows = PastStay.objects.filter(member__memberships__cell__in=cells).order_by().distinct()
    for member, arrived, left in rows.values_list("member", "arrived_on", "left_on"):
        found[member].append((arrived, left))
    return found


def _villages(last: Mapping[int, _Last]) -> Counter:
    """Of the committee or the cell itself those that passed; of what stood below all."""
    places = _bodies_by_place({pk: one.inside for pk, one in last.items()})
    seen: dict[int, set[int]] = defaultdict(set)
    for holder in ("committee", "cell"):
        there = _in_heirs(Coverage, "village", holder, last)
        rows = Coverage.objects.filter(**{f"{holder}__in": places}).select_related("village").order_by()
        for row in rows:
            for pk in places[getattr(row, f"{holder}_id")]:
                one = last[pk]
                if row.holds(one.day) and row.village.counts_on(one.day):
                    if getattr(row, f"{holder}_id") != pk or _passed(row.village_id, one, there):
                        seen[pk].add(row.village_id)
    return Counter({pk: len(villages) for pk, villages in seen.items()})

"""What the registers hold, read in a fixed number of statements: everything, or what bears on a reach."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Self

from django.db.models import Q
from django.db.models.functions import Coalesce

from assessments.roster.person import COLUMNS, Belonging, Person, Presence
from assessments.roster.reach import Reach
from assessments.roster.tree import Branches
from members.models import FormerExemption, Member, Membership, PastStay, VillageHead
from orgs.models import Coverage, Village


@dataclass(frozen=True, slots=True)
class RegisterRows:
    """The rows from which the lines of any year are made, of all or of a reach. The terms of heads: the
    later ones last."""

    reach: Reach | None
    branches: Branches
    persons: list[Person]
    memberships: list[Belonging]
    villages: list[Village]
    coverages: list[Coverage]
    terms: list[VillageHead]

    @classmethod
    def everything(cls) -> Self:
        return cls(
            None,
            Branches(),
            _persons(Member.objects.all()),
            _memberships(Membership.objects.all()),
            list(Village.objects.order_by()),
            list(Coverage.objects.order_by()),
            list(VillageHead.objects.order_by("starts_on")),
        )

    @classmethod
    def within(cls, reach: Reach) -> Self:
        """With the villages that share a cell with those in reach on whatever day, and with all who
        ever were in a cell that covered one of them."""
        covering = _covering(reach.villages)
        villages = _villages(reach.villages, covering)
        coverages = _in(Coverage, village__in=[village.pk for village in villages])
        terms = sorted(_in(VillageHead, village__in=reach.villages), key=lambda term: term.starts_on)
        belonging = Q(member__in=reach.members) | Q(cell__in=covering)
        memberships = _memberships(Membership.objects.filter(belonging)) if reach.members or covering else []
        members = {*reach.members, *(row.member_id for row in [*memberships, *terms] if row.member_id)}
        holders = {*reach.organizations, *(row.cell_id for row in memberships)}
        holders |= {pk for row in coverages for pk in (row.committee_id, row.cell_id) if pk}
        return cls(
            reach,
            Branches(holders),
            _persons(Member.objects.filter(pk__in=members)) if members else [],
            memberships,
            villages,
            coverages,
            terms,
        )


def _persons(members) -> list[Person]:
    """With what the members were before, in two statements more."""
    past, former = _past(members), _former(members)
    return [
        Person._make((*row, tuple(past.get(row[0], ())), tuple(former.get(row[0], ()))))
        for row in members.order_by().values_list(*COLUMNS)
    ]


def _past(members) -> dict[int, list[Presence]]:
    found: dict[int, list[Presence]] = defaultdict(list)
    rows = _of(PastStay, members).order_by("left_on")
    joined = Coalesce("arrived_on", "member__admitted_on")
    for member, *stay in rows.values_list("member_id", joined, *Presence._fields[1:]):
        found[member].append(Presence(*stay))
    return found


def _former(members) -> dict[int, list[tuple[bool, date]]]:
    found: dict[int, list[tuple[bool, date]]] = defaultdict(list)
    rows = _of(FormerExemption, members).order_by("until")
    for member, *was in rows.values_list("member_id", "is_exempt", "until"):
        found[member].append(tuple(was))
    return found


def _of(model, members):
    return model.objects.filter(member__in=members.order_by().values("pk"))


def _memberships(rows) -> list[Belonging]:
    return [Belonging._make(row) for row in rows.order_by().values_list(*Belonging._fields)]


def _covering(villages: Iterable[int]) -> set[int]:
    """The cells that ever covered the villages."""
    rows = Coverage.objects.filter(village__in=villages, cell__isnull=False) if villages else ()
    return {row.cell_id for row in rows if row.cell_id}


def _villages(wanted: Iterable[int], covering: set[int]) -> list[Village]:
    if not wanted:
        return []
    sharing = Coverage.objects.filter(cell__in=covering).order_by().values("village")
    return list(Village.objects.filter(Q(pk__in=wanted) | Q(pk__in=sharing)).order_by())


def _in(model, **wanted: Iterable[int]) -> list:
    return list(model.objects.filter(**wanted).order_by()) if all(wanted.values()) else []

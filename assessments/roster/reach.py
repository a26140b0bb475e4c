"""Whose lines a change of the registers may change: of the rows written, and of what hangs on them."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Q

from members.models import FormerExemption, Member, Membership, PastStay, VillageHead
from orgs.models import Coverage, FormerForm, FormerName, Organization, Placement, Village
from orgs.touched import Touched

OF_MEMBERS = (Membership, PastStay, FormerExemption)
"""Rows that tell of a member on other days than today."""

MOST = 5_000
"""Of whom more are in reach, all is read."""


@dataclass(frozen=True, slots=True)
class Reach:
    """Keys of the organizations, members and villages whose lines may be others than before."""

    organizations: Collection[int] = ()
    members: Collection[int] = ()
    villages: Collection[int] = ()

    def __len__(self) -> int:
        return len(self.organizations) + len(self.members) + len(self.villages)

    @property
    def is_far(self) -> bool:
        return len(self) > MOST


def only(reach: Reach | None, part: str) -> Collection[int] | None:
    """The keys of a part of the reach; None: all."""
    return None if reach is None else getattr(reach, part)


def reach_of(touched: Touched) -> Reach:
    """What the rows written bear on, in a fixed number of statements and one for each level below an
    organization that moved."""
    moved = _with_all_below(touched.values(Placement, "organization_id"))
    named = touched.keys(Organization) | touched.values(FormerName, "organization_id")
    named |= touched.values(FormerForm, "organization_id")
    changed = touched.keys(Member).union(*(touched.values(model, "member_id") for model in OF_MEMBERS))
    return Reach(
        moved | named,
        changed | _members_in(moved | touched.keys(Organization)),
        _villages(touched, moved, changed),
    )


def _with_all_below(organizations: set[int]) -> set[int]:
    """These and all that stood below them on any day."""
    found: set[int] = set()
    while organizations:
        found |= organizations
        below = Placement.objects.filter(parent__in=organizations).order_by()
        organizations = set(below.values_list("organization_id", flat=True)) - found
    return found


def _members_in(organizations: set[int]) -> set[int]:
    """All who were ever in one of these cells."""
    rows = Membership.objects.filter(cell__in=organizations).order_by()
    return set(rows.values_list("member_id", flat=True)) if organizations else set()


def _villages(touched: Touched, moved: set[int], members: set[int]) -> set[int]:
    """Those written themselves or their heads; those below what moved; those of a cell that changed or in
    which a member changed; those headed by one; and whoever shares a cell with them."""
    villages = touched.keys(Village) | touched.values(Coverage, "village_id")
    villages |= touched.values(VillageHead, "village_id") | _headed_by(members)
    cells = touched.keys(Organization) | _cells_of(members) | touched.values(Membership, "cell_id")
    cells |= touched.values(Coverage, "cell_id") | _cells_covering(touched.keys(Village))
    below = Coverage.objects.filter(Q(committee__in=moved) | Q(cell__in=cells)).order_by()
    return villages | set(below.values_list("village_id", flat=True)) if moved or cells else villages


def _headed_by(members: set[int]) -> set[int]:
    rows = VillageHead.objects.filter(member__in=members).order_by()
    return set(rows.values_list("village_id", flat=True)) if members else set()


def _cells_of(members: set[int]) -> set[int]:
    rows = Membership.objects.filter(member__in=members).order_by()
    return set(rows.values_list("cell_id", flat=True)) if members else set()


def _cells_covering(villages: set[int]) -> set[int]:
    rows = Coverage.objects.filter(village__in=villages, cell__isnull=False).order_by()
    return {cell for cell in rows.values_list("cell_id", flat=True) if cell} if villages else set()

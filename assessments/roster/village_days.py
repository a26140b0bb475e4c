"""The villages of a unit as the registers of today tell of one day: cell, head, official members."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from members.models import Member, Membership, VillageHead
from orgs.models import Coverage, Organization, Village


@dataclass(frozen=True, slots=True)
class VillageDay:
    """A village on the day. `cell`: as long as that exists itself; `is_member`: the head of the day is one
    (INTERFACE, readings 2 and 4)."""

    village: Village
    cell: Organization | None
    head: VillageHead | None
    is_member: bool


def of_unit(unit: Organization, day: date) -> dict[int, VillageDay]:
    """By key, those of committees that stand in the unit's branch today; five statements."""
    within = Coverage.objects.on(day).filter(committee__path__startswith=unit.path)
    rows = within.filter(village__in=Village.objects.existing_on(day)).select_related("village", "cell")
    found = {row.village_id: row for row in rows.order_by("village__position", "village")}
    heads = _heads(found, day)
    return {
        pk: VillageDay(row.village, _standing(row.cell, day), heads.get(pk), _is_member(heads.get(pk), day))
        for pk, row in found.items()
    }


def _heads(villages: Collection[int], day: date) -> dict[int, VillageHead]:
    """Who is in post; a successor who starts that day replaces the one who ends."""
    terms = VillageHead.objects.filter(village__in=villages, starts_on__lte=day).order_by("starts_on")
    terms = terms.filter(Q(ends_on=None) | Q(ends_on__gte=day)).select_related("member")
    return {term.village_id: term for term in terms.prefetch_related("member__past_stays")}


def _standing(cell: Organization | None, day: date) -> Organization | None:
    return cell if cell and (cell.dissolved_on is None or day < cell.dissolved_on) else None


def _is_member(head: VillageHead | None, day: date) -> bool:
    if head is None:
        return False
    return head.member.is_present_on(day) if head.member else head.is_member


def official_members(cells: Iterable[Organization | None], day: date) -> Counter[int]:
    """How many official members each cell has on the day; one statement."""
    keys = {cell.pk for cell in cells if cell}
    there = Member.objects.existing_on(day).filter(official_on__lte=day).order_by()
    rows = Membership.objects.on(day).filter(cell__in=keys, member__in=there.values("pk")).order_by()
    return Counter(rows.values_list("cell_id", flat=True))

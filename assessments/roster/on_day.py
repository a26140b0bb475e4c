"""What the registers of today say of a day between two lists: admissions and village heads by unit."""

from collections import Counter
from datetime import date

from django.db.models import Count, Q

from assessments.roster.models.movements import Movement, MovementKind
from assessments.roster.tree import Tree
from members.models import Membership, VillageHead
from orgs.models import Coverage, Village

ByUnit = Counter[int | None]
"""Unit → how many; of those whose place is in no unit under None."""


def admissions(first: date, last: date, tree: Tree) -> ByUnit:
    """Members admitted in the province from one day to another, both included, those who left later too;
    the unit is that of their cell on the tree's day. One statement."""
    rows = Membership.objects.filter(_holding(tree.day)).order_by()
    rows = rows.filter(member__admitted_outside=False, member__admitted_on__range=(first, last))
    found: ByUnit = Counter()
    for cell, count in rows.values_list("cell_id").annotate(Count("pk")):
        found[_unit(tree, cell)] += count
    return found


def listed_admissions(year: int) -> ByUnit:
    """Those that a year's list has of the year itself. One statement."""
    rows = Movement.objects.filter(
        year=year, kind=MovementKind.ADMISSION, in_province=True, on__year=year
    ).order_by()
    return Counter(dict(rows.values_list("unit_id").annotate(Count("pk"))))


def heads(tree: Tree) -> tuple[ByUnit, ByUnit]:
    """Villages with a head in post on the tree's day, and those whose head is a member that day
    (INTERFACE, readings 2 and 4). Four statements."""
    day = tree.day
    villages = {village.pk for village in Village.objects.order_by() if village.counts_on(day)}
    place = dict(Coverage.objects.filter(_holding(day)).order_by().values_list("village_id", "committee_id"))
    terms = VillageHead.objects.order_by("starts_on").select_related("member")
    in_post = {
        term.village_id: term
        for term in terms.prefetch_related("member__past_stays")
        if term.village_id in villages and term.is_in_post_on(day)
    }
    posts: ByUnit = Counter()
    members: ByUnit = Counter()
    for village, term in in_post.items():
        unit = _unit(tree, place[village])
        posts[unit] += 1
        members[unit] += term.member.is_present_on(day) if term.member else term.is_member
    return posts, members


def _unit(tree: Tree, organization: int) -> int | None:
    return tree.unit_of(organization) if organization in tree.parents else None


def _holding(day: date) -> Q:
    begun = Q(starts_on__isnull=True) | Q(starts_on__lte=day)
    return begun & (Q(ends_on__isnull=True) | Q(ends_on__gt=day))

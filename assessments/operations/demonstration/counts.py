"""What only offices count, in each year: within what the lists say, and not everything given."""

from collections.abc import Collection
from random import Random

from django.db.models import Count
from django.utils import timezone

from assessments.roster.counts import given
from assessments.roster.counts.given import Known
from assessments.roster.models.counts import ActivityCount
from assessments.roster.models.lines import MemberLine, OrganizationLine
from assessments.rules.models.counts import Activity
from assessments.rules.models.years import RatingYear
from resolution03.lib import bulk

NOT_GIVEN = 0.02
FIELDS = ("year", "grassroots", "unit", "activity", "count", "changed_at")


def give(year: RatingYear, units: Collection[int], chance: Random) -> None:
    """Counts of the grassroots organizations of `units`; here and there one gives none."""
    lines = OrganizationLine.objects.filter(year=year, unit__in=units, kind="grassroots").order_by("pk")
    known, members = given.known_of(year, lines), _members(year)
    keys = dict(Activity.objects.values_list("code", "pk"))
    now = timezone.now()
    rows = [
        (year.pk, organization, unit, keys[code], count, now)
        for organization, unit, code in lines.values_list("organization_id", "unit_id", "code")
        if chance.random() >= NOT_GIVEN
        for code, count in _counts(
            known[organization], members.get(organization, 0), ".X" in code, chance
        ).items()
    ]
    bulk.upsert(ActivityCount, FIELDS, rows)


def _members(year: RatingYear) -> dict[int, int]:
    rows = MemberLine.objects.filter(year=year).order_by().values_list("grassroots")
    return dict(rows.annotate(Count("pk")))


def _counts(known: Known, members: int, is_commune: bool, chance: Random) -> dict[str, int]:
    admitted, planned = known.admitted or 0, chance.randint(1, 3 + known.cells // 4)
    return {
        "admitted_ethnic": _some(admitted, 0.6, chance),
        "admitted_youth_union": _some(admitted, 0.7, chance),
        "cells_with_committee": _some(known.cells, min(0.9, members / (20 * max(1, known.cells))), chance),
        "cells_meeting_monthly": _some(known.cells, 0.96, chance),
        "thematic_meetings": known.cells * chance.randint(3, 5),
        "members_with_tasks": _some(members, 0.95, chance),
        "members_for_households": _some(members, 0.35, chance) if is_commune else 0,
        "checks_planned": planned,
        "checks_done": planned - (chance.random() < 0.1),
    }


def _some(whole: int, share: float, chance: Random) -> int:
    """About a share of the whole, never more than it."""
    spread = 0.08 * (chance.random() - 0.5)
    if whole < 20:
        return sum(chance.random() < share for _one in range(whole))
    return min(whole, round(whole * min(1.0, share + spread)))

"""What only offices count, in each year: within what the lists say, with gaps and a few contradictions."""

from collections.abc import Collection, Iterable, Iterator
from random import Random

from django.utils import timezone

from assessments.roster.counts.given import YearCounts, to_type
from assessments.roster.models.counts import ActivityCount, Period
from assessments.roster.models.lines import OrganizationLine
from assessments.rules.count_rule import CountRule, Known
from assessments.rules.models.counts import MOST, Activity
from assessments.rules.models.years import RatingYear
from resolution03.lib import bulk

HALVES_FROM = 2023
"""The first year of which half-years were counted."""
NOT_GIVEN = 0.02
"""Organizations that gave nothing."""
FORGOTTEN = 0.01
"""Counts that one forgot."""
CONTRARY = 0.004
"""Counts above what they are held to by a soft check."""
FIELDS = (
    "year", "period", "organization", "grassroots", "unit", "activity", "count", "reason", "changed_at",
)  # fmt: skip
SHARES = {
    "admitted_ethnic": 0.6,
    "admitted_youth_union": 0.7,
    "checks_done_by_committee": 0.4,
    "checks_done_by_inspection": 0.35,
    "checks_done_by_cells": 0.2,
    "village_cells_with_committee": 0.55,
    "committees_complete": 0.93,
    "rules_reviewed": 0.85,
    "meetings_held": 0.97,
    "cells_meeting_monthly": 0.93,
    "attendances_province": 0.002,
    "attendances_unit": 0.03,
    "attendances_grassroots": 0.12,
    "members_213_excused": 0.05,
    "members_213_exempted": 0.03,
    "secretaries_first_elected": 0.12,
    "committee_members": 0.22,
    "members_for_households": 0.35,
    "members_213_due": 0.3,
    "sources_heads": 0.2,
    "members_elected": 0.7,
    "apprentices": 0.7,
    "front_bodies_strong": 0.75,
    "bon_tot": 0.5,
    "bon_tot_grassroots": 0.5,
    "training_attendances": 0.75,
}
"""About which share of its whole, or of what bounds it, a count is."""
USUAL = 0.9
NUMBERS = {
    "households": (220, 900),
    "members_received_213": (2, 25),
    "issues_raised": (0, 12),
    "members_sent": (0, 3),
    "sources": (3, 15),
    "members_put_forward": (0, 4),
    "checks_planned": (2, 9),
    "checkers_trained": (0, 4),
    "front_bodies": (5, 6),
}
"""Between which numbers a count without a whole lies."""
PARTS_OF_CHECKS = 0.2
WHOLES = {
    "members_213_excused": "members_213_introduced",
    "members_213_exempted": "members_213_due",
    "apprentices_at_committee": "apprentices",
    "secretaries_first_elected": "cells",
    "committee_members": "members",
    "members_for_households": "members",
    "members_213_due": "members",
    "village_cells_with_committee": "cells_with_committee",
}
"""What bounds a count that is no share, or less than its whole."""


def give(year: RatingYear, units: Collection[int], chance: Random) -> None:
    """Counts of the grassroots organizations of `units`; here and there one gives none."""
    lines = OrganizationLine.objects.filter(year=year, unit__in=units).in_roster()
    keys = dict(Activity.objects.values_list("code", "pk"))
    now = timezone.now()
    silent: set[int] = set()
    for period in (Period.HALF, Period.YEAR) if year.pk >= HALVES_FROM else (Period.YEAR,):
        found = YearCounts(year, lines, period)
        silent |= {one for one in sorted(found.bodies()) if chance.random() < NOT_GIVEN}
        rows = [
            (year.pk, period, organization, organization, unit, keys[code], count, "", now)
            for organization, unit in sorted(found.bodies().items())
            if organization not in silent
            for code, count in _counts(found, found.known()[organization], chance)
        ]
        bulk.upsert(ActivityCount, FIELDS, rows)


def _counts(found: YearCounts, known: Known, chance: Random) -> Iterator[tuple[str, int]]:
    counts = dict(known.counts)
    for rule in to_type(found.asked, known):
        if chance.random() < FORGOTTEN:
            continue
        so_far = Known(counts, known.sizes, known.registers, known.period)
        count = min(_count(rule, so_far, chance), _left(rule, found.rules, so_far))
        if count or not rule.is_of_event:
            counts[rule.code] = count
            yield rule.code, count


def _count(rule: CountRule, known: Known, chance: Random) -> int:
    code, half = rule.code, 0.5 if known.period == Period.HALF else 1.0
    if rule.period == "event" and code not in NUMBERS and not rule.denominator:
        return int(chance.random() < 0.1)
    if code in NUMBERS:
        return round(chance.randint(*NUMBERS[code]) * half)
    if rule.is_average:
        return round(known.sizes.get(rule.size, 0) * chance.choice((3, 4, 4, 5)) * half)
    if rule.group == "Kiểm tra, giám sát" and "_planned" in code:
        return round(known.counts.get("checks_planned", 0) * PARTS_OF_CHECKS)
    if code == "cells_with_committee":
        large = known.sizes.get("cells_of_nine", 0)
        return large + _some(known.sizes.get("cells", 0) - large, 0.05, chance)
    whole = _whole(rule, known)
    count = _some(whole, SHARES.get(code, USUAL), chance)
    return count + 1 if _is_contrary(rule, chance) else count


def _whole(rule: CountRule, known: Known) -> int:
    """What bounds it: its own whole, or what it is held to."""
    bounds = [rule.whole(known)] if rule.has_share else []
    if name := WHOLES.get(rule.code):
        bounds.append(known.counts.get(name, known.sizes.get(name)))
    bounds += [
        bound // check.times
        for check in rule.checks
        if check.relation == "le" and not check.plus and (bound := check.bound(known)) is not None
    ]
    return max(0, min((bound for bound in bounds if bound is not None), default=0))


def _left(rule: CountRule, rules: Iterable[CountRule], known: Known) -> int:
    """What others that are counted together with it leave of their bound."""
    bounds = [
        bound - known.counts[other.code]
        for other in rules
        for check in other.checks
        if check.plus == rule.code and other.code in known.counts
        if (bound := check.bound(known)) is not None
    ]
    return max(0, min(bounds, default=MOST))


def _is_contrary(rule: CountRule, chance: Random) -> bool:
    """Whether somebody counted one too many; never above a whole that refuses."""
    is_soft = bool(rule.checks) and not any(check.is_hard for check in rule.checks)
    return is_soft and chance.random() < CONTRARY


def _some(whole: int, share: float, chance: Random) -> int:
    """About a share of the whole, never more than it."""
    spread = 0.08 * (chance.random() - 0.5)
    if whole < 20:
        return sum(chance.random() < share for _one in range(whole))
    return round(whole * max(0.0, min(1.0, share + spread)))

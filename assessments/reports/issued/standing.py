"""What a report rested on, line by line, so that what changed since can be told by name: the level of
each organization and member, the state of each village, the figures of each unit.

No name stands here: organizations and villages by their codes, members by the keys of their rows.
"""

from collections import defaultdict
from itertools import accumulate, pairwise
from typing import Any

from assessments.figures.indicators import INDICATORS
from assessments.reports.declared import Matter
from assessments.roster.keys import EXEMPT
from assessments.roster.models.line import Kind
from assessments.roster.models.tallies import Subject
from assessments.roster.models.village_lines import VillageLine

Standing = dict[str, Any]


def standing(matter: Matter) -> Standing:
    """`{"units", "organizations", "villages", "members"}`, as JSON; read in a statement for each kind."""
    return {
        "units": _units(matter),
        "organizations": organizations(matter),
        "villages": villages(matter),
        "members": packed(members(matter)),
    }


def _units(matter: Matter) -> dict[str, dict[str, list[int | None]]]:
    """Unit → indicator → numerator and denominator; of the province's report only."""
    if matter.unit:
        return {}
    return {
        place.code: {
            code: [figure.numerator, figure.denominator if figure.is_known else None]
            for code in INDICATORS
            for figure in [matter.figure(code, place)]
        }
        for place in matter.places
    }


def organizations(matter: Matter) -> dict[str, str]:
    """Code → the decided level, empty for none."""
    found: dict[str, str] = {}
    for kind in Kind.values:
        rows = matter.lines(kind).order_by().values_list("code", "decided__code")
        found |= {code: level or "" for code, level in rows}
    return found


def villages(matter: Matter) -> dict[str, list[Any]]:
    """Code → whether it has a cell, whether a member, who heads it (HeadState)."""
    lines = VillageLine.objects.under(matter.scope).filter(year=matter.year).order_by()
    rows = lines.values_list("code", "cell_id", "has_member", "head_state")
    return {code: [cell is not None, has_member, head] for code, cell, has_member, head in rows}


def members(matter: Matter) -> dict[int, str]:
    """Key of the member → the decided level, empty for none, EXEMPT for the exempt."""
    lines = matter.lines(Subject.MEMBER).order_by()
    rows = lines.values_list("member_id", "decided__code", "is_exempt")
    return {member: EXEMPT if is_exempt else level or "" for member, level, is_exempt in rows}


def packed(levels: dict[int, str]) -> dict[str, list[int]]:
    """Level → its keys in order, each as the distance from the one before it."""
    found: dict[str, list[int]] = defaultdict(list)
    for key in sorted(levels):
        found[levels[key]].append(key)
    return {level: [b - a for a, b in pairwise([0, *keys])] for level, keys in found.items()}


def unpacked(kept: dict[str, list[int]]) -> dict[int, str]:
    return {key: level for level, apart in kept.items() for key in accumulate(apart)}

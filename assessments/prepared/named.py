"""Rows that are only known by their keys, in words: the code, and whose row it is."""

from collections.abc import Collection
from datetime import date

from assessments.imports import ROW_KEYS
from assessments.models import Subject
from members.models import Member
from orgs.models import Organization, Village

CHUNK = 500
_NAMED = {
    "organizations": (Organization, "name"),
    "villages": (Village, "name"),
    "village_heads": (Village, "name"),
    "members": (Member, "full_name"),
    "organization_ratings": (Organization, "name"),
    "member_ratings": (Member, "full_name"),
    "reported_totals": (Organization, "name"),
}


def told(kind: str, keys: Collection[str]) -> list[tuple[str, str]]:
    """(code, name and what else tells the row) of each key."""
    place = next(at for at, name in enumerate(ROW_KEYS[kind]) if name in ("code", "village"))
    parts = [key.split("|") for key in keys]
    names = _names(kind, [found[place] for found in parts])
    return [
        (found[place], " · ".join(filter(None, (names.get(found[place], ""), *_rest(found, place)))))
        for found in parts
    ]


def _names(kind: str, codes: list[str]) -> dict[str, str]:
    model, name = _NAMED[kind]
    found: dict[str, str] = {}
    for start in range(0, len(codes), CHUNK):
        rows = model.objects.filter(code__in=codes[start : start + CHUNK]).order_by()
        found |= dict(rows.values_list("code", name))
    return found


def _rest(parts: list[str], place: int) -> list[str]:
    return [_told(part) for at, part in enumerate(parts) if at != place]


def _told(part: str) -> str:
    if part in Subject.values:
        return str(Subject(part).label)
    try:
        return f"{date.fromisoformat(part):%d/%m/%Y}"
    except ValueError:
        return part

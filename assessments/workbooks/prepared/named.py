"""Rows that are only known by their keys, in words: the code, and whose row it is."""

from collections.abc import Callable, Collection, Mapping
from datetime import date

from assessments.roster.models.tallies import Subject
from assessments.workbooks.kinds.declared import WorkbookKind
from assessments.workbooks.kinds.listed import kind_of
from members.models import Member
from orgs.models import Organization, Village
from orgs.scoping import PostedQuerySet

_NAMED: dict[str, tuple[Callable[[Organization], PostedQuerySet], str]] = {
    "organizations": (Organization.objects.under, "name"),
    "villages": (Village.objects.under, "name"),
    "members": (Member.objects.under, "full_name"),
}
"""By register, what bears the code, and its name."""


def told(kind: str, keys: Collection[str], unit: Organization) -> list[tuple[str, str]]:
    """(code, name and what else tells the row) of each key; names only of what is in the unit."""
    entry = kind_of(kind)
    place = entry.key.index(entry.code)
    parts = [key.split("|") for key in keys]
    names = _names(entry, unit) if parts else {}
    told = [entry.columns().by_key[key].type.names for key in entry.key]
    return [
        (found[place], " · ".join(filter(None, (names.get(found[place], ""), *_rest(found, place, told)))))
        for found in parts
    ]


def _names(entry: WorkbookKind, unit: Organization) -> dict[str, str]:
    under, name = _NAMED[entry.register]
    return dict(under(unit).order_by().values_list("code", name))


def _rest(parts: list[str], place: int, told: list[Mapping[str, str]]) -> list[str]:
    """What else tells a row; `told`: for each part how its column writes it, where that is a list."""
    return [told[at].get(part) or _told(part) for at, part in enumerate(parts) if at != place]


def _told(part: str) -> str:
    if part in Subject.values:
        return str(Subject(part).label)
    try:
        return f"{date.fromisoformat(part):%d/%m/%Y}"
    except ValueError:
        return part

"""Of which kind an organization was from which day on, as its places and those above it say (INTERFACE,
reading 3)."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from assessments.roster.tree import Branches, Tree
from orgs.models import Level, Organization


class Kind(NamedTuple):
    """`since` None: from the beginning; `is_unit`: it reports to the Board."""

    since: date | None
    level: Level
    is_unit: bool

    @property
    def words(self) -> str:
        return str(self.level.label)


def kinds_of(organization: Organization) -> list[Kind]:
    """The first first. Statements by the depth of the tree."""
    branches = Branches({organization.pk})
    found: list[Kind] = []
    for day in _days(organization, branches):
        tree = Tree(day, branches)
        since = None if day == _first(organization) else day
        kind = Kind(since, Level(tree.level(organization.pk)), len(tree.chain(organization.pk)) == 2)
        if not found or found[-1][1:] != kind[1:]:
            found.append(kind)
    return found


def _first(organization: Organization) -> date:
    return organization.established_on or date.min


def _days(organization: Organization, branches: Branches) -> Iterator[date]:
    """On which its kind may have become another, its first day among them."""
    starts = {row.starts_on for row in branches.placements if row.starts_on}
    yield _first(organization)
    last = organization.dissolved_on or date.max
    yield from (day for day in sorted(starts) if _first(organization) < day < last)

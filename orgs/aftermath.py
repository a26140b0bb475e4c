"""What became of an organization that ended: into what it went, and where its parts stand now."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from orgs.models import Organization
from orgs.scoping import province
from orgs.standing import CHILDREN


@dataclass(frozen=True, slots=True)
class Part:
    """So many of its children stand in `unit` by now; None: they ended, and nothing took their place."""

    unit: Organization | None
    count: int


@dataclass(frozen=True, slots=True)
class Aftermath:
    """`steps`: itself and each further one that ended, in order; `successor`: what stands at the end of that
    way, None where nothing does. `parts` in the order of units; empty where all went along. `board`: whose
    office may be asked."""

    steps: tuple[Organization, ...]
    successor: Organization | None
    parts: tuple[Part, ...]
    board: Organization | None

    @property
    def body(self) -> Organization:
        return self.steps[0]


def has_ended(organization: Organization | None) -> bool:
    """Whether today is a day on which it does not exist any more."""
    day = organization.dissolved_on if organization else None
    return day is not None and day <= timezone.localdate()


def aftermath(organization: Organization) -> Aftermath:
    """What became of an ended organization, in as many statements whatever hung on it."""
    into = _lineage()
    known = Organization.objects.select_related("merged_into").in_bulk(_way(organization.pk, into))
    way = [known[pk] for pk in _way(organization.pk, into)]
    steps = tuple(body for body in way if has_ended(body))
    successor = way[-1] if not has_ended(way[-1]) else None
    return Aftermath(steps, successor, _parts(organization, into, successor), province())


def _lineage() -> Mapping[int, int]:
    rows = Organization.objects.filter(merged_into__isnull=False).order_by()
    return {pk: into for pk, into in rows.values_list("pk", "merged_into") if into}


def _way(pk: int, into: Mapping[int, int]) -> list[int]:
    """The organization and all into which it went, one after the other; none twice."""
    way = [pk]
    while (following := into.get(way[-1])) and following not in way:
        way.append(following)
    return way


def _parts(body: Organization, into: Mapping[int, int], successor: Organization | None) -> tuple[Part, ...]:
    """Where those stand that stood under `body` on its last day, by their units."""
    last_day = (body.dissolved_on or timezone.localdate()) - timedelta(days=1)
    children = set(CHILDREN.since(last_day, parent=body).order_by().values_list("organization", flat=True))
    ends = {pk: _way(pk, into)[-1] for pk in children}
    there = Organization.objects.in_bulk(set(ends.values()))
    units = Counter(None if has_ended(there[end]) else there[end].unit_id for end in ends.values())
    if successor and set(units) <= {successor.unit_id}:
        return ()
    named = Organization.objects.in_bulk(pk for pk in units if pk)
    rows = [Part(named.get(pk or 0), count) for pk, count in units.items()]
    return tuple(sorted(rows, key=lambda row: (row.unit is None, row.unit.position if row.unit else 0)))

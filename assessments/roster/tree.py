"""The tree of organizations as it stood on one day."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from orgs.models import FormerForm, FormerName, Level, Organization, Placement
from orgs.rules import chain_of, level_under


@dataclass(frozen=True, slots=True)
class Node:
    id: int
    code: str
    name: str
    form: str
    type_label: str
    established_on: date | None
    dissolved_on: date | None
    position: int

    def exists_on(self, day: date) -> bool:
        """INTERFACE, reading 1: the day of dissolution is the first day no longer counted."""
        founded = self.established_on is None or self.established_on <= day
        return founded and (self.dissolved_on is None or self.dissolved_on > day)


class Branches:
    """Organizations and where they stood at all times: every one ever registered, or `wanted` ones
    with all that ever stood above them. For the trees of several days it is read once."""

    def __init__(self, wanted: Collection[int] | None = None):
        self._wanted = wanted

    @cached_property
    def placements(self) -> list[Placement]:
        if self._wanted is None:
            return list(Placement.objects.order_by())
        return _placements_up(_with_those_above_today(self._wanted))

    @cached_property
    def organizations(self) -> list[tuple]:
        """The values of nodes, under their latest names and forms."""
        rows = self._of(Organization, "pk").order_by("position", "pk")
        return list(
            rows.values_list(
                "pk", "code", "name", "form", "type_label", "established_on", "dissolved_on", "position"
            )
        )

    @cached_property
    def former_names(self) -> list[FormerName]:
        """The latest first."""
        return list(self._of(FormerName, "organization").order_by("-until"))

    @cached_property
    def former_forms(self) -> list[FormerForm]:
        """The latest first."""
        return list(self._of(FormerForm, "organization").order_by("-until"))

    def _of(self, model, key: str):
        if self._wanted is None:
            return model.objects.all()
        return model.objects.filter(**{f"{key}__in": {row.organization_id for row in self.placements}})


def _with_those_above_today(wanted: Collection[int]) -> set[int]:
    paths = Organization.objects.filter(pk__in=wanted).order_by().values_list("path", flat=True)
    return {pk for path in paths for pk in chain_of(path)} if wanted else set()


def _placements_up(organizations: set[int]) -> list[Placement]:
    """Of these and of all above them; who stood above on another day costs a statement a level."""
    found: list[Placement] = []
    known: set[int] = set()
    while organizations:
        known |= organizations
        rows = list(Placement.objects.filter(organization__in=organizations).order_by())
        found += rows
        organizations = {row.parent_id for row in rows if row.parent_id} - known
    return found


class Tree:
    """Who stood under whom on `day`; without `branches` of all organizations."""

    def __init__(self, day: date, branches: Branches | None = None):
        self.day = day
        self._branches = branches or Branches()

    @cached_property
    def nodes(self) -> dict[int, Node]:
        """Organizations under the names that they bore on the day, with the form that they had."""
        names, forms = (
            self._until_then(rows) for rows in (self._branches.former_names, self._branches.former_forms)
        )
        rows = self._branches.organizations
        return {
            pk: Node(pk, code, names.get(pk, name), forms.get(pk, form), *rest)
            for pk, code, name, form, *rest in rows
        }

    @cached_property
    def parents(self) -> dict[int, int | None]:
        rows = self._branches.placements
        return {row.organization_id: row.parent_id for row in rows if row.holds(self.day)}

    def _until_then(self, rows: Iterable[FormerName | FormerForm]) -> dict[int, str]:
        """What held on the day, of those that changed later."""
        return {row.organization_id: getattr(row, row.held) for row in rows if row.until > self.day}

    @cached_property
    def _own_levels(self) -> dict[int, str]:
        """What the children of the province were on the day."""
        rows = self._branches.placements
        return {row.organization_id: row.own_level for row in rows if row.own_level and row.holds(self.day)}

    def level(self, organization: int) -> str:
        """The level on the day (INTERFACE, reading 3)."""
        return self._levels_down_to(organization)[-1]

    def _levels_down_to(self, organization: int) -> list[str]:
        found: list[str] = []
        for pk in self.chain(organization):
            found.append(level_under(found[-1] if found else None, self._own_levels.get(pk, "")))
        return found

    @cached_property
    def _chains(self) -> dict[int | None, tuple[int, ...]]:
        return {None: ()}

    def chain(self, organization: int) -> tuple[int, ...]:
        """The ids from the province down to `organization`, itself included."""
        if organization not in self._chains:
            parent = self.parents[organization]
            above = self.chain(parent) if parent else ()
            self._chains[organization] = (*above, organization)
        return self._chains[organization]

    def unit_of(self, organization: int) -> int | None:
        """The organization directly under the province; None for the province itself."""
        chain = self.chain(organization)
        return chain[1] if len(chain) > 1 else None

    def grassroots_of(self, organization: int) -> int | None:
        """The grassroots organization that it is or stands below; None above that level. Where the unit
        itself is one, that is the unit."""
        levels = self._levels_down_to(organization)
        return (
            self.chain(organization)[levels.index(Level.GRASSROOTS)] if Level.GRASSROOTS in levels else None
        )

    def exists(self, organization: int | None) -> bool:
        return organization is not None and self.nodes[organization].exists_on(self.day)

    @cached_property
    def province(self) -> Node | None:
        return next((self.nodes[pk] for pk, parent in self.parents.items() if not parent), None)

    def is_unit(self, organization: int) -> bool:
        """Whether it existed on the day, directly under the province."""
        return len(self.chain(organization)) == 2 and self.exists(organization)

    @cached_property
    def units(self) -> list[Node]:
        """The units that existed on the day, in the office's order."""
        found = [node for node in self.nodes.values() if self.is_unit(node.id)]
        return sorted(found, key=lambda node: (node.position, node.id))

"""The tree of organizations as it stood on one day."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from orgs.models import FormerName, Organization, Placement


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


class Tree:
    """Who stood under whom on `day`, read in three queries."""

    def __init__(self, day: date):
        self.day = day

    @cached_property
    def nodes(self) -> dict[int, Node]:
        """Every organization ever registered, under the name it bore on the day."""
        rows = Organization.objects.values_list(
            "pk", "code", "name", "form", "type_label", "established_on", "dissolved_on", "position"
        )
        former = self._former_names
        return {row[0]: Node(row[0], row[1], former.get(row[0], row[2]), *row[3:]) for row in rows}

    @cached_property
    def parents(self) -> dict[int, int | None]:
        placements = Placement.objects.on(self.day).order_by()
        return dict(placements.values_list("organization_id", "parent_id"))

    @cached_property
    def _former_names(self) -> dict[int, str]:
        """The name borne on the day, of those that were renamed later."""
        renamed = FormerName.objects.filter(until__gt=self.day).order_by("-until")
        return dict(renamed.values_list("organization_id", "name"))

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
        """The organization directly under the unit; None above that level."""
        chain = self.chain(organization)
        return chain[2] if len(chain) > 2 else None

    def exists(self, organization: int | None) -> bool:
        return organization is not None and self.nodes[organization].exists_on(self.day)

    @cached_property
    def province(self) -> Node | None:
        return next((self.nodes[pk] for pk, parent in self.parents.items() if not parent), None)

    @cached_property
    def units(self) -> list[Node]:
        """The units that existed on the day, in the office's order."""
        found = [
            node for node in self.nodes.values() if len(self.chain(node.id)) == 2 and node.exists_on(self.day)
        ]
        return sorted(found, key=lambda node: (node.position, node.id))

"""What a load knows when it judges what is no register: the registers as it leaves them, the years,
how far it may reach."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

from accounts.actors import Actor
from assessments.roster.changes import RosterChange
from assessments.roster.following import Tree
from assessments.workbooks.kinds.books import Book
from assessments.workbooks.kinds.judging.levels import Years
from assessments.workbooks.kinds.judging.registers import Registers
from orgs.loading.scope import Scope
from orgs.models import Organization
from resolution03.lib.dates import year_end

Follow = Callable[[bool], RosterChange]
"""Brings the open years after what was written into the registers; of few rows only what they bear on."""


@dataclass(frozen=True, slots=True)
class Registry:
    """What the registers say about the codes of one kind of ratings: whether a code is known,
    whether its present place is inside the scope, whether a faulty row leaves it open, and the
    names that its record bears and bore."""

    knows: Callable[[str], bool]
    is_inside: Callable[[str, int], bool]
    is_open: Callable[[str], bool]
    names: Callable[[str], list[str]]
    former_names: Callable[[str], list[str]] = lambda code: []


@dataclass
class Around:
    """`unit`: the code of the unit to which the load is limited; `only_year`: the year that its rows
    may not leave; `follow`: see `Follow`; `leaves`: what a plan leaves behind is confirmed; `books`: what
    the load has judged so far."""

    registers: Registers
    scope: Scope
    unit: str | None
    years: Years
    by: Actor
    only_year: int | None
    follow: Follow = lambda is_few: RosterChange()
    leaves: bool = False
    books: list[Book] = field(default_factory=list)
    _trees: dict[int, Tree] = field(default_factory=dict)

    @cached_property
    def pks(self) -> dict[str, int]:
        """Organizations by their codes, as the registers of this load leave them."""
        return dict(Organization.objects.order_by().values_list("code", "pk"))

    @cached_property
    def codes(self) -> dict[int, str]:
        return {pk: code for code, pk in self.pks.items()}

    @property
    def scope_pk(self) -> int | None:
        return self.pks.get(self.unit) if self.unit else None

    @cached_property
    def organizations(self) -> Registry:
        found = self.registers.organizations
        return Registry(
            found.knows,
            self._holds,
            self.registers.is_open_organization,
            found.names_of,
            found.former_names,
        )

    @cached_property
    def members(self) -> Registry:
        found = self.registers.members
        return Registry(
            found.knows,
            lambda code, year: found.is_inside(code),
            self.registers.is_open_member,
            found.names_of,
        )

    def _holds(self, code: str, year: int) -> bool:
        """Whether an organization lies inside the scope, as on the last day of a stored year."""
        pk = self.pks.get(code)
        if year not in self.years.stored or pk not in self._tree(year).parents:
            return self.registers.organizations.is_inside(code)
        return self.scope.contains([self.codes[above] for above in self._tree(year).chain(pk)])

    def _tree(self, year: int) -> Tree:
        if year not in self._trees:
            self._trees[year] = Tree(year_end(year))
        return self._trees[year]

"""The tree of organizations before and after a plan, by codes."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cached_property
from types import MappingProxyType

from orgs import rules
from orgs.models import Form, Level
from orgs.reorganizing.asked import Asked, AskedPlan

Stored = Mapping[str, dict]
"""Organizations by code, as loads read them (`orgs.loading.organizations`)."""


class Trees:
    """What each organization is before the plan and after it; `stored`: all that are there; `renamed`: the
    days of their latest renamings."""

    def __init__(self, stored: Stored, plan: AskedPlan, renamed: Mapping[str, date] = MappingProxyType({})):
        self.stored = stored
        self.plan = plan
        self.renamed = renamed
        self.root = next((code for code, row in stored.items() if row["parent"] is None), None)

    def founds(self, row: Asked) -> bool:
        return row.new not in self.stored

    def knows(self, code: str) -> bool:
        """Stored, or founded by the plan."""
        return code in self.stored or code in self.plan.about

    def ends_into_superior(self, row: Asked) -> bool:
        """Whether the old body ends and leaves what it held to one above it."""
        return row.ends and row.old in self.stored and row.new in self.chain_before(row.old)[1:]

    def chain_before(self, code: str) -> list[str]:
        """The codes from an organization up to the province, as they stand."""
        found = [code]
        while (parent := self.stored[found[-1]]["parent"]) and parent not in found:
            found.append(parent)
        return found

    def parent_after(self, code: str) -> str | None:
        """Under whom it stands after the plan; what nothing places goes where its superior went."""
        said = self.plan.described.get(code)
        if said and said.parent:
            return said.parent
        parent = self.stored[code]["parent"] if code in self.stored else None
        goes_along = code not in self.plan.of
        return self.heir(parent) if parent and goes_along else parent

    def heir(self, code: str) -> str:
        """Who goes on for a body: itself, unless it ends."""
        row = self.plan.ending.get(code)
        return row.new if row else code

    def chain_after(self, code: str) -> tuple[list[str], bool]:
        """The codes up to the province after the plan; false where they turn in a circle or get lost."""
        found = [code]
        while parent := self.parent_after(found[-1]):
            if parent in found or not self.knows(parent):
                return found, False
            found.append(parent)
        return found, found[-1] == self.root

    def form_after(self, code: str) -> str:
        said = self.plan.described.get(code)
        if said and said.form:
            return said.form
        return self.stored[code]["form"] if code in self.stored else ""

    def is_cell_after(self, code: str) -> bool:
        return self.form_after(code) == Form.CELL

    def level_before(self, code: str) -> str:
        return self._levels_before(tuple(self.chain_before(code)))

    def _levels_before(self, chain: tuple[str, ...]) -> str:
        level: str | None = None
        for code in reversed(chain):
            level = rules.level_under(level, self.stored[code]["level"])
        return level or Level.PROVINCE

    def level_after(self, code: str) -> str:
        """What it is after the plan (INTERFACE, reading 3)."""
        chain, _complete = self.chain_after(code)
        level: str | None = None
        for one in reversed(chain):
            level = rules.level_under(level, self.own_level_after(one))
        return level or Level.PROVINCE

    def own_level_after(self, code: str) -> str:
        """What is kept of the level of a child of the province: what is asked, else what it was; what comes
        under the province without a word keeps its kind."""
        if self.parent_after(code) != self.root or code == self.root:
            return ""
        said = self.plan.described.get(code)
        if said and said.level:
            return said.level
        return rules.kept_level(self.level_before(code)) if code in self.stored else ""

    def exists(self, code: str, day: date) -> bool:
        row = self.stored[code]
        return rules.exists_on(day, row["established_on"], row["dissolved_on"])

    @cached_property
    def children(self) -> Mapping[str, list[str]]:
        """By code of the superior, as they stand."""
        found: dict[str, list[str]] = defaultdict(list)
        for code, row in self.stored.items():
            if row["parent"]:
                found[row["parent"]].append(code)
        return found

    def goes_along(self, row: Asked) -> Iterator[str]:
        """The children of a body that ends for which no row says otherwise."""
        for code in self.children.get(row.old, ()):
            ended = self.stored[code]["dissolved_on"]
            if code not in self.plan.of and not (ended and ended <= row.on):
                yield code

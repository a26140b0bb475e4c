"""The two pages on which counts are typed: all of one organization, and one over all organizations."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from assessments.entry.counts.paper import Paper
from assessments.entry.counts.shown import Cell, Group, Progress, groups
from assessments.entry.counts.stored import BLANK, paper_totals
from assessments.entry.counts.typed import Typing
from assessments.rules.count_rule import CountRule
from assessments.rules.models.counts import CountLevel, Size
from orgs.models import Organization
from resolution03.lib.figures import number

EXEMPT = "exempt"


@dataclass(frozen=True)
class OrganizationSheet:
    """All counts of one organization."""

    typing: Typing
    place: int
    code: str
    name: str

    @cached_property
    def cells(self) -> list[Cell]:
        return self.typing.of_place(self.place)

    @cached_property
    def groups(self) -> list[Group]:
        return groups(self.cells)

    @cached_property
    def progress(self) -> Progress:
        return Progress.of(self.cells)

    @property
    def sizes(self) -> str:
        """`12 cells, 143 members`, as far as the list tells."""
        return ", ".join(self._told({Size.CELLS: _("%(count)s cells"), Size.MEMBERS: _("%(count)s members")}))

    @property
    def further_sizes(self) -> str:
        """`exempt 6 · 8 villages`."""
        return " · ".join(self._told({EXEMPT: _("exempt %(count)s"), Size.VILLAGES: _("%(count)s villages")}))

    def _told(self, words: Mapping[str, str]) -> list[str]:
        return [
            text % {"count": number(self._sizes[size])} for size, text in words.items() if size in self._sizes
        ]

    @cached_property
    def _sizes(self) -> Mapping[str, int]:
        sizes = dict(self.typing.known(self.cells[0].body).sizes) if self.cells else {}
        if Size.MEMBERS in sizes:
            sizes[EXEMPT] = sizes[Size.MEMBERS] - sizes[Size.MEMBERS_NOT_EXEMPT]
        return sizes


@dataclass(frozen=True)
class CountSheet:
    """One count over the organizations of its level; `place`: on whose paper the sum stands, if on any."""

    typing: Typing
    rule: CountRule
    place: Organization | None

    @cached_property
    def rows(self) -> list[Cell]:
        return self.typing.over(self.rule)

    @cached_property
    def progress(self) -> Progress:
        return Progress.of(self.rows)

    @property
    def sum(self) -> int | None:
        given = [cell.count for cell in self.rows if cell.count is not None]
        return sum(given) if given else None

    @property
    def last_sum(self) -> int | None:
        given = [cell.last for cell in self.rows if cell.last is not None]
        return sum(given) if given else None

    @cached_property
    def paper(self) -> Paper | None:
        if self.place is None:
            return None
        desk = self.typing.desk
        stored = paper_totals(desk.year, self.typing.period, [self.place.pk])
        found = stored.get((self.place.pk, self.rule.code), BLANK)
        return Paper(self.place, self.rule.code, found, self.sum, not desk.is_locked)

    @cached_property
    def cells(self) -> Sequence[Cell | Paper]:
        return [*self.rows, *([self.paper] if self.paper else [])]

    @property
    def neighbors(self) -> tuple[CountRule | None, CountRule | None]:
        """The counts before and after it."""
        rules = [rule for rule in self.typing.rules if rule.level != CountLevel.UNIT or rule == self.rule]
        at = rules.index(self.rule)
        return rules[at - 1] if at else None, rules[at + 1] if at + 1 < len(rules) else None

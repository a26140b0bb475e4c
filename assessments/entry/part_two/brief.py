"""Part II on the page of a unit: how many gave, the leading shares, what contradicts."""

from dataclasses import dataclass
from functools import cached_property

from assessments.entry.part_two.asked import address
from assessments.entry.part_two.cells import Cell
from assessments.entry.part_two.columns import Columns, Head
from assessments.entry.part_two.contrary import unexplained
from assessments.entry.part_two.matrix import Row
from assessments.entry.part_two.read import Read
from assessments.roster.counts.given import YearCounts
from assessments.roster.models.counts import Period
from assessments.roster.models.lines import OrganizationLine
from assessments.rules.models.years import RatingYear, Submission


@dataclass(frozen=True)
class Brief:
    """Of a unit that the page has found in the user's scope."""

    year: RatingYear
    unit: Submission

    @cached_property
    def _counts(self) -> YearCounts:
        lines = OrganizationLine.objects.filter(year=self.year, unit=self.unit.unit_id).in_roster()
        return YearCounts(self.year, lines)

    @cached_property
    def _columns(self) -> Columns:
        return Columns.of(self._counts.rules, None)

    @cached_property
    def _read(self) -> Read:
        rules, every = self._columns.rules, self._counts.rules
        return Read(self.year, rules, Period.YEAR, every, self._counts.lines)

    @cached_property
    def shares(self) -> list[tuple[Head, Cell, str]]:
        """The leading shares, each with the address of the organizations behind it."""
        heads = self._columns.heads
        return [(head, self._read.total(head.rule), self._behind(head.rule.code)) for head in heads]

    def _behind(self, code: str) -> str:
        return address("counts_behind", self.year.pk, code, unit=self.unit.code)

    @cached_property
    def row(self) -> Row:
        """How many of its grassroots organizations gave all of them."""
        full, of = self._read.reported_by_unit.get(self.unit.unit_id, (0, 0))
        return Row(self.unit.code, self.unit.name, (), full, of)

    @cached_property
    def contrary(self) -> int:
        """How many have a contradiction without a reason."""
        return len(unexplained(self._counts))

    @property
    def contrary_url(self) -> str:
        return address("counts_missing", self.year.pk, unit=self.unit.code, show="contrary")

    @property
    def missing_url(self) -> str:
        return address("counts_missing", self.year.pk, unit=self.unit.code)

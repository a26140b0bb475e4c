"""A unit's yearly counts as a workbook that is filled in and loaded back."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from assessments.entry.imports import YEARLY_COUNTS_BY_ALL
from assessments.roster.counts.given import Given, YearCounts
from assessments.roster.models.counts import OF_YEAR
from assessments.rules.count_rule import CountRule
from assessments.rules.models.counts import CountLevel
from assessments.rules.models.years import RatingYear, Submission
from resolution03.lib.xlsx import Column, ListSheet, Value

TOTAL = "Tổng cộng"
"""As workbooks have it, whatever the reader's language: a load skips such a row."""


@dataclass(frozen=True, slots=True)
class CountsRow:
    """One grassroots organization, or the sum of all."""

    code: str
    name: str
    cells: list[Given]


def _count_of(at: int) -> Value:
    return lambda row: row.cells[at].count


@dataclass(frozen=True, slots=True)
class CountsTable:
    """Rows, and below them their sum."""

    activities: list[CountRule]
    rows: list[CountsRow]

    def workbook_sheet(self, title: str, year: int) -> ListSheet:
        """Under the headings by which a workbook is loaded."""
        of_all: tuple[Value, ...] = (
            lambda row: year if row.code else None,
            lambda row: OF_YEAR if row.code else None,
            "code",
            "name",
        )
        headings = (column.heading for column in YEARLY_COUNTS_BY_ALL)
        looks = ((8, "year"), (8, "text"), (12, "text"), (40, "text"))
        columns = [
            Column(heading, value, *look)
            for heading, value, look in zip(headings, of_all, looks, strict=True)
        ]
        for at, activity in enumerate(self.activities):
            columns.append(Column(activity.name, _count_of(at), 16))
        last = CountsRow("", TOTAL, self._total)
        return ListSheet(title, tuple(columns), [*self.rows, last], self._partly)

    @property
    def _total(self) -> list[Given]:
        return [sum((row.cells[at] for row in self.rows), Given()) for at in range(len(self.activities))]

    @property
    def _partly(self) -> str:
        """Which sums are incomplete, and how many gave; empty where none is."""
        told = [
            f"{activity.short_name} {sum_.given}/{sum_.of}"
            for activity, sum_ in zip(self.activities, self._total, strict=True)
            if sum_.given and not sum_.is_complete
        ]
        words = _("Incomplete sums, organizations that gave them: %(list)s")
        return words % {"list": "; ".join(told)} if told else ""


def of_unit(year: RatingYear, unit: Submission) -> CountsTable:
    """A row for each grassroots organization of the unit."""
    found = YearCounts.under(year, unit.unit)
    asked = [rule for rule in found.asked if rule.level == CountLevel.GRASSROOTS]
    lines = found.of_level(CountLevel.GRASSROOTS).order_by("position", "pk")
    rows = [
        CountsRow(line.code, line.name, [found.of(rule, line.organization_id) for rule in asked])
        for line in lines
    ]
    return CountsTable(asked, rows)

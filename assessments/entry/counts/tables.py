"""Yearly counts as they are read: units of the province, or grassroots organizations of a unit."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from assessments.entry.imports import YEARLY_COUNTS_BY_ALL
from assessments.roster.counts.given import Given, YearCounts
from assessments.roster.models.counts import OF_YEAR
from assessments.rules.count_rule import CountRule
from assessments.rules.models.counts import CountLevel
from assessments.rules.models.years import RatingYear, Submission
from orgs.models import Organization
from resolution03.lib.xlsx import Column, ListSheet, Value

TOTAL = "Tổng cộng"
"""As workbooks have it, whatever the reader's language: a load skips such a row."""


@dataclass(frozen=True, slots=True)
class CountsRow:
    """One unit or organization; `url` leads to its own table, where it has one."""

    code: str
    name: str
    cells: list[Given]
    url: str = ""

    @property
    def is_blank(self) -> bool:
        return not any(cell.given for cell in self.cells)


def _count_of(at: int) -> Value:
    return lambda row: row.cells[at].count


def _shared_of(at: int) -> Value:
    return lambda row: _shared(row.cells[at])


@dataclass(frozen=True, slots=True)
class CountsTable:
    """Rows, and below them their sum; `province` beside a unit's own, else None.

    `missing`: how many grassroots organizations have not given everything.
    """

    activities: list[CountRule]
    rows: list[CountsRow]
    total: list[Given]
    province: list[Given] | None
    missing: int

    def sheet(self, title: str) -> ListSheet:
        """The Excel of the table; where a row stands for several organizations, how many gave it."""
        columns = [Column(_("Code"), "code", 12), Column(_("Unit"), "name", 40)]
        for at, activity in enumerate(self.activities):
            heading = _("%(name)s: organizations that gave it") % {"name": activity.name}
            columns.append(Column(activity.name, _count_of(at), 16))
            columns.append(Column(heading, _shared_of(at), 16))
        return ListSheet(title, tuple(columns), [*self.rows, self._last], self.partly)

    def workbook_sheet(self, title: str, year: int) -> ListSheet:
        """A unit's table under the headings by which a workbook is loaded: filled in, it comes back."""
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
        return ListSheet(title, tuple(columns), [*self.rows, self._last], self.partly)

    @property
    def partly(self) -> str:
        """Which sums of the last row are incomplete, and how many gave; empty where none is."""
        told = [
            f"{activity.short_name} {_shared(sum_)}"
            for activity, sum_ in zip(self.activities, self.total, strict=True)
            if sum_.given and not sum_.is_complete
        ]
        return (
            _("Incomplete sums, organizations that gave them: %(list)s") % {"list": "; ".join(told)}
            if told
            else ""
        )

    @property
    def _last(self) -> CountsRow:
        return CountsRow("", TOTAL, self.total)


def of_units(year: RatingYear, units: Iterable[Submission], province: Organization) -> CountsTable:
    """A row for each unit, in the office's order."""
    found = YearCounts.under(year, province)
    asked, sums = list(found.asked), found.by_unit
    rows = [
        CountsRow(
            unit.code,
            unit.name,
            _cells(asked, sums.get(unit.unit_id, {})),
            reverse("assessments:counts_unit", args=[year.pk, unit.code]),
        )
        for unit in units
    ]
    return CountsTable(asked, rows, _total(asked, rows), None, found.lacking)


def of_unit(year: RatingYear, unit: Submission, province: Organization) -> CountsTable:
    """A row for each grassroots organization of the unit, with the province's sums beside."""
    found, whole = YearCounts.under(year, unit.unit), YearCounts.under(year, province)
    asked = [rule for rule in found.asked if rule.level == CountLevel.GRASSROOTS]
    lines = found.of_level(CountLevel.GRASSROOTS).order_by("position", "pk")
    rows = [
        CountsRow(line.code, line.name, [found.of(rule, line.organization_id) for rule in asked])
        for line in lines
    ]
    beside = _cells(asked, whole.totals)
    return CountsTable(asked, rows, _total(asked, rows), beside, found.lacking)


def _cells(asked: list[CountRule], sums: dict[str, Given]) -> list[Given]:
    return [sums.get(activity.code, Given()) for activity in asked]


def _total(asked: list[CountRule], rows: list[CountsRow]) -> list[Given]:
    return [sum((row.cells[at] for row in rows), Given()) for at in range(len(asked))]


def _shared(cell: Given) -> str:
    return f"{cell.given}/{cell.of}"

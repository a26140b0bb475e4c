"""One count over the years: units × years, what parts one year from the next, the province as a line."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from math import ceil

from django.http import Http404
from django.utils.translation import gettext as _

from accounts.permissions import Permission, may
from assessments.entry.part_two.asked import address
from assessments.entry.part_two.cells import Cell
from assessments.entry.part_two.columns import Head, whole_of
from assessments.entry.part_two.read import UNIT, Read
from assessments.figures import pages
from assessments.figures.overview.history import span_of
from assessments.figures.past import Break, Cause, Past
from assessments.figures.series import Point, Series, series
from assessments.roster.models.counts import Period
from assessments.rules.count_rule import CountRule
from assessments.rules.counts_of_year import counts_of_years
from assessments.rules.models.years import RatingYear, Submission
from assessments.rules.years import all_years
from resolution03.lib.figures import number
from resolution03.lib.xlsx import Column, ListSheet

OF_WHOLE = ("denominator", "less", "size", "is_monthly", "is_average")
"""What makes a share another one."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A year of a place; `cut`: why it is not compared with the year before; `is_there`: whether the unit
    stood and the count was counted."""

    cell: Cell | None
    url: str
    cut: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    name: str
    cells: tuple[Shown, ...]


class OverYears:
    """The page of a count; 404 for what no year counts."""

    def __init__(self, user, code: str):
        self.user, self.code = user, code
        years = all_years()
        self.years: Sequence[RatingYear] = span_of(years, years[-1].pk) if years else ()
        self._every = counts_of_years(self.years)
        if not self.rules:
            raise Http404

    @cached_property
    def rules(self) -> dict[int, CountRule]:
        """Year → its rule of the count, of the years that count it."""
        found = ((year, rule) for year, rules in self._every.items() for rule in rules)
        return dict(sorted((year, rule) for year, rule in found if rule.code == self.code))

    @property
    def rule(self) -> CountRule:
        """As the last year has it."""
        return self.rules[max(self.rules)]

    @cached_property
    def read(self) -> dict[int, Read]:
        return {
            year.pk: Read(year, [self.rules[year.pk]], Period.YEAR, self._every[year.pk])
            for year in self.years
            if year.pk in self.rules
        }

    @cached_property
    def units(self) -> dict[int, dict[int, Submission]]:
        """Unit → year → its standing there, of those that the user sees; in the order of the last year in
        which each stood, those of the latest year first."""
        rows = Submission.objects.visible_to(self.user).filter(year__in=[year.pk for year in self.years])
        found: dict[int, dict[int, Submission]] = {}
        for row in rows.order_by("-year", "position", "pk"):
            found.setdefault(row.unit_id, {})[row.year_id] = row
        return found

    @cached_property
    def past(self) -> Past:
        return Past(self.years)

    @cached_property
    def breaks(self) -> list[Break]:
        """What parts the province's years: another tree, another way of counting."""
        found = [cut for cut in self.past.breaks if cut.cause in (Cause.TREE, Cause.PLACE)]
        return sorted([*found, *self._redefined], key=lambda cut: cut.year)

    @property
    def _redefined(self) -> Iterable[Break]:
        for before, now in pairwise(sorted(self.rules)):
            if any(getattr(self.rules[before], one) != getattr(self.rules[now], one) for one in OF_WHOLE):
                yield Break(now, Cause.TREE, _("counted in another way"))

    def rows(self) -> list[Row]:
        return [self._row(unit, stood) for unit, stood in self.units.items()]

    def _row(self, unit: int, stood: dict[int, Submission]) -> Row:
        cells = tuple(self._cell(year.pk, unit, stood.get(year.pk)) for year in self.years)
        return Row(next(iter(stood.values())).name, cells)

    def _cell(self, year: int, unit: int, held: Submission | None) -> Shown:
        if held is None or year not in self.read:
            return Shown(None, "")
        cell = self.read[year].by(UNIT, self.rules[year]).get(unit, Cell(self.rules[year]))
        url = address("counts_behind", year, self.code, unit=held.code)
        return Shown(cell, url, self._cut(year, unit))

    def _cut(self, year: int, unit: int) -> str:
        if not any(one.pk == year - 1 for one in self.years):
            return ""
        cut = self.past.of_units(year - 1, year).get(unit)
        return cut.why if cut else ""

    @property
    def total(self) -> Row:
        sees_all = pages.sees_all_units(self.user)
        cells = []
        for year in self.years:
            read = self.read.get(year.pk)
            url = address("counts_behind", year.pk, self.code) if sees_all and read else ""
            cells.append(Shown(read.total(self.rules[year.pk]) if read else None, url))
        return Row(_("Whole province"), tuple(cells))

    def chart(self, total: Row) -> Series:
        """The province's line."""
        points = [
            Point(year.pk, shown.cell.value if shown.cell else None, shown.cell.shown if shown.cell else "")
            for year, shown in zip(self.years, total.cells, strict=True)
        ]
        most = max((float(point.value) for point in points if point.value is not None), default=0)
        is_percent = self.rule.has_share and not self.rule.is_average
        scale = 100 if is_percent and most <= 100 else max(1, ceil(most))
        label = "100%" if is_percent and scale == 100 else number(scale)
        cuts = [cut.year for cut in self.breaks]
        return series(points, scale=scale, scale_label=label, breaks=cuts, selected=self.years[-1].pk)

    @property
    def is_partly(self) -> bool:
        return any(read.total(self.rules[year]).is_partly for year, read in self.read.items())

    @property
    def title(self) -> str:
        span = f"{self.years[0].pk}–{self.years[-1].pk}"
        return _("%(count)s, %(years)s") % {"count": self.rule.name, "years": span}

    def workbook(self) -> ListSheet:
        """The rows of the page; of each year the number, part, whole, and how many gave it."""
        columns = [Column(_("Unit"), "name", 34)]
        for place, year in enumerate(self.years):
            columns += _columns(place, year.pk, self.rule)
        return ListSheet(self.title, tuple(columns), [*self.rows(), self.total])

    def context(self) -> dict:
        total = self.total
        names = {rule.code: rule.short_name for rule in self._every[max(self.rules)]}
        return {
            "title": self.title,
            "rule": self.rule,
            "head": Head(self.rule, whole_of(self.rule, names)),
            "span": self.years,
            "rows": self.rows(),
            "total": total,
            "cuts": self.breaks,
            "cut_words": "; ".join(f"{cut.year}: {cut.why}" for cut in self.breaks),
            "cut_years": {cut.year for cut in self.breaks},
            "chart": self.chart(total),
            "chart_label": "; ".join(
                f"{year.pk}: {shown.cell.opened}"
                for year, shown in zip(self.years, total.cells, strict=True)
                if shown.cell and shown.cell.given.given
            ),
            "is_partly": self.is_partly,
            "may_export": may(self.user, Permission.EXPORT),
            "sees_all": pages.sees_all_units(self.user),
        }


def _columns(place: int, year: int, rule: CountRule) -> Iterable[Column]:
    def of(value):
        return lambda row: value(row.cells[place].cell) if row.cells[place].cell else None

    yield Column(str(year), of(lambda cell: cell.value), 10)
    if rule.has_share:
        yield Column(_("%(year)s: part") % {"year": year}, of(lambda cell: cell.given.part), 10)
        yield Column(_("%(year)s: whole") % {"year": year}, of(lambda cell: cell.given.whole), 10)
    yield Column(_("%(year)s: gave") % {"year": year}, of(lambda cell: f"{cell.gave}/{cell.asked}"), 10)

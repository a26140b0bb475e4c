"""Rows of reported totals: faults, and what would change (INTERFACE, reading 7)."""

from datetime import date
from typing import TypeVar

from django.db.models import Model
from django.utils.translation import gettext as _

from assessments.entry.totals.actions import Total, save_totals
from assessments.entry.totals.judging import Group, Reporting, lock_fault, unit_fault, year_fault
from assessments.roster import keys
from assessments.roster.models.tallies import Subject, Tally
from assessments.rules.models.years import RatingYear
from assessments.workbooks.kinds.books import Expecting
from assessments.workbooks.kinds.judging.around import Around
from assessments.workbooks.kinds.judging.ratings import Ratings
from assessments.workbooks.kinds.judging.rows import judge_level, judge_year
from orgs.loading.scope import unknown
from resolution03.lib.workbooks.changes import CREATED, UNCHANGED, UPDATED
from resolution03.lib.workbooks.table import Row

Whose = TypeVar("Whose", int, str)


class Totals:
    """Rows of reported totals of any years, beside the ratings of the same load."""

    def __init__(
        self,
        around: Around,
        rows: list[Row],
    ):
        self.all_rows = rows
        self.knows = around.organizations.knows
        self.pks, self.codes = around.pks, around.codes
        self.books = around.books
        self.reporting = Reporting.of_years(_given_years(rows), rated=self._rated)
        self.around = around
        self.years = around.years
        self.by = around.by
        self.stored = _stored(_given_years(rows))
        self.group_totals: dict[Group, int] = {}

    def judge(self) -> None:
        for row in self.all_rows:
            if (year := row.whole("year")) is not None:
                self._judge_year(row, year)
            if row.code:
                self._judge(row)

    def announce(self, journal: Expecting) -> None:
        """Tell which totals and years `apply` is going to write."""
        groups = {(total.year, total.organization_id, total.subject) for total in self._wanted}
        years = {year for year, _pk, _subject in groups}
        rows = Tally.objects.filter(is_reported=True, year__in=years).order_by()
        found = rows.values_list("pk", "year_id", "organization_id", "subject")
        journal.expect(Tally, rows=[pk for pk, *group in found if tuple(group) in groups], owners=groups)
        journal.expect(RatingYear, owners=years - self.years.stored.keys())

    def apply(self) -> None:
        if self._wanted:
            save_totals(by=self.by, totals=self._wanted)

    def _rated(self, model: type[Model], year: int) -> set[int]:
        """The lines of a year that the same load rates."""
        books = [book for book in self.books if isinstance(book, Ratings) and book.model is model]
        return set().union(*(book.rated_lines(year) for book in books))

    @property
    def _wanted(self) -> list[Total]:
        return [self._total(row) for row in self.all_rows if row.fault is None and row.status != UNCHANGED]

    def _total(self, row: Row) -> Total:
        year, pk, subject = _group(row, self.pks[row.code])
        level, count = row.text("level"), row.whole("count")
        unit = self.reporting.tree(year).unit_of(pk)
        if level is None or count is None or unit is None:
            raise LookupError(row.number)
        return Total(
            year,
            unit,
            pk,
            row.code,
            subject,
            level,
            count,
            row.whole("total"),
        )

    def _judge_year(self, row: Row, year: int) -> None:
        if subject := row.text("subject"):
            judge_level(row, "level", year, Subject(subject).levels, self.years)
        judge_year(row, year, self.around, year_fault(year, self.years.scheme(year)))

    def _judge(self, row: Row) -> None:
        if not self.knows(row.code):
            row.blame("unknown_code", "code", unknown(row.code, self.knows))
            return
        year = row.whole("year")
        if row.code not in self.pks or year is None or not _is_date_year(year):
            return
        above = self.reporting.chain(year, self.pks[row.code])
        chain = [self.codes[pk] for pk in above]
        if not self.around.scope.contains(chain):
            row.blame(self.around.scope.outside_code, "code", self.around.scope.outside_message)
        if row.text("subject") and row.text("level") and row.whole("count") is not None:
            self._compare(row)
            if row.status != UNCHANGED and row.fault is None:
                self._judge_change(row)

    def _compare(self, row: Row) -> None:
        group = _group(row, row.code)
        stored = self.stored.get((*group, row.text("level")))
        total = self.stored.get((*group, keys.TOTAL))
        row.changes = {}
        if stored != row.whole("count"):
            row.changes["count"] = (stored, row.whole("count"))
        if row.whole("total") is not None and total != row.whole("total"):
            row.changes["total"] = (total, row.whole("total"))
        if stored is None:
            row.status = CREATED
        else:
            row.status = UPDATED if row.changes else UNCHANGED

    def _judge_change(self, row: Row) -> None:
        group = _group(row, self.pks[row.code])
        if fault := lock_fault(self.years.stored.get(group[0])) or self._unit_fault(group):
            row.blame("locked", next(iter(row.changes)), fault)
        if fault := self.reporting.fault(group):
            row.blame("inconsistent", "code", fault)
        self.reporting.groups.add(group)
        total = row.whole("total")
        if total is not None and self.group_totals.setdefault(group, total) != total:
            row.blame("inconsistent", "total", _("another row of the same group says otherwise"))

    def _unit_fault(self, group: Group) -> str:
        chain = self.reporting.chain(*group[:2])
        return unit_fault(self.by, group[0], chain[1]) if len(chain) > 1 else ""


def _group(row: Row, whose: Whose) -> tuple[int, Whose, str]:
    """Year and subject of a row that names both, with the organization by its code or key."""
    year, subject = row.whole("year"), row.text("subject")
    if year is None or subject is None:
        raise LookupError(row.number)
    return year, whose, subject


def _is_date_year(year: int) -> bool:
    return date.min.year <= year <= date.max.year


def _given_years(rows: list[Row]) -> list[int]:
    return list({year for row in rows if (year := row.whole("year")) is not None})


def _stored(years: list[int]) -> dict[tuple, int]:
    rows = Tally.objects.filter(is_reported=True, year__in=years)
    return {
        tuple(row[:4]): row[4]
        for row in rows.order_by().values_list("year_id", "organization__code", "subject", "key", "count")
    }

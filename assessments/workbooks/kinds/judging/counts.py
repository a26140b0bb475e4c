"""Rows of yearly counts against the roster of their year: faults, and what would change."""

from collections.abc import Iterator
from functools import partial

from django.utils.translation import gettext as _

from assessments.entry.counting.judging import Counted
from assessments.entry.counts.actions import MOST, save_counts
from assessments.entry.counts.given import WOMEN, Known, counts_of, known_of, of_year
from assessments.entry.counts.models import Activity, ActivityCount
from assessments.entry.counts.rules import warnings
from assessments.roster.models.lines import Kind, OrganizationLine
from assessments.rules.models.years import LOCKED, RatingYear, Submission
from assessments.workbooks.kinds.declared import Expecting
from assessments.workbooks.kinds.judging.around import Around
from orgs.loading.scope import unknown
from resolution03.lib.workbooks.changes import CREATED, UNCHANGED, compare, wanted
from resolution03.lib.workbooks.names import warn_of_name
from resolution03.lib.workbooks.table import Row


class YearlyCounts:
    """Rows of counts of any years, against the roster of each."""

    def __init__(
        self,
        around: Around,
        rows: list[Row],
    ):
        self.all_rows = rows
        self.registry = around.organizations
        self.scope, self.scope_pk = around.scope, around.scope_pk
        self.years = years = around.years
        self.by = around.by
        self.only_year = around.only_year
        given = {row.given("year") for row in rows}
        self.rosters = {year: _Roster(stored) for year, stored in years.stored.items() if year in given}

    def judge(self) -> None:
        for row in self.all_rows:
            year = row.given("year")
            if year is not None:
                self._judge_year(row, year)
                if row.code:
                    self._judge(row, year)

    def announce(self, journal: Expecting) -> None:
        """Tell which counts `apply` is going to write."""
        places = {(line.year_id, line.organization_id) for _row, line in self._changing()}
        stored = ActivityCount.objects.filter(year__in={year for year, _pk in places}).order_by()
        rows = stored.values_list("pk", "year_id", "grassroots_id")
        journal.expect(
            ActivityCount, rows=[pk for pk, *place in rows if tuple(place) in places], owners=places
        )

    def apply(self) -> None:
        """Write through the same action as the browser; what it refuses is a fault of the row."""
        by_year: dict[int, dict[int, Row]] = {}
        for row, line in self._changing():
            by_year.setdefault(row.given("year"), {})[line.pk] = row
        for year, rows in by_year.items():
            outcome = save_counts(
                by=self.by,
                year=year,
                lines=OrganizationLine.objects.all(),
                entries=[_counted(pk, row) for pk, row in rows.items()],
            )
            refused = {pk: [_("This row was changed meanwhile.")] for pk in outcome.conflicts}
            for pk, reasons in (refused | outcome.refused).items():
                rows[pk].blame("inconsistent", next(iter(rows[pk].changes)), " ".join(reasons))

    def _changing(self) -> Iterator[tuple[Row, OrganizationLine]]:
        for row in self.all_rows:
            roster = self.rosters.get(row.given("year"))
            line = roster and roster.lines.get(row.code)
            if line and row.fault is None and row.status != UNCHANGED:
                yield row, line

    def _judge_year(self, row: Row, year: int) -> None:
        stored = self.years.stored.get(year)
        if self.only_year and year != self.only_year:
            row.blame("wrong_year", "year", _("this load is limited to %(year)s") % {"year": self.only_year})
        elif stored is None or not (stored.is_open or stored.is_closed):
            row.blame("wrong_year", "year", _("this year was never opened"))

    def _judge(self, row: Row, year: int) -> None:
        roster = self.rosters.get(year)
        line = roster.lines.get(row.code) if roster else None
        if line is None and not self.registry.knows(row.code):
            row.blame("unknown_code", "code", unknown(row.code, self.registry.knows))
        elif not self._is_inside(row, year, line):
            row.blame(self.scope.outside_code, "code", self.scope.outside_message)
        elif row.has("name"):
            names = partial(self.registry.former_names, row.code)
            warn_of_name(row, "name", self.registry.names(row.code), names)
        if line is None or line.dropped:
            if not self.registry.is_open(row.code):
                words = _("no grassroots organization of the roster of 31/12/%(year)s")
                row.blame("not_in_roster", "code", words % {"year": year})
            row.status = CREATED
            return
        self._compare(row, roster, line)
        if row.status != UNCHANGED:
            self._judge_change(row, roster, line)

    def _compare(self, row: Row, roster: "_Roster", line: OrganizationLine) -> None:
        before, known = roster.counts.get(row.code, {}), roster.known.get(line.organization_id, Known())
        asked = wanted(row, roster.codes)
        if known.women is not None and asked.pop(WOMEN, known.women) != known.women:
            words = _("the list of members gives %(count)s; the list holds")
            row.warn("inconsistent", WOMEN, words % {"count": known.women})
        compare(row, dict.fromkeys(roster.codes) | before, asked)
        if row.status != UNCHANGED and not before:
            row.status = CREATED
        after = before | {code: count for code, (_was, count) in row.changes.items()}
        for words in warnings(roster.activities, after, known):
            row.warn("inconsistent", "code", words)

    def _judge_change(self, row: Row, roster: "_Roster", line: OrganizationLine) -> None:
        first = next(iter(row.changes))
        for code, (_before, count) in row.changes.items():
            if code not in roster.asked:
                words = _("this is not counted in %(year)s")
                row.blame("wrong_year", code, words % {"year": roster.year.pk})
            elif count is not None and count > MOST:
                row.blame("bad_number", code, _("more than anybody can have counted"))
        if roster.year.is_closed:
            row.blame("locked", first, _("year %(year)s is closed") % {"year": roster.year.pk})
        elif not self.by.is_command_line and (line.accepted or line.unit_id in roster.locked):
            row.blame("locked", first, _("the unit's year is submitted or accepted"))

    def _is_inside(self, row: Row, year: int, line: OrganizationLine | None) -> bool:
        if self.scope.unit is None or self.scope_pk is None:
            return True
        if line is not None:
            return self.scope_pk in (line.unit_id, line.organization_id)
        return self.registry.is_inside(row.code, year)


class _Roster:
    """What one year knows of its grassroots organizations, read once."""

    def __init__(self, year: RatingYear):
        self.year = year
        lines = OrganizationLine.objects.filter(year=year, kind=Kind.GRASSROOTS)
        self.lines = {line.code: line for line in lines}
        self.activities = of_year(year.pk)
        self.asked = {one.code for one in self.activities}
        self.codes = list(Activity.objects.values_list("code", flat=True))
        stored = counts_of(year, lines)
        self.counts = {line.code: stored.get(line.organization_id, {}) for line in self.lines.values()}
        self.known = known_of(year, lines)
        locked = Submission.objects.filter(year=year, state__in=LOCKED)
        self.locked = set(locked.values_list("unit_id", flat=True))


def _counted(line_id: int, row: Row) -> Counted:
    seen = {code: before for code, (before, _after) in row.changes.items()}
    return Counted(line_id, seen, {code: after for code, (_before, after) in row.changes.items()})

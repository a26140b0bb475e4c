"""Rows of yearly counts against the roster of their year: faults, and what would change."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from assessments.entry.counting.judging import Counted, line_faults
from assessments.entry.counts.actions import changed, save_counts
from assessments.entry.counts.rules import words_of
from assessments.entry.counts.sheet import NOBODY
from assessments.roster.counts.given import YearCounts, is_told, stored_in
from assessments.roster.counts.places import Places
from assessments.roster.models.counts import ActivityCount
from assessments.roster.models.line import Kind
from assessments.roster.models.lines import OrganizationLine
from assessments.rules.count_rule import findings
from assessments.rules.counts_of_year import counts_of
from assessments.rules.models.counts import MOST, Activity, CountLevel
from assessments.rules.models.years import RatingYear, Submission
from assessments.workbooks.kinds.books import Expecting
from assessments.workbooks.kinds.judging.around import Around
from assessments.workbooks.kinds.judging.rows import blame, judge_whose, judge_year, opened_fault
from resolution03.lib.workbooks.changes import CREATED, UNCHANGED, compare, wanted
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
        self.around = around
        self.years = years = around.years
        self.by = around.by
        given = {row.whole("year") for row in rows}
        self.rosters = {year: _Roster(stored) for year, stored in years.stored.items() if year in given}

    def judge(self) -> None:
        for row in self.all_rows:
            year = row.whole("year")
            if year is not None:
                judge_year(row, year, self.around, opened_fault(self.years, year))
                if row.code:
                    self._judge(row, year)

    def announce(self, journal: Expecting) -> None:
        """Tell which counts `apply` is going to write."""
        places = {(line.year_id, line.organization_id) for _row, line in self._changing()}
        stored = ActivityCount.objects.filter(year__in={year for year, _pk in places}).order_by()
        rows = stored.values_list("pk", "year_id", "organization_id")
        journal.expect(
            ActivityCount, rows=[pk for pk, *place in rows if tuple(place) in places], owners=places
        )

    def apply(self) -> None:
        """Write through the same action as the browser; what it refuses is a fault of the row."""
        by_year: dict[int, dict[int, Row]] = {}
        for row, line in self._changing():
            by_year.setdefault(line.year_id, {})[line.pk] = row
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
            roster = self.rosters.get(row.whole("year") or 0)
            line = roster and roster.lines.get(row.code)
            if line and row.fault is None and row.status != UNCHANGED:
                yield row, line

    def _judge(self, row: Row, year: int) -> None:
        roster = self.rosters.get(year)
        line = roster.lines.get(row.code) if roster else None
        inside = self._is_inside(row, year, line)
        judge_whose(row, self.around, self.registry, is_listed=line is not None, is_inside=inside)
        if roster is None or line is None or line.dropped:
            if not self.registry.is_open(row.code):
                words = _("no grassroots organization of the roster of 31/12/%(year)s")
                row.blame("not_in_roster", "code", words % {"year": year})
            row.status = CREATED
            return
        self._compare(row, roster, line)
        if row.status != UNCHANGED:
            self._judge_change(row, roster, line)

    def _compare(self, row: Row, roster: "_Roster", line: OrganizationLine) -> None:
        before, known = roster.counts.get(row.code, {}), roster.known.get(line.organization_id, NOBODY)
        asked = wanted(row, roster.codes)
        for rule in roster.activities:
            number = known.counts.get(rule.code) if is_told(rule, known) else None
            if number is not None and asked.pop(rule.code, number) != number:
                words = _("the registers give %(count)s; their number holds")
                row.warn("inconsistent", rule.code, words % {"count": number})
        compare(row, dict.fromkeys(roster.codes) | before, asked)
        if row.status != UNCHANGED and not before:
            row.status = CREATED
        after: dict[str, int | None] = {**before}
        after |= {code: _number(count) for code, (_was, count) in row.changes.items()}
        for finding in findings(roster.activities, changed(known, after)):
            told = words_of(finding, roster.activities)
            if row.status != UNCHANGED and finding.check.is_hard and finding.concerns(row.changes):
                row.blame("inconsistent", finding.rule.code, told)
            else:
                row.warn("inconsistent", finding.rule.code, told)

    def _judge_change(self, row: Row, roster: "_Roster", line: OrganizationLine) -> None:
        first = next(iter(row.changes))
        for code, (_before, after) in row.changes.items():
            count = _number(after)
            if code not in roster.asked:
                words = _("this is not counted in %(year)s")
                row.blame("wrong_year", code, words % {"year": roster.year.pk})
            elif count is not None and count > MOST:
                row.blame("bad_number", code, _("more than anybody can have counted"))
        for fault in line_faults(line, roster.year, roster.states, self.by):
            blame(row, roster.year.pk, fault, first)

    def _is_inside(self, row: Row, year: int, line: OrganizationLine | None) -> bool:
        if self.around.scope.unit is None or self.around.scope_pk is None:
            return True
        if line is not None:
            return self.around.scope_pk in (line.unit_id, line.organization_id)
        return self.registry.is_inside(row.code, year)


class _Roster:
    """What one year knows of its grassroots organizations, read once."""

    def __init__(self, year: RatingYear):
        self.year = year
        lines = OrganizationLine.objects.filter(year=year, kind=Kind.GRASSROOTS)
        self.lines = {line.code: line for line in lines}
        self.activities = tuple(one for one in counts_of(year) if one.level == CountLevel.GRASSROOTS)
        self.asked = {one.code for one in self.activities}
        self.codes = list(Activity.objects.values_list("code", flat=True))
        stored = stored_in(Places.of(year, lines))
        self.counts = {line.code: stored.get(line.organization_id, {}) for line in self.lines.values()}
        self.known = YearCounts(year, lines).known()
        submissions = Submission.objects.filter(year=year)
        self.states = dict(submissions.values_list("unit_id", "state"))


def _counted(line_id: int, row: Row) -> Counted:
    seen = {code: _number(before) for code, (before, _after) in row.changes.items()}
    return Counted(line_id, seen, {code: _number(after) for code, (_before, after) in row.changes.items()})


def _number(value: object) -> int | None:
    return value if isinstance(value, int) else None

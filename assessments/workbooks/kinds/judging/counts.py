"""Rows of yearly counts against the roster of their year: faults, and what would change."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from django.utils.translation import gettext as _

from assessments.entry.counting.judging import Counted, line_faults
from assessments.entry.counts.actions import save_counts
from assessments.entry.counts.contradicting import changed
from assessments.entry.counts.rules import words_of
from assessments.roster.counts.given import is_told
from assessments.roster.models.counts import OF_YEAR, ActivityCount, Period
from assessments.roster.models.lines import OrganizationLine
from assessments.rules.count_rule import CountRule, Finding, findings
from assessments.rules.models.counts import MOST, CountLevel
from assessments.rules.models.years import Submission
from assessments.workbooks.kinds.books import Expecting
from assessments.workbooks.kinds.judging.around import Around
from assessments.workbooks.kinds.judging.counted import Bodies, CountedYear
from assessments.workbooks.kinds.judging.rows import blame, judge_whose, judge_year, opened_fault
from resolution03.lib.workbooks.changes import CREATED, UNCHANGED, compare, wanted
from resolution03.lib.workbooks.table import Row


class YearlyCounts:
    """Rows of counts of any years and periods, against the roster of each year."""

    def __init__(
        self,
        around: Around,
        rows: list[Row],
    ):
        self.all_rows = rows
        self.registry = around.organizations
        self.around = around
        self.by = around.by
        codes: dict[int, set[str]] = defaultdict(set)
        for row in rows:
            if row.code:
                codes[row.whole("year") or 0].add(row.code)
        stored = around.years.stored
        self.years = {year: CountedYear(stored[year], codes[year]) for year in stored.keys() & codes.keys()}

    def judge(self) -> None:
        for row in self.all_rows:
            year = row.whole("year")
            if year is not None:
                judge_year(row, year, self.around, opened_fault(self.around.years, year))
                if row.code:
                    self._judge(row, year)

    def announce(self, journal: Expecting) -> None:
        """Tell which counts `apply` is going to write."""
        places = {(year.year.pk, _whose(bodies)) for _row, year, bodies in self._changing()}
        stored = ActivityCount.objects.filter(year__in={year for year, _pk in places}).order_by()
        rows = stored.values_list("pk", "year_id", "organization_id")
        journal.expect(
            ActivityCount, rows=[pk for pk, *place in rows if tuple(place) in places], owners=places
        )

    def apply(self) -> None:
        """Write through the same action as the browser, level by level; what it refuses is a fault of the
        row."""
        found: dict[tuple[int, str, str], dict[int, tuple[Row, Counted]]] = defaultdict(dict)
        for row, year, bodies in self._changing():
            period = _period(row)
            for level, body in bodies.items():
                if entry := _counted(body.pk, row, year.of_level(level)):
                    found[year.year.pk, period, level][body.pk] = row, entry
        for (number, period, level), entries in found.items():
            outcome = save_counts(
                by=self.by,
                year=number,
                lines=(Submission if level == CountLevel.UNIT else OrganizationLine).objects.all(),
                entries=[entry for _row, entry in entries.values()],
                period=period,
                level=level,
            )
            refused = {pk: [_("This row was changed meanwhile.")] for pk in outcome.conflicts}
            for pk, reasons in (refused | outcome.refused).items():
                row, _entry = entries[pk]
                row.blame("inconsistent", next(iter(row.changes)), " ".join(reasons))

    def _changing(self) -> Iterator[tuple[Row, CountedYear, Bodies]]:
        for row in self.all_rows:
            year = self.years.get(row.whole("year") or 0)
            bodies = year.bodies.get(row.code) if year else None
            if year and bodies and row.fault is None and row.status != UNCHANGED:
                yield row, year, bodies

    def _judge(self, row: Row, number: int) -> None:
        year = self.years.get(number)
        bodies = year.bodies.get(row.code, {}) if year else {}
        inside = self._is_inside(row, number, bodies)
        judge_whose(row, self.around, self.registry, is_listed=bool(bodies), is_inside=inside)
        if year is None or all(body.dropped for body in bodies.values()):
            if not self.registry.is_open(row.code):
                words = _("no organization of the roster of 31/12/%(year)s")
                row.blame("not_in_roster", "code", words % {"year": number})
            row.status = CREATED
            return
        self._compare(row, year, bodies)
        if row.status != UNCHANGED:
            self._judge_change(row, year, bodies)
        for level in bodies:
            self._judge_checks(row, year, bodies, level)

    def _compare(self, row: Row, year: CountedYear, bodies: Bodies) -> None:
        """What the registers tell is not asked for: a number that differs is told."""
        period, asked = _period(row), wanted(row, year.codes)
        for level, body in bodies.items():
            for rule in year.of_level(level):
                known = year.known(body, level, period)
                number = known.counts.get(rule.code) if is_told(rule, known) else None
                if number is not None and rule.is_in(period) and asked.pop(rule.code, number) != number:
                    words = _("the registers give %(count)s; their number holds")
                    row.warn("inconsistent", rule.code, words % {"count": number})
        before = year.stored(next(iter(bodies.values())), period)
        compare(row, dict.fromkeys(year.codes) | before, asked)
        if row.status != UNCHANGED and not before:
            row.status = CREATED

    def _judge_change(self, row: Row, year: CountedYear, bodies: Bodies) -> None:
        for code, (_before, after) in row.changes.items():
            rule, count = year.rules.get(code), _number(after)
            if rule is None:
                words = _("this is not counted in %(year)s")
                row.blame("wrong_year", code, words % {"year": year.year.pk})
            elif count is not None and count > MOST:
                row.blame("bad_number", code, _("more than anybody can have counted"))
            elif fault := _misplaced(rule, bodies, _period(row)):
                row.blame("inconsistent", code, fault)
        for fault in line_faults(next(iter(bodies.values())), year.year, year.states, self.by):
            blame(row, year.year.pk, fault, next(iter(row.changes)))

    def _judge_checks(self, row: Row, year: CountedYear, bodies: Bodies, level: str) -> None:
        """What the row's counts contradict: a hard check refuses what it changes, the others are told."""
        rules = year.of_level(level)
        if not rules:
            return
        known = year.known(bodies[level], level, _period(row))
        codes = {rule.code for rule in rules}
        after = {code: _number(count) for code, (_was, count) in row.changes.items() if code in codes}
        for finding in findings(rules, changed(known, after)):
            told = words_of(finding, rules)
            if finding.check.is_hard and (at := _first(finding, row.changes)):
                row.blame("inconsistent", at, told)
            elif at := _first(finding, row.values):
                row.warn("inconsistent", at, told)

    def _is_inside(self, row: Row, year: int, bodies: Bodies) -> bool:
        if self.around.scope.unit is None or self.around.scope_pk is None:
            return True
        for body in bodies.values():
            return self.around.scope_pk in (body.unit_id, body.grassroots_id, body.organization_id)
        return self.registry.is_inside(row.code, year)


def _misplaced(rule: CountRule, bodies: Bodies, period: str) -> str:
    """Why a count cannot stand in a row; empty where it can."""
    if rule.level not in bodies:
        words = _("this is counted of another level: %(level)s")
        return words % {"level": CountLevel(rule.level).label}
    if not rule.is_in(period):
        return _("this is counted once a year: write it in a row of the period “%(year)s”") % {
            "year": OF_YEAR
        }
    return ""


def _first(finding: Finding, given: Mapping[str, object]) -> str:
    """The first of the counts that a check compares which is among those given."""
    named = (finding.rule.code, finding.check.plus, finding.check.other, finding.check.less)
    return next((code for code in named if code and code in given), "")


def _whose(bodies: Bodies) -> int:
    return next(iter(bodies.values())).organization_id


def _period(row: Row) -> str:
    return row.text("period") or Period.YEAR


def _counted(line_id: int, row: Row, rules: tuple[CountRule, ...]) -> Counted | None:
    """What the row changes of these counts."""
    codes = {rule.code for rule in rules}
    changes = {code: pair for code, pair in row.changes.items() if code in codes}
    seen = {code: _number(before) for code, (before, _after) in changes.items()}
    after = {code: _number(count) for code, (_before, count) in changes.items()}
    return Counted(line_id, seen, after) if changes else None


def _number(value: object) -> int | None:
    return value if isinstance(value, int) else None

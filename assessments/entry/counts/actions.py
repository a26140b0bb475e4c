"""Writing counts of parts II and III (see assessments/roster/counts/given.py)."""

from collections.abc import Iterable, Mapping, Sequence

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actors import Actor
from assessments.entry.counting.judging import Counted, Counts, Outcome, Pending, judge, line_faults, settled
from assessments.entry.counts.bodies import Body, held
from assessments.entry.counts.contradicting import changed
from assessments.entry.counts.rules import words_of
from assessments.entry.grid.actions import begin
from assessments.roster.counts import given
from assessments.roster.models.counts import OF_HALF, ActivityCount, Period
from assessments.roster.models.lines import OrganizationLine
from assessments.rules.count_rule import CountRule, findings
from assessments.rules.holding import hold_year
from assessments.rules.models.counts import MOST, Activity, CountLevel
from assessments.rules.models.years import Submission
from orgs import audit
from orgs.versions import writing
from resolution03.lib import bulk


@writing()
def save_counts(
    *,
    by: Actor,
    year: int,
    lines: QuerySet,
    entries: Iterable[Counted],
    period: str = Period.YEAR,
    level: str = CountLevel.GRASSROOTS,
) -> Outcome:
    """Write what can be written of `entries` into `lines`, organizations of the level in the writer's scope
    (of units their submissions); counts are by the codes of what is counted.

    The same locks and the same standing as for a rating. Each organization stands for itself; what fails a
    hard check is refused, what fails a soft one is stored and waits for a reason; a count that nobody gave
    stays. The number of statements does not depend on the number of rows.
    """
    entries = list(entries)
    desk = _Desk(by, year, lines, [entry.line_id for entry in entries], period, level)
    return settled(entries, desk, _write)


class _Desk:
    """The locked rows of one writing, with what was counted and their units' states."""

    def __init__(self, by: Actor, year: int, lines, ids: list[int], period: str, level: str):
        self.by, self.period = by, period
        self.year = hold_year(year)
        self.lines = held(lines, year, level, ids)
        found = given.YearCounts(self.year, self._roster(level), period)
        self.rules = {rule.code: rule for rule in found.asked if rule.level == level}
        self.known = found.known(level) if self.lines else {}
        self.stored, self.versions = _stored(self)
        submissions = Submission.objects.filter(year=year)
        self.states = dict(submissions.values_list("unit_id", "state"))

    def _roster(self, level: str):
        lines = OrganizationLine.objects.filter(year=self.year)
        if level == CountLevel.UNIT:
            return lines.filter(unit__in=[body.unit_id for body in self.lines.values()])
        return lines.filter(pk__in=self.lines)

    def judge(self, entry: Counted, outcome: Outcome, pending: list[Pending[Body]]) -> None:
        line = self.lines.get(entry.line_id)
        if line is None:
            outcome.refused[entry.line_id] = [_("Not in the roster of this year.")]
            return
        stored = self.stored.get(line.organization_id, {})
        judge(entry, line, stored, self.faults, outcome, pending)

    def faults(self, line: Body, after: Counts) -> Sequence[str]:
        return (
            line_faults(line, self.year, self.states, self.by)
            or [fault for key, count in after.items() if (fault := self._count_fault(line, key, count))]
            or self._contradictions(line, after)
        )

    def _count_fault(self, line: Body, key: str, count: int | None) -> str:
        rule = self.rules.get(key)
        if rule is None:
            return _("“%(code)s” is not counted in this year.") % {"code": key}
        if given.is_told(rule, self.known[line.organization_id]):
            return told_words(rule)
        if count is not None and not 0 <= count <= MOST:
            return _("A count is a whole number from 0 to %(most)s, found %(count)s.") % {
                "most": MOST,
                "count": count,
            }
        return ""

    def _contradictions(self, line: Body, after: Counts) -> Sequence[str]:
        """What the counts would fail of hard checks in which one of them stands."""
        rules = tuple(self.rules.values())
        return [
            words_of(finding, rules)
            for finding in findings(rules, changed(self.known[line.organization_id], after))
            if finding.check.is_hard and finding.concerns(after)
        ]


def told_words(rule: CountRule) -> str:
    """Why nobody types what the registers tell."""
    words = _("%(name)s: counted from the registers here, nobody types it.")
    return words % {"name": rule.short_name}


def _stored(desk: _Desk) -> tuple[dict, dict]:
    """Counts by organization and code, and the version of each."""
    counts: dict[int, Counts] = {}
    versions: dict[tuple[int, str], int] = {}
    organizations = [line.organization_id for line in desk.lines.values()]
    rows = ActivityCount.objects.filter(year=desk.year, period=desk.period, organization__in=organizations)
    for organization, code, count, version in rows.values_list(
        "organization", "activity__code", "count", "version"
    ):
        counts.setdefault(organization, {})[code] = count
        versions[organization, code] = version
    return counts, versions


def _write(pending: list[Pending[Body]], desk: _Desk) -> None:
    """A number that changed needs another reason: the one it had goes."""
    _clear(pending, desk)
    by, now = desk.by.user and desk.by.user.pk, timezone.now()
    keys = dict(Activity.objects.values_list("code", "pk"))
    bulk.upsert(
        ActivityCount,
        (
            "year", "period", "organization", "grassroots", "unit", "activity", "count", "reason", "version",
            "changed_at", "changed_by",
        ),
        [
            (
                desk.year.pk,
                desk.period,
                change.line.organization_id,
                change.line.grassroots_id,
                change.line.unit_id,
                keys[key],
                count,
                "",
                desk.versions.get((change.line.organization_id, key), 0) + 1,
                now,
                by,
            )
            for change in pending
            for key, count in change.after.items()
            if count is not None
        ],
        unique=("year", "organization", "activity", "period"),
        update=("grassroots", "unit", "count", "reason", "version", "changed_at", "changed_by"),
    )  # fmt: skip
    begun = begin(desk.by, desk.year, {change.line.unit_id for change in pending})
    audit.record(_trail(pending, desk) + begun, by=desk.by, action="activity.count")


def _clear(pending: list[Pending[Body]], desk: _Desk) -> None:
    """Take counts back, with one statement for each thing counted."""
    emptied: dict[str, list[int]] = {}
    for change in pending:
        for key, count in change.after.items():
            if count is None:
                emptied.setdefault(key, []).append(change.line.organization_id)
    for key, organizations in emptied.items():
        ActivityCount.objects.filter(
            year=desk.year, period=desk.period, activity__code=key, organization__in=organizations
        ).delete()


def _trail(pending: list[Pending[Body]], desk: _Desk) -> list[audit.Change]:
    """Under the names that the counts bear now."""
    names = {code: told_as(rule.short_name, desk.period) for code, rule in desk.rules.items()}
    return [
        audit.Change(
            change.line.row,
            _named(change.before, names),
            _named(change.after, names),
            change.line.unit_id,
            change.line.code,
        )
        for change in pending
    ]


def told_as(name: str, period: str) -> str:
    """How the trail calls a count of a period."""
    return f"{name} ({OF_HALF})" if period == Period.HALF else name


def _named(counts: Counts, names: Mapping[str, str]) -> Counts:
    return {names[key]: count for key, count in counts.items()}

"""Writing yearly counts of grassroots organizations (see assessments/roster/counts/given.py)."""

from collections.abc import Iterable, Sequence

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actors import Actor
from assessments.entry.counting.judging import Counted, Counts, Outcome, Pending, judge, line_faults, settled
from assessments.entry.grid.actions import begin
from assessments.roster.counts.given import WOMEN, known_of, of_year
from assessments.roster.models.counts import ActivityCount
from assessments.roster.models.line import Kind
from assessments.roster.models.lines import OrganizationLine
from assessments.rules.holding import hold_year
from assessments.rules.models.counts import MOST, Activity
from assessments.rules.models.years import RatingYear, Submission
from orgs import audit
from orgs.versions import writing
from resolution03.lib import bulk


@writing()
def save_counts(*, by: Actor, year: int, lines, entries: Iterable[Counted]) -> Outcome:
    """Write what can be written of `entries` into `lines`, organizations in the writer's scope;
    counts are by the codes of activities.

    The same locks and the same standing as for a rating. Each organization stands for itself; a
    count that nobody gave stays. The number of statements does not depend on the number of rows.
    """
    entries = list(entries)
    desk = _Desk(by, year, lines, [entry.line_id for entry in entries])
    return settled(entries, desk, _write)


class _Desk:
    """The locked rows of one writing, with what was counted and their units' states."""

    def __init__(self, by: Actor, year: int, lines, ids: list[int]):
        self.by = by
        self.year = hold_year(year)
        wanted = lines.filter(year=year, kind=Kind.GRASSROOTS, pk__in=ids)
        locked = wanted.select_for_update(of=("self",), no_key=True).order_by("pk")
        self.lines = {line.pk: line for line in locked}
        self.activities = {activity.code: activity for activity in of_year(year)}
        self.stored, self.versions = _stored(self.year, self.lines.values())
        found = OrganizationLine.objects.filter(pk__in=self.lines)
        self.known = known_of(self.year, found)
        submissions = Submission.objects.filter(year=year)
        self.states = dict(submissions.values_list("unit_id", "state"))

    def judge(self, entry: Counted, outcome: Outcome, pending: list[Pending]) -> None:
        line = self.lines.get(entry.line_id)
        if line is None:
            outcome.refused[entry.line_id] = [_("Not in the roster of this year.")]
            return
        stored = self.stored.get(line.organization_id, {})
        judge(entry, line, stored, self.faults, outcome, pending)

    def faults(self, line: OrganizationLine, after: Counts) -> Sequence[str]:
        return line_faults(line, self.year, self.states, self.by) or [
            fault for key, count in after.items() if (fault := self._count_fault(line, key, count))
        ]

    def _count_fault(self, line: OrganizationLine, key: str, count: int | None) -> str:
        if key not in self.activities:
            return _("“%(code)s” is not counted in this year.") % {"code": key}
        if key == WOMEN and self.known[line.organization_id].women is not None:
            return _("Women among the admitted are counted from the list of members here.")
        if count is not None and not 0 <= count <= MOST:
            return _("A count is a whole number from 0 to %(most)s, found %(count)s.") % {
                "most": MOST,
                "count": count,
            }
        return ""


def _stored(year: RatingYear, lines: Iterable[OrganizationLine]) -> tuple[dict, dict]:
    """Counts by organization and code, and the version of each."""
    counts: dict[int, Counts] = {}
    versions: dict[tuple[int, str], int] = {}
    rows = ActivityCount.objects.filter(year=year, grassroots__in=[line.organization_id for line in lines])
    for organization, code, count, version in rows.values_list(
        "grassroots", "activity__code", "count", "version"
    ):
        counts.setdefault(organization, {})[code] = count
        versions[organization, code] = version
    return counts, versions


def _write(pending: list[Pending], desk: _Desk) -> None:
    _clear(pending, desk)
    by, now = desk.by.user and desk.by.user.pk, timezone.now()
    bulk.upsert(
        ActivityCount,
        ("year", "grassroots", "unit", "activity", "count", "version", "changed_at", "changed_by"),
        [
            (
                desk.year.pk,
                change.line.organization_id,
                change.line.unit_id,
                desk.activities[key].pk,
                count,
                desk.versions.get((change.line.organization_id, key), 0) + 1,
                now,
                by,
            )
            for change in pending
            for key, count in change.after.items()
            if count is not None
        ],
        unique=("year", "grassroots", "activity"),
        update=("unit", "count", "version", "changed_at", "changed_by"),
    )
    begun = begin(desk.by, desk.year, {change.line.unit_id for change in pending})
    audit.record(_trail(pending, desk.activities) + begun, by=desk.by, action="activity.count")


def _clear(pending: list[Pending], desk: _Desk) -> None:
    """Take counts back, with one statement for each activity."""
    emptied: dict[str, list[int]] = {}
    for change in pending:
        for key, count in change.after.items():
            if count is None:
                emptied.setdefault(key, []).append(change.line.organization_id)
    for key, organizations in emptied.items():
        ActivityCount.objects.filter(
            year=desk.year, activity=desk.activities[key], grassroots__in=organizations
        ).delete()


def _trail(pending: list[Pending], activities: dict[str, Activity]) -> list[audit.Change]:
    """Under the names that the activities bear now."""
    return [
        audit.Change(
            change.line,
            _named(change.before, activities),
            _named(change.after, activities),
            change.line.unit_id,
            change.line.code,
        )
        for change in pending
    ]


def _named(counts: Counts, activities: dict[str, Activity]) -> Counts:
    return {activities[key].short_name: count for key, count in counts.items()}

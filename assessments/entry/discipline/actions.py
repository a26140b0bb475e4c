"""Writing how many decisions on discipline a year brought; never about whom (DESIGN)."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from accounts.actors import Actor
from assessments.entry.counting.judging import Counted, Counts, Outcome, Pending, judge, line_faults, settled
from assessments.entry.grid.actions import begin, save_rating
from assessments.roster.models.discipline import CELLS, MOST, Discipline, Disciplined, DisciplineForm
from assessments.roster.models.lines import OrganizationLine
from assessments.rules.discipline import is_committee_among
from assessments.rules.holding import hold_year
from assessments.rules.models.years import Submission
from orgs import audit
from orgs.versions import writing
from resolution03.lib import bulk
from resolution03.lib.errors import Refusal

COMMITTEE_KEY = f"{Disciplined.COMMITTEE}_{DisciplineForm.ANY}"


class CountsChanged(Refusal):
    """Someone else changed counts meanwhile; `now` are those as they stand."""

    def __init__(self, now: Counts):
        super().__init__(_("These counts were changed meanwhile."))
        self.now = now


@writing()
def save_discipline(*, by: Actor, year: int, lines, entries: Iterable[Counted]) -> Outcome:
    """Write what can be written of `entries` into `lines`, organizations in the writer's scope.

    The same locks and the same standing as for a rating. Each organization stands for itself; a
    count that nobody typed stays. The number of statements does not depend on the number of rows.
    """
    entries = list(entries)
    desk = _Desk(by, year, lines, [entry.line_id for entry in entries])
    return settled(entries, desk, _write)


@writing()
def save_organization(
    *, by: Actor, line: OrganizationLine, version: int, changes: dict, counted: Counted
) -> OrganizationLine:
    """Write an organization's rating and its counts together, or neither.

    Raises Conflict, CountsChanged or Refusal.
    """
    saved = save_rating(by=by, line=line, version=version, changes=changes)
    lines = OrganizationLine.objects.filter(pk=line.pk)
    outcome = save_discipline(by=by, year=line.year_id, lines=lines, entries=[counted])
    if outcome.conflicts:
        raise CountsChanged(outcome.conflicts[line.pk])
    if outcome.refused:
        raise Refusal(*outcome.refused[line.pk])
    return saved


def counts_of(line_ids: Iterable[int]) -> dict[int, Counts]:
    """The counts that were given, by line and name."""
    found: dict[int, Counts] = {}
    rows = Discipline.objects.filter(line__in=list(line_ids)).order_by()
    for line, of, form, count in rows.values_list("line", "of", "form", "count"):
        found.setdefault(line, {})[f"{of}_{form}"] = count
    return found


class _Desk:
    """The locked rows of one writing, with their counts and their units' states."""

    def __init__(self, by: Actor, year: int, lines, ids: list[int]):
        self.by = by
        self.year = hold_year(year)
        locked = lines.filter(year=year, pk__in=ids).select_for_update(of=("self",), no_key=True)
        self.lines = {line.pk: line for line in locked.order_by("pk")}
        self.counts = counts_of(self.lines)
        submissions = Submission.objects.filter(year=year)
        self.states = dict(submissions.values_list("unit_id", "state"))

    def judge(self, entry: Counted, outcome: Outcome, pending: list[Pending]) -> None:
        line, stored = self.lines.get(entry.line_id), self.counts.get(entry.line_id, {})
        if line is None:
            outcome.refused[entry.line_id] = [_("Not in the roster of this year.")]
            return
        judge(entry, line, stored, self.faults, outcome, pending)

    def faults(self, line: OrganizationLine, after: Counts) -> Sequence[str]:
        return line_faults(line, self.year, self.states, self.by) or [
            _("A count is a whole number from 0 to %(most)s, found %(count)s.")
            % {"most": MOST, "count": count}
            for count in after.values()
            if count is not None and not 0 <= count <= MOST
        ] + _committee_faults(self.counts.get(line.pk, {}) | after)


def _committee_faults(counts: Counts) -> list[str]:
    """Members of the committee are counted among the members."""
    given = [counts.get(key) for key, (of, _form) in CELLS.items() if of == Disciplined.MEMBER]
    members = sum(count or 0 for count in given) if any(count is not None for count in given) else None
    committee = counts.get(COMMITTEE_KEY)
    if is_committee_among(members, committee):
        return []
    text = _("Members of the committee are among the members: %(committee)s of %(members)s.")
    return [text % {"committee": committee, "members": members}]


def _write(pending: list[Pending], desk: _Desk) -> None:
    typed = [
        (change.line.pk, of.value, form.value, count)
        for change in pending
        for key, count in change.after.items()
        for of, form in (CELLS[key],)
    ]
    _clear([row[:3] for row in typed if row[3] is None])
    bulk.upsert(
        Discipline,
        ("line", "of", "form", "count"),
        [row for row in typed if row[3] is not None],
        unique=("line", "of", "form"),
        update=("count",),
    )
    changes = [
        audit.Change(change.line, change.before, change.after, change.line.unit_id, change.line.code)
        for change in pending
    ]
    begun = begin(desk.by, desk.year, {change.line.unit_id for change in pending})
    audit.record(changes + begun, by=desk.by, action="discipline.save")


def _clear(cells: list[tuple[int, str, str]]) -> None:
    """Take counts back, with one statement for each form."""
    lines: dict[tuple[str, str], list[int]] = {}
    for line, of, form in cells:
        lines.setdefault((of, form), []).append(line)
    for (of, form), found in lines.items():
        Discipline.objects.filter(line__in=found, of=of, form=form).delete()

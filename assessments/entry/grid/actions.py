"""Writing ratings into the lines of an open year."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypedDict

from django.db.models import Exists, F, OuterRef, Subquery, prefetch_related_objects
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.models import Role
from assessments.roster import covering, keys, tallies
from assessments.roster.models.revisions import RatingRevision
from assessments.roster.models.tallies import Tally
from assessments.rules.holding import hold_year
from assessments.rules.models.schemes import Level
from assessments.rules.models.years import RatingYear, Submission, SubmissionState
from assessments.rules.ratings import LEVEL_FIELDS, Fault, Standing, entry_faults
from assessments.rules.title import awards_title
from orgs import audit
from orgs.versions import writing
from resolution03.lib import bulk
from resolution03.lib.errors import Refusal
from resolution03.lib.text import clean

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    from assessments.roster.models.lines import RatedLine

GROUPS_WRITTEN_APART = 6


@dataclass(frozen=True, slots=True)
class Entry:
    """What someone typed into one line, on top of the version they saw.

    `changes` maps names of `FIELDS` to values; a level is a code, "" or None clears.
    """

    line_id: int
    version: int
    changes: dict


@dataclass
class Outcome:
    """What became of each entry. `conflicts`: lines someone else changed meanwhile."""

    saved: list = field(default_factory=list)
    conflicts: list = field(default_factory=list)
    refused: dict[int, Sequence[str]] = field(default_factory=dict)


class Conflict(Refusal):
    """Someone else changed the line meanwhile; `line` is as it stands now."""

    def __init__(self, line):
        super().__init__(_("This row was changed meanwhile."))
        self.line = line


def save_rating(*, by: Actor, line, version: int, changes: dict, why: str = ""):
    """Write into one line and return it; Conflict or Refusal when that is not possible."""
    entry = Entry(line.pk, version, changes)
    lines = type(line).objects.filter(pk=line.pk)
    outcome = save_ratings(by=by, year=line.year_id, lines=lines, entries=[entry], why=why)
    if outcome.conflicts:
        raise Conflict(outcome.conflicts[0])
    if outcome.refused:
        raise Refusal(*outcome.refused[line.pk])
    return outcome.saved[0]


@writing()
def save_ratings(*, by: Actor, year: int, lines, entries: Iterable[Entry], why: str = "") -> Outcome:
    """Write what can be written of `entries` into `lines`, a queryset in the writer's scope.

    Each row stands for itself: one that is stale or wrong keeps its stored value, the rest is
    written. The number of statements does not depend on the number of rows.
    """
    entries = list(entries)
    lines = lines.filter(year=year, pk__in=[entry.line_id for entry in entries])
    desk = _Desk(by, year, lines)
    outcome = Outcome()
    pending: list[_Pending] = []
    for entry in entries:
        desk.judge(entry, outcome, pending)
    if pending:
        _write(pending, desk, why)
        outcome.saved += [change.line for change in pending]
    prefetch_related_objects(outcome.conflicts, "updated_by", *LEVEL_FIELDS)
    return outcome


class Joined(TypedDict):
    """What a locked line brings along of its unit and its subject."""

    submission_state: str
    has_reported: bool
    told_code: str


if TYPE_CHECKING:
    Locked = WithAnnotations[RatedLine, Joined]


@dataclass(slots=True)
class _Pending:
    line: "Locked"
    before: dict
    after: dict


class _Desk:
    """The locked rows and the rules of one writing."""

    def __init__(self, by: Actor, year: int, lines):
        self.by, self.model = by, lines.model
        self.year = hold_year(year)
        self.lines = {line.pk: line for line in _lock_lines(lines, year)}
        of_scheme = Level.objects.filter(scheme=self.year.scheme_id, subject=self.model.levels)
        levels = of_scheme.order_by("rank")
        self.levels = {level.code: level for level in levels}
        self.codes = {level.pk: level.code for level in self.levels.values()}
        has_reported = any(line.has_reported for line in self.lines.values())
        held = self.model.objects.filter(pk__in=self.lines)
        self.covered = covering.covered_among(year, held) if has_reported else set()
        self.awards_title = awards_title(level.name for level in levels)
        self.is_clerk = by.user is not None and by.user.role == Role.CLERK

    def judge(self, entry: Entry, outcome: Outcome, pending: list[_Pending]) -> None:
        line = self.lines.get(entry.line_id)
        if line is None:
            outcome.refused[entry.line_id] = [_("Not in the roster of this year.")]
            return
        before = {name: self.value(line, name) for name in entry.changes}
        after = {name: value for name, value in _tidy(entry.changes) if before[name] != value}
        if not after:
            outcome.saved.append(line)
        elif faults := self.faults(line, after):
            outcome.refused[line.pk] = faults
        elif line.version != entry.version:
            outcome.conflicts.append(line)
        else:
            pending.append(_Pending(line, {name: before[name] for name in after}, after))

    def value(self, line, name: str):
        """A value of the line as an entry writes it: a level by its code."""
        if name in LEVEL_FIELDS:
            return self.codes.get(getattr(line, f"{name}_id"), "")
        return getattr(line, name)

    def faults(self, line, after: dict) -> list[Fault]:
        standing = Standing.of(
            line,
            is_open=self.year.is_open,
            state=line.submission_state,
            is_covered=line.pk in self.covered,
            awards_title=self.awards_title,
        )
        return entry_faults(
            after,
            standing,
            list(self.levels),
            binding=not self.by.is_command_line,
            drafts_only=self.is_clerk,
            today=timezone.localdate(),
        )


def _lock_lines(lines, year: int):
    """The lines, locked, with the state of their unit's submission.

    The year is locked before them: writing, submitting, accepting, closing and the roster's
    following of the registers wait for each other there.
    """
    submission = Submission.objects.filter(year=year, unit=OuterRef("unit"))
    reported = Tally.objects.filter(year=year, is_reported=True)
    locked = lines.select_for_update(of=("self",), no_key=True).order_by("pk")
    return locked.annotate(
        submission_state=Subquery(submission.values("state")),
        has_reported=Exists(reported),
        told_code=F(lines.model.code_path),
    )


def _tidy(changes: dict) -> Iterable[tuple[str, object]]:
    """Changes as the line stores them: text trimmed, an emptied level or text as "", a mark as a truth."""
    for name, value in changes.items():
        if name == "decided_on":
            yield name, value or None
        elif name == "awarded":
            yield name, bool(value)
        else:
            yield name, clean(value or "")


def _write(pending: list[_Pending], desk: _Desk, why: str) -> None:
    _keep_earlier(pending, desk, why)
    deltas: Counter = Counter()
    for change in pending:
        place = (change.line.year_id, change.line.unit_id)
        _count(deltas, place, change.line, desk, -1)
        _apply(change, desk)
        _count(deltas, place, change.line, desk, 1)
    _store(pending, desk)
    tallies.shift_many({key: delta for key, delta in deltas.items() if delta})
    begun = begin(desk.by, desk.year, _not_begun(pending))
    audit.record(_trail(pending) + begun, by=desk.by, action="rating.save", reason=why)


def _not_begun(pending: list[_Pending]) -> set[int]:
    lines = (change.line for change in pending)
    return {x.unit_id for x in lines if x.submission_state == SubmissionState.NOT_BEGUN}


def _count(deltas: Counter, place: tuple[int, int], line, desk: _Desk, sign: int) -> None:
    deltas[*place, line.subject, desk.codes.get(line.decided_id, keys.UNRATED)] += sign
    if title := tallies.title_of(line):
        deltas[*place, *title] += sign


def _apply(change: _Pending, desk: _Desk) -> None:
    line = change.line
    for name, value in change.after.items():
        setattr(line, name, desk.levels.get(value) if name in LEVEL_FIELDS else value)
    line.version += 1
    line.accepted = desk.by.is_command_line
    line.updated_at, line.updated_by = timezone.now(), desk.by.user


def _store(pending: list[_Pending], desk: _Desk) -> None:
    """Write the lines: equal changes together, or row by row in one statement."""
    groups = defaultdict(list)
    for change in pending:
        groups[tuple(sorted(change.after.items(), key=lambda item: item[0]))].append(change.line)
    if len(groups) > GROUPS_WRITTEN_APART:
        names = [*{name for change in pending for name in change.after}, *_MARKS]
        attributes = [bulk.column(desk.model, name).attname for name in names]
        rows = ((c.line.pk, *(getattr(c.line, name) for name in attributes)) for c in pending)
        bulk.update(desk.model, names, rows)
        return
    for after, lines in groups.items():
        first = lines[0]
        values = {name: getattr(first, name) for name in (*dict(after), *_MARKS)}
        values["version"] = F("version") + 1
        desk.model.objects.filter(pk__in=[line.pk for line in lines]).update(**values)


_MARKS = ("version", "accepted", "updated_at", "updated_by")


def _keep_earlier(pending: list[_Pending], desk: _Desk, why: str) -> None:
    """Keep the earlier states of lines whose earlier values are replaced.

    After a first closing a blank state is one too: between two revisions it is what stood before.
    """
    by = desk.by.user and desk.by.user.pk
    revised = (*_REVISED, *desk.model.also)
    attributes = ("pk", *(desk.model._meta.get_field(name).attname for name in revised))
    rows = (
        (*(getattr(change.line, name) for name in attributes), by, why)
        for change in pending
        if desk.year.revision or any(change.before.values())
    )
    bulk.upsert(RatingRevision, (desk.model.link, *revised, "replaced_by", "why"), rows)


_REVISED = ("version", *LEVEL_FIELDS, "reason", "deciding_body", "decision_number", "decided_on")


def _trail(pending: list[_Pending]) -> list[audit.Change]:
    return [
        audit.Change(
            change.line,
            _plain(change.before),
            _plain(change.after),
            change.line.unit_id,
            change.line.told_code,
        )
        for change in pending
    ]


def _plain(values: dict) -> dict:
    return {name: audit.plain(value) for name, value in values.items()}


def begin(by: Actor, year: RatingYear, units: Iterable[int]) -> list[audit.Change]:
    """Begin the year of units with their own first entry; the Board and the command line begin
    none."""
    if by.user is None or by.user.role not in (Role.OFFICER, Role.CLERK):
        return []
    begun = list(Submission.objects.filter(year=year, unit__in=units, state=SubmissionState.NOT_BEGUN))
    Submission.objects.filter(pk__in=[row.pk for row in begun]).update(
        state=SubmissionState.IN_PROGRESS, since=timezone.now(), changed_by=by.user
    )
    return [
        audit.Change(row, {"state": row.state}, {"state": "in_progress"}, row.unit_id, row.code)
        for row in begun
    ]


@writing()
def record_decision(*, by: Actor, year: int, lines, decision: dict) -> int:
    """Write deciding body, number and date into rated lines that have none; how many."""
    found = lines.filter(year=year, decided__isnull=False, deciding_body="")
    if not by.is_command_line:
        found = found.filter(accepted=False)
    entries = [Entry(pk, version, decision) for pk, version in found.values_list("pk", "version")]
    if not entries:
        return 0
    outcome = save_ratings(by=by, year=year, lines=lines, entries=entries)
    if outcome.refused:
        raise Refusal(*dict.fromkeys(reason for why in outcome.refused.values() for reason in why))
    return len(outcome.saved)

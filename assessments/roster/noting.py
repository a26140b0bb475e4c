"""Keeps what registers change in lists that the Board holds already (ADR 30).

Written in the transaction in which the roster follows; the years are held. What the Board or the
command line changes is confirmed by that; what anybody else changes waits for the Board's word.
"""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from accounts.actors import Actor
from accounts.permissions import Permission, may
from assessments.roster import seen
from assessments.roster.changes import LineChange, RosterChange
from assessments.roster.models.list_changes import ChangeState, ListChange, Listed
from assessments.roster.seen import RowChange
from assessments.rules.models.years import LOCKED, Submission, SubmissionState, YearState
from orgs import audit
from orgs.versions import acts
from resolution03.lib import bulk

KNOWN = (*LOCKED, SubmissionState.RETURNED)
"""The Board has had the unit's list in its hands."""

CHUNK = 500
Key = tuple[int, str, int]
"""A submission, whose row."""


def counts_as_confirmed(by: Actor) -> bool:
    """Whether what `by` changes needs no further word of the Board (INTERFACE, opening and closing)."""
    return by.user is None or may(by.user, Permission.REVIEW)


def asked_again(change: RosterChange, *, by: Actor) -> list[Submission]:
    """The submitted and accepted units in whose lists of open years `change` would wait for the Board's
    word, by year in the office's order; none when the Board itself changes them."""
    if counts_as_confirmed(by):
        return []
    found = {one.submission.pk: one.submission for one in _touched(change) if one.submission.is_locked}
    return sorted(found.values(), key=lambda row: (row.year_id, row.position, row.pk))


def may_ask_again(by: Actor) -> bool:
    """Whether anything that `by` changes can be one of a list that the Board holds."""
    held = Submission.objects.filter(year__state=YearState.OPEN, state__in=LOCKED)
    return not counts_as_confirmed(by) and held.exists()


def note(change: RosterChange, *, by: Actor, unnoted: Collection[int] = ()) -> None:
    """Keep the changes of lists that the Board holds, and tell those whom they concern; but of the
    submissions `unnoted`, by key."""
    touched = [one for one in _touched(change) if one.submission.pk not in unnoted]
    if not touched:
        return
    earlier = _waiting(touched)
    told = [_told(one, earlier.get(one.key), by) for one in touched]
    _answer(earlier, touched, told, by)
    _keep(told, touched, by)
    _record(touched, told, by)


@dataclass(frozen=True, slots=True)
class _Touched:
    """A row, and one of the submissions in whose list it changed."""

    submission: Submission
    row: RowChange

    @property
    def key(self) -> Key:
        return self.submission.pk, self.row.listed, self.row.who


def _touched(change: RosterChange) -> list[_Touched]:
    by_year: dict[int, list[LineChange]] = {}
    for line in change.lines:
        by_year.setdefault(line.year, []).append(line)
    rows = [(year, row) for year, lines in by_year.items() for row in seen.rows(lines)]
    if not rows:
        return []
    held = Submission.objects.filter(year__in=by_year, state__in=KNOWN)
    found = {(submission.year_id, submission.unit_id): submission for submission in held}
    return [
        _Touched(found[year, unit], row)
        for year, row in rows
        for unit in sorted(row.units)
        if (year, unit) in found and row.is_seen_in(unit)
    ]


def _waiting(touched: list[_Touched]) -> dict[Key, ListChange]:
    """The change that waits of each of the rows; while the unit holds its year the one that goes with it."""
    wanted = {one.key for one in touched}
    of_rows = sorted({(listed, who) for _submission, listed, who in wanted})
    held = {one.submission.pk: one.submission.is_locked for one in touched}
    with_board, with_unit = ([pk for pk, is_so in held.items() if is_so == wish] for wish in (True, False))
    found = ListChange.objects.filter(
        Q(submission__in=with_board, state=ChangeState.WAITING)
        | Q(submission__in=with_unit, state=ChangeState.SENT)
    )
    rows: list[ListChange] = []
    for start in range(0, len(of_rows), CHUNK):
        about = Q()
        for listed in Listed.values:
            about |= Q(
                listed=listed, who__in=[who for of, who in of_rows[start : start + CHUNK] if of == listed]
            )
        rows += found.filter(about)
    return {(row.submission_id, row.listed, row.who): row for row in rows}


def _told(one: _Touched, earlier: ListChange | None, by: Actor) -> ListChange:
    """What is kept of this act about a row, not stored yet."""
    row, unit = one.row, one.submission.unit_id
    before, after = dict(row.before), dict(row.after)
    is_of_the_board = counts_as_confirmed(by)
    if earlier and not is_of_the_board:
        before, after = before | earlier.before, earlier.after | after
    if is_of_the_board:
        state = ChangeState.CONFIRMED
    elif not seen.differ(seen.in_unit(before, unit), seen.in_unit(after, unit)):
        state = ChangeState.TAKEN_BACK
    else:
        state = ChangeState.WAITING if one.submission.is_locked else ChangeState.SENT
    return ListChange(
        submission=one.submission,
        listed=row.listed,
        who=row.who,
        before=before,
        after=after,
        state=state,
        after_acceptance=one.submission.state == SubmissionState.ACCEPTED,
    )


def _answer(
    earlier: dict[Key, ListChange], touched: list[_Touched], told: list[ListChange], by: Actor
) -> None:
    """What becomes of the changes that waited: the new one follows them; the Board's own act is
    confirmed, and answers what it undoes or repeats."""
    moment = timezone.now()
    changed = []
    for one, new in zip(touched, told, strict=True):
        row = earlier.get(one.key)
        if row is None:
            continue
        if new.state == ChangeState.CONFIRMED:
            _rebase(row, one)
            is_answered = row.state == ChangeState.CONFIRMED
            row.answered_by_name, row.answered_at = (by.name, moment) if is_answered else ("", None)
        else:
            row.state = (
                ChangeState.TAKEN_BACK if new.state == ChangeState.TAKEN_BACK else ChangeState.FOLLOWED
            )
        changed.append((row.pk, row.before, row.after, str(row.state), row.answered_by_name, row.answered_at))
    bulk.update(ListChange, ("before", "after", "state", "answered_by_name", "answered_at"), changed)


def _rebase(row: ListChange, one: _Touched) -> None:
    row.before = seen.rebased(row.before, one.row.before, one.row.after)
    row.after = {**row.after, **one.row.after}
    unit = one.submission.unit_id
    if not seen.differ(seen.in_unit(row.before, unit), seen.in_unit(row.after, unit)):
        row.state = ChangeState.CONFIRMED


FIELDS = (
    "submission",
    "listed",
    "who",
    "code",
    "before",
    "after",
    "batch",
    "action",
    "by",
    "by_name",
    "after_acceptance",
    "state",
    "answered_by_name",
    "answered_at",
)


def _keep(told: list[ListChange], touched: list[_Touched], by: Actor) -> None:
    codes = codes_of(told)
    batch, action = _act()
    moment = timezone.now()
    bulk.upsert(
        ListChange,
        FIELDS,
        (
            (
                row.submission_id,
                row.listed,
                row.who,
                codes.get((row.listed, row.who), ""),
                row.before,
                row.after,
                batch,
                action,
                by.user and by.user.pk,
                by.name,
                row.after_acceptance,
                str(row.state),
                *((by.name, moment) if row.state == ChangeState.CONFIRMED else ("", None)),
            )
            for row in told
        ),
    )


def _act() -> tuple[UUID | None, str]:
    """The act that the list follows: what it wrote last into the trail says most of it."""
    own = [act for act in acts() if not act[1].startswith("roster.")]
    return own[-1] if own else (None, "")


def codes_of(told: Collection[ListChange]) -> dict[tuple[str, int], str]:
    """The codes of whose rows changed, by (listed, who); a statement a register."""
    found: dict[tuple[str, int], str] = {}
    for listed, model in seen.RECORDS.items():
        keys = sorted({row.who for row in told if row.listed == listed})
        for start in range(0, len(keys), CHUNK):
            rows = model._base_manager.filter(pk__in=keys[start : start + CHUNK])
            found |= {(str(listed), pk): code for pk, code in rows.values_list("pk", "code")}
    return found


def _record(touched: list[_Touched], told: list[ListChange], by: Actor) -> None:
    """An entry for each submission, which is a notice: to the Board what waits, to the unit what the
    Board itself changed."""
    counts: dict[int, int] = {}
    held = {one.submission.pk: one.submission for one in touched}
    for row in told:
        if row.state in (ChangeState.WAITING, ChangeState.CONFIRMED):
            counts[row.submission_id] = counts.get(row.submission_id, 0) + 1
    action = "submission.confirm" if counts_as_confirmed(by) else "submission.list_change"
    audit.record(
        [
            audit.Change(
                held[pk], {}, {"changes": count, "year": held[pk].year_id}, held[pk].unit_id, held[pk].code
            )
            for pk, count in counts.items()
        ],
        by=by,
        action=action,
    )

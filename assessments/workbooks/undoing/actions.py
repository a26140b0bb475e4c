"""Taking back what a stored batch wrote: everything, or, when something rests on it, nothing."""

from collections.abc import Callable, Collection, Iterator
from contextlib import suppress

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actors import Actor
from assessments.registers.undoing.actions import Prospect, take_back
from assessments.registers.undoing.dependents import dependents
from assessments.registers.undoing.written import Written
from assessments.roster.changes import RosterChange
from assessments.roster.following import follow_registers
from assessments.roster.noting import asked_again, may_ask_again
from assessments.rules.holding import writing_years
from assessments.rules.models.years import LOCKED, Submission, YearState
from assessments.workbooks.batches.actions import lock
from assessments.workbooks.kinds.listed import written_tables
from assessments.workbooks.models import Upload
from orgs import audit
from orgs.jobs.phases import Phase, Tell, silent
from orgs.models import Organization
from resolution03.lib.errors import Refusal

MOST_FORESEEN = 500
"""Of so many rows it is foreseen whose list changes."""


def prospect(*, by: Actor, uploads: Collection[Upload]) -> Prospect:
    """What undoing a stored batch would do now; Refusal when its record is no longer kept."""
    first = list(uploads)[0]
    written = _written(uploads)
    if first.applied_at is None:
        raise LookupError(first.pk)
    return Prospect(written, dependents(written, by=by, stored_at=first.applied_at))


def asks_again(*, by: Actor, uploads: Collection[Upload]) -> list[Submission]:
    """For which units and years the Board would have to say its word again, were the batch undone: found by
    undoing it and taking that back; of a large one all whose list the Board holds in the batch's unit."""
    if not may_ask_again(by):
        return []
    if sum(created + changed for _kind, created, changed in _written(uploads).counts()) > MOST_FORESEEN:
        unit = list(uploads)[0].unit_id
        return list(Submission.objects.filter(unit=unit, state__in=LOCKED, year__state=YearState.OPEN))
    found: list[Submission] = []
    with suppress(Refusal, IntegrityError), writing_years():
        _undo(lock(uploads), by=by, tell=silent, see=lambda change: found.extend(asked_again(change, by=by)))
        transaction.set_rollback(True)
    return found


def undo(*, by: Actor, uploads: Collection[Upload], tell: Tell = silent) -> bool:
    """Put back all that a stored batch wrote, in one transaction; False when that was done before.

    HasDependents, with nothing changed, when something rests on it.
    """
    try:
        with writing_years():
            locked = lock(uploads)
            if locked[0].undone_at:
                return False
            if not locked[0].applied_at:
                raise Refusal(_("This batch is not stored; there is nothing to undo."))
            _undo(locked, by=by, tell=tell)
    except IntegrityError as error:
        raise Refusal(_("Rows elsewhere still refer to what this load created.")) from error
    return True


def _written(uploads: Collection[Upload]) -> Written:
    written = Written.of(list(uploads)[0].of_batch, written_tables())
    if not written.is_readable or (not written.is_kept and _wrote(uploads)):
        raise Refusal(_("What this load wrote is no longer kept; it can no longer be undone."))
    return written


def _wrote(uploads: Collection[Upload]) -> bool:
    totals = [upload.counts.get("totals", {}) for upload in uploads]
    return any(counts.get("created") or counts.get("updated") for counts in totals)


def _undo(
    uploads: list[Upload],
    *,
    by: Actor,
    tell: Tell,
    see: Callable[[RosterChange], object] = lambda change: None,
) -> None:
    tell(Phase.UNDO, 0, 0)
    first, written = uploads[0], _written(uploads)
    since = first.applied_at
    if since is None:
        raise LookupError(first.pk)
    take_back(
        written,
        by=by,
        since=since,
        why=_("the load of %(at)s was undone") % {"at": f"{timezone.localtime(since):%d/%m/%Y}"},
        action="upload.undo",
        beside=_files(uploads, set(written.created(Organization))),
        follow=lambda: _follow(by, tell, see, written.gone(Submission)),
    )
    rows = Upload.objects.filter(batch=first.batch)
    rows.filter(unit__in=written.created(Organization)).update(unit=None)
    rows.update(undone_at=timezone.now(), undone_by_name=by.name)


def _follow(by: Actor, tell: Tell, see: Callable[[RosterChange], object], restored: Collection[int]) -> None:
    """Submissions that are restored had these lists already: nothing of them is a change."""
    tell(Phase.FOLLOW, 0, 0)
    see(follow_registers(by=by, unnoted=restored))


def _files(uploads: Collection[Upload], gone: set[int]) -> Iterator[audit.Change]:
    for row in uploads:
        unit = None if row.unit_id in gone else row.unit_id
        yield audit.Change(row, {"file": row.file_name}, {}, unit, str(row.pk))

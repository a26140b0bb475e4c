"""An act that was done is remembered with what it wrote, and taken back by one act."""

from collections.abc import Callable
from contextlib import suppress
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actors import Actor
from assessments.registers.undoing.actions import take_back
from assessments.registers.undoing.done import UNDONE_SINCE, was_undone
from assessments.registers.undoing.journal import Tables
from assessments.registers.undoing.models import ActDone
from assessments.registers.undoing.written import Written, touched_by
from assessments.roster.following import follow
from assessments.roster.noting import asked_again, may_ask_again
from assessments.rules.holding import writing_years
from assessments.rules.models.years import Submission
from orgs.models import Organization
from orgs.touched import Touched
from resolution03.lib.errors import Refusal


def keep(code: str, on: Model, *, batch: UUID, by: Actor) -> ActDone:
    """Remember that an act was done, which wrote under `batch`."""
    return ActDone.objects.create(
        batch=batch,
        code=code,
        object_type=on._meta.label_lower,
        object_id=on.pk,
        by=by.user,
        by_name=by.name,
    )


def require_new(batch: UUID) -> None:
    """Refuse the form of an act that was done and taken back, sent once more."""
    if was_undone(batch):
        raise Refusal(str(UNDONE_SINCE))


def _nothing_else(written: Written) -> None:
    pass


def _rosters(written: Written, touched: Touched, by: Actor) -> None:
    follow(touched, by=by)


def undo(
    done: ActDone,
    *,
    by: Actor,
    told: str,
    tables: Tables,
    allow: Callable[[Written], None] = _nothing_else,
    after: Callable[[Written, Touched, Actor], None] = _rosters,
) -> bool:
    """Put back all that the act wrote, in one transaction; False when that was done before.

    `told`: as what the trail tells it; `allow` may refuse it for reasons of its own, `after` when all stands
    again, and brings rosters after it. HasDependents, with nothing changed, when something rests on it;
    Refusal when what it wrote is no longer kept, or lies outside of who asks.
    """
    try:
        with writing_years():
            found = ActDone.objects.select_for_update(of=("self",), no_key=True).get(pk=done.pk)
            if found.taken_back_at:
                return False
            written = _written(found, by, tables)
            allow(written)
            _undo(found, written, by=by, told=told, after=after)
    except IntegrityError as error:
        raise Refusal(_("Rows elsewhere still refer to what was written; nothing was changed.")) from error
    return True


def asks_again(done: ActDone, *, by: Actor, told: str, tables: Tables) -> list[Submission]:
    """For which units and years the Board would have to say its word again, were the act undone: found by
    undoing it and taking that back."""
    asked: list[Submission] = []

    def look(_written: Written, touched: Touched, by: Actor) -> None:
        asked.extend(asked_again(follow(touched, by=by), by=by))

    if may_ask_again(by):
        with suppress(Refusal, IntegrityError), writing_years():
            _undo(done, _written(done, by, tables), by=by, told=told, after=look)
            transaction.set_rollback(True)
    return asked


def _written(done: ActDone, by: Actor, tables: Tables) -> Written:
    written = Written.of(done.batch, tables)
    if not (written.is_readable and written.is_kept):
        raise Refusal(_("What this act wrote is no longer kept; it can no longer be undone."))
    _require_scope(written, by)
    return written


def _undo(done: ActDone, written: Written, *, by: Actor, told: str, after: Callable) -> None:
    why = _("the act of %(at)s was undone") % {"at": f"{timezone.localtime(done.at):%d/%m/%Y}"}
    touched = touched_by(written)
    take_back(written, by=by, since=done.at, why=why, action=told, follow=lambda: after(written, touched, by))
    ActDone.objects.filter(pk=done.pk).update(
        taken_back_at=timezone.now(), taken_back_by=by.user, taken_back_by_name=by.name
    )


def _require_scope(written: Written, by: Actor) -> None:
    """Whoever takes an act back sees every organization from which, or into which, it brings something."""
    if by.user is None:
        return
    places = _places(written)
    if Organization.objects.visible_to(by.user).filter(pk__in=places).count() != len(places):
        raise Refusal(_("This act reaches beyond what you see; only the Board takes it back."))


def _places(written: Written) -> set[int]:
    places: set[int | None] = {*written.changed(Organization), *written.created(Organization)}
    for model, found in written.tables.items():
        for name in found.table.columns:
            field = model._meta.get_field(name)
            if field.related_model is not Organization:
                continue
            at = found.table.columns.index(name)
            for before, after in found.changed.values():
                now = after[at] if after else None
                if before[at] != now:
                    places |= {before[at], now}
    return {pk for pk in places if pk is not None}

"""A confirmed plan that waits for its day, and how it is carried out then (INTERFACE, reading 11)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.models import User
from assessments.workbooks.batches.actions import apply, lock, replan
from assessments.workbooks.models import BatchState, Upload
from orgs import audit
from orgs.versions import writing
from resolution03.lib.errors import Refusal

KEPT_BY = "kept_by"
"""Under this key a file's choices name who confirmed that it waits."""


@dataclass(frozen=True, slots=True)
class Due:
    """A batch whose day has come: carried out, or `refused` why, in words."""

    number: int
    refused: str = ""


@writing()
def keep(*, by: Actor, uploads: Collection[Upload], until: date | None) -> None:
    """Let a plan wait for its day; None: it waits no longer. Refusal once it is stored."""
    locked = lock(uploads)
    if locked[0].applied_at:
        raise Refusal(_("This batch is stored; its plan no longer changes."))
    changes = []
    for row in locked:
        before, row.due_on = row.due_on, until
        row.choices[KEPT_BY] = by.user and by.user.pk
        row.save(update_fields=["due_on", "choices"])
        known = {"due_on": audit.plain(before)}, {"due_on": audit.plain(until)}
        changes.append(audit.Change(row, known[0], known[1], row.unit_id, str(row.pk)))
    audit.record(changes, by=by, action="upload.keep")


def carry_out_due(today: date) -> list[Due]:
    """Carry out the plans whose day has come, each in the name of whoever confirmed it; one that has errors
    meanwhile stays as it is."""
    waiting = Upload.objects.first_of_batch().in_state(BatchState.PLANNED).filter(due_on__lte=today)
    return [_carry_out(first) for first in waiting.order_by("due_on", "pk")]


def _carry_out(first: Upload) -> Due:
    uploads = list(Upload.objects.filter(batch=first.batch).select_related("unit", "prepared").order_by("pk"))
    user = User.objects.filter(pk=first.choices.get(KEPT_BY)).first()
    by = Actor.of(user) if user else Actor(name=first.by_name)
    try:
        replan(by=by, uploads=uploads)
        now = list(Upload.objects.filter(batch=first.batch).select_related("unit", "prepared").order_by("pk"))
        apply(by=by, uploads=now, plan_hash=now[0].plan_hash)
    except Refusal as refusal:
        return Due(first.pk, str(refusal))
    return Due(first.pk)

"""The acts that were done on a record, each with the way back, as its page lists them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Model
from django.urls import reverse
from django.utils import timezone

from accounts.permissions import may
from assessments.registers import acts
from assessments.registers.records import Record
from assessments.registers.undoing.done import done_on
from assessments.registers.undoing.models import ActDone
from resolution03.lib.phrases import Phrase

FRESH = 10
"""Minutes for which the way back stands on top."""


@dataclass(frozen=True, slots=True)
class DoneAct:
    """One act. `undo`: the address that takes it back; empty once it was, and for who may not.
    `is_fresh`: the reader has just done it."""

    done: ActDone
    words: Phrase
    undo: str
    is_fresh: bool = False


def done_acts(user, record: Record, about: Mapping[type[Model], Iterable[int]]) -> list[DoneAct]:
    """The latest acts on the objects of a record's page, for who may do such an act; the latest first."""
    found = []
    for number, done in enumerate(done_on(about)):
        act = acts.find(done.code)
        if act is None or not may(user, act.needs):
            continue
        is_open = done.taken_back_at is None and act.allowed(user, record if act.on else None)
        undo = reverse("registers:undo", args=[done.pk]) if is_open else ""
        is_new = timezone.now() - done.at < timedelta(minutes=FRESH) and done.by_id == user.pk
        found.append(DoneAct(done, act.label, undo, is_fresh=number == 0 and is_new))
    return found

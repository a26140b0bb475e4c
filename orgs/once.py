"""A form that is sent twice, by a double click or again after a lost answer, acts once.

Each form carries a token of its own (the tag `once`). It and what was typed make the batch under
which the trail keeps what the first sending did; the second one is answered with that. Sent again
later, from a page that the browser kept, it is judged anew.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import TypeVar
from urllib.parse import urlencode
from uuid import UUID, uuid5

from django.apps import apps
from django.db import IntegrityError
from django.http import HttpRequest
from django.utils import timezone

from accounts.actors import Actor
from orgs.models import AuditEntry
from resolution03.lib.errors import Refusal

Result = TypeVar("Result")
TWICE = timedelta(minutes=2)
_NOT_TYPED = {"once", "sure", "csrfmiddlewaretoken"}


def act(request: HttpRequest, action: Callable[[Actor], Result]) -> Result | AuditEntry:
    """What `action` gives; or the first entry that the same form, sent before, left in the trail.

    Raises the action's Refusal when nothing was done before.
    """
    batch = _batch(request)
    try:
        return _earlier(request, batch) or action(Actor.of(request.user, once=batch))
    except (Refusal, IntegrityError):
        if entry := _earlier(request, batch):
            return entry
        raise


def was_sent(request: HttpRequest) -> bool:
    """Whether this form was sent before and did something."""
    return _earlier(request, _batch(request)) is not None


def _batch(request: HttpRequest) -> UUID | None:
    """None where the form has no token; other values typed into the same form are another batch."""
    try:
        token = UUID(request.POST.get("once", ""))
    except ValueError:
        return None
    typed = [(name, values) for name, values in request.POST.lists() if name not in _NOT_TYPED]
    return uuid5(token, f"{request.path}?{urlencode(sorted(typed), doseq=True)}")


def _earlier(request: HttpRequest, batch: UUID | None) -> AuditEntry | None:
    if batch is None:
        return None
    rows = AuditEntry.objects.filter(batch=batch, actor=request.user.pk, at__gte=timezone.now() - TWICE)
    entry = rows.order_by("pk").first()
    return entry if entry and _thing(entry) else None


def _thing(entry: AuditEntry):
    """What an entry tells of, as it stands; None where it is gone."""
    model = apps.get_model(entry.object_type)
    return model._base_manager.filter(pk=entry.object_id).first()


def address_of(entry: AuditEntry) -> str:
    """The page of the first thing with a page that the batch of `entry` made; empty where none was."""
    for made in AuditEntry.objects.filter(batch=entry.batch, before={}).order_by("pk"):
        row = _thing(made)
        if hasattr(row, "get_absolute_url"):
            return row.get_absolute_url()
    return ""

"""The changes of rules that were done, each with the way back."""

from collections.abc import Iterable
from datetime import timedelta

from django.apps import apps
from django.db.models import Model
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst

from accounts.permissions import Permission, may
from assessments.registers.acts.history import FRESH, DoneAct
from assessments.registers.undoing.models import ActDone
from assessments.rules.models.counts import Activity
from assessments.rules.models.reasons import UnratedReason
from assessments.rules.models.reviews import ReviewDue
from assessments.rules.models.switches import RuleSwitch
from orgs.trail.words import actions

MOST = 8
_ELSEWHERE: dict[type[Model], str] = {
    Activity: "assessments:activities",
    UnratedReason: "assessments:reasons",
    ReviewDue: "assessments:review_dues",
    RuleSwitch: "assessments:entry_rules",
}


def done_rules(user, models: Iterable[type[Model]] | None = None) -> list[DoneAct]:
    """The latest changes of rules of `models` (None: those that have no page of their own)."""
    if not may(user, Permission.MANAGE_RULES):
        return []
    rows = ActDone.objects.filter(code__startswith=_PREFIX)
    labels = [model._meta.label_lower for model in models or _ELSEWHERE]
    rows = rows.filter(object_type__in=labels) if models else rows.exclude(object_type__in=labels)
    return [_done(done, user, number) for number, done in enumerate(rows[:MOST])]


_PREFIX = "rules."


def _done(done: ActDone, user, number: int) -> DoneAct:
    undo = "" if done.taken_back_at else reverse("assessments:rule_undo", args=[done.pk])
    is_new = timezone.now() - done.at < timedelta(minutes=FRESH) and done.by_id == user.pk
    return DoneAct(done, words_of(done), undo, is_fresh=number == 0 and is_new)


def words_of(done: ActDone) -> str:
    model, told = apps.get_model(done.object_type), actions().get(done.code)
    return f"{capfirst(str(model._meta.verbose_name))}: {told.words if told else done.code}"


def address_of(done: ActDone) -> str:
    """The page that lists it."""
    return reverse(_ELSEWHERE.get(apps.get_model(done.object_type), "assessments:schemes"))

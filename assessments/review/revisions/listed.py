"""The revisions of a year in their order, with the reopenings between them."""

from dataclasses import dataclass
from datetime import datetime

from assessments.review.supplements.models import Supplement, SupplementState
from assessments.rules.models.years import RatingYear, RevisionKind, YearRevision
from orgs.models import AuditEntry


@dataclass(frozen=True, slots=True)
class Event:
    """A revision, or (without one) a reopening. `supplement`: what made the revision, if one did."""

    at: datetime
    by_name: str
    reason: str
    revision: YearRevision | None = None
    supplement: Supplement | None = None


def events(year: RatingYear) -> list[Event]:
    """Every closing, supplement and reopening of the year, the latest first; three queries."""
    revisions = list(year.revisions.defer("rules", "tallies"))
    accepted = Supplement.objects.filter(year=year, state=SupplementState.ACCEPTED)
    made = iter(accepted.select_related("unit").order_by("answered_at", "pk"))
    found = [
        Event(
            one.at,
            one.by_name,
            one.reason,
            one,
            next(made, None) if one.kind == RevisionKind.SUPPLEMENT else None,
        )
        for one in revisions
    ]
    reopened = AuditEntry.objects.filter(
        action="year.reopen", object_type=year._meta.label_lower, object_id=year.pk
    )
    found += [
        Event(at, name, reason) for at, name, reason in reopened.values_list("at", "actor_name", "reason")
    ]
    return sorted(found, key=lambda event: event.at, reverse=True)

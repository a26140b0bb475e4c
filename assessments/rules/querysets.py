"""Reading the years of units."""

from typing import Any, Self

from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from orgs.scoping import PostedQuerySet


class SubmissionQuerySet(PostedQuerySet):
    def inside(self, organization) -> Q:
        """The unit itself, or the unit above a grassroots organization or a cell."""
        return Q(unit__in={organization.pk, organization.unit_id})

    def with_changes(self) -> Self:
        """With how many rows of their lists wait for the Board's word (`Submission.changes_waiting`), and
        since when the oldest of them does."""
        changes: Any = self.model._meta.get_field("list_changes").related_model
        waiting = changes.objects.waiting().named().filter(submission=OuterRef("pk")).order_by()
        count = waiting.values("submission").annotate(rows=Count("pk")).values("rows")
        return self.annotate(
            changes_waiting=Coalesce(Subquery(count), 0),
            changes_since=Subquery(waiting.order_by("pk").values("at")[:1]),
        )

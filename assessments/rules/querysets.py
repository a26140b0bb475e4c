"""Reading the years of units."""

from django.db.models import Q

from orgs.scoping import PostedQuerySet


class SubmissionQuerySet(PostedQuerySet):
    def inside(self, organization) -> Q:
        """The unit itself, or the unit above a grassroots organization."""
        return Q(unit=organization) | Q(unit=organization.parent_id)

"""Reading supplements."""

from typing import Self

from django.db.models import Q

from orgs.scoping import PostedQuerySet, UnitQuerySet


class SupplementQuerySet(UnitQuerySet):
    def waiting(self) -> Self:
        """Those that the Board has not answered yet."""
        return self.filter(state="filed")


class SupplementLineQuerySet(PostedQuerySet):
    def inside(self, organization) -> Q:
        """Lines of the unit's supplements: who stands below the unit does not see them."""
        return Q(supplement__unit=organization)

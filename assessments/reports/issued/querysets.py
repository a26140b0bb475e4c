"""Reading issued reports."""

from typing import Self

from accounts.permissions import Permission, may
from orgs.scoping import UnitQuerySet


class IssuedReportQuerySet(UnitQuerySet):
    def visible_to(self, user) -> Self:
        """Reports of the user's unit, or all for the province; those that name persons only for
        whoever may take lists of persons."""
        found = super().visible_to(user)
        return found if may(user, Permission.EXPORT_PERSONS) else found.filter(is_of_persons=False)

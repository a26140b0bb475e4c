"""Who sees which rows. Denied by default; a test walks every address as a stranger."""

from typing import Self

from django.contrib.auth import get_user_model
from django.db import models
from django.db.models import Q


def posted_organization(user):
    """The organization at which `user` stands, or None."""
    if not user.is_authenticated:
        return None
    posting = getattr(user, "posting", None)
    return posting.organization if posting else None


class ScopedQuerySet(models.QuerySet):
    """Rows that hang on today's tree by the model's `SCOPE_PATHS` (paths of organizations)."""

    def visible_to(self, user) -> Self:
        """Rows inside the subtree of the user's posting; nothing without a posting."""
        organization = posted_organization(user)
        return self.under(organization) if organization else self.none()

    def under(self, organization) -> Self:
        """Rows in the subtree of `organization`, itself included."""
        if organization.parent_id is None:
            return self
        hangs_below = Q()
        for path in self.model.SCOPE_PATHS:
            hangs_below |= Q(**{f"{path}__startswith": organization.path})
        return self.filter(hangs_below)


class YearScopedQuerySet(models.QuerySet):
    """Rows of a year's roster, which name the unit and grassroots organization of that year."""

    def visible_to(self, user) -> Self:
        organization = posted_organization(user)
        return self.under(organization) if organization else self.none()

    def under(self, organization) -> Self:
        """Rows of that year's subtree of a unit or grassroots organization; all for the root."""
        if organization.parent_id is None:
            return self
        return self.filter(Q(unit=organization) | Q(grassroots=organization))


def accounts_visible_to(user) -> models.QuerySet:
    """Every account for whoever stands at the province (what they may do there: the role);
    nobody else sees accounts."""
    organization = posted_organization(user)
    accounts = get_user_model().objects.select_related("posting__organization")
    if organization is None or organization.parent_id is not None:
        return accounts.none()
    return accounts.order_by("username")

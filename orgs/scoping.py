"""Who sees which rows. Denied by default; a test walks every address as a stranger."""

from typing import Self

from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import models
from django.db.models import Q

from accounts.permissions import Permission, may, stores_names


def posted_organization(user):
    """The organization at which `user` stands, or None; read once, in one statement."""
    if not user.is_authenticated:
        return None
    relation = user._meta.get_field("posting")
    if not relation.is_cached(user):
        postings = relation.related_model.objects.select_related("organization")
        relation.set_cached_value(user, postings.filter(user=user).first())
    posting = relation.get_cached_value(user)
    return posting.organization if posting else None


def stands_at_root(user) -> bool:
    """Whether `user` is posted at the province."""
    organization = posted_organization(user)
    return organization is not None and organization.parent_id is None


def province():
    """The organization at which all others hang; None in an empty database. It is nobody's secret."""
    return apps.get_model("orgs", "Organization")._default_manager.filter(parent=None).first()


class PostedQuerySet(models.QuerySet):
    """Rows of which a user sees what lies under the own posting. `under` says what that is."""

    def visible_to(self, user) -> Self:
        """Rows inside the subtree of the user's posting; nothing without a posting."""
        organization = posted_organization(user)
        return self.under(organization) if organization else self.none()

    def under(self, organization) -> Self:
        """Rows in the subtree of `organization`, itself included; all for the province."""
        return self if organization.parent_id is None else self.filter(self.inside(organization))

    def inside(self, organization) -> Q:
        """What lies in the subtree of an organization below the province."""
        raise NotImplementedError


class ScopedQuerySet(PostedQuerySet):
    """Rows that hang on today's tree by the model's `SCOPE_PATHS` (paths of organizations)."""

    def inside(self, organization) -> Q:
        hangs_below = Q()
        for path in self.model.SCOPE_PATHS:  # type: ignore[attr-defined]  # a model of today's tree has it
            hangs_below |= Q(**{f"{path}__startswith": organization.path})
        return hangs_below


class YearScopedQuerySet(PostedQuerySet):
    """Rows of a year's roster, which name the unit and grassroots organization of that year. `CELL_PATH` of
    the model leads to the single cell, at which a clerk stands where the unit itself is the grassroots
    organization; without it nothing of the rows is a cell's."""

    def inside(self, organization) -> Q:
        if organization.level != "affiliated":
            return Q(unit=organization) | Q(grassroots=organization)
        path = getattr(self.model, "CELL_PATH", "")
        return Q(**{path: organization}) if path else Q(pk__in=[])


class PersonsQuerySet(PostedQuerySet):
    """Rows about persons: nobody sees any where the installation stores no names."""

    def visible_to(self, user) -> Self:
        return super().visible_to(user).named()

    def named(self) -> Self:
        """The rows that may be shown or asked for one by one; none where no names are stored."""
        return self if stores_names() else self.none()


class UnitQuerySet(PostedQuerySet):
    """Rows that belong to a unit as a whole: who stands below the unit does not see them."""

    def inside(self, organization) -> Q:
        return Q(unit=organization)


def accounts_visible_to(user) -> models.QuerySet:
    """Every account for whoever stands at the province (what they may do there: the role), and for
    an administrator who stands nowhere; nobody else sees accounts."""
    organization = posted_organization(user)
    accounts = get_user_model().objects.select_related("posting__organization")
    if organization is None and not may(user, Permission.MANAGE_ACCOUNTS):
        return accounts.none()
    if organization and organization.parent_id is not None:
        return accounts.none()
    return accounts.order_by("username")

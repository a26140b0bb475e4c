from typing import Self

from django.db import models
from django.db.models import Q

from orgs.scoping import YearScopedQuerySet, posted_organization


class RatedLineQuerySet(YearScopedQuerySet):
    def in_roster(self) -> Self:
        """Lines that count; dropped ones are kept but count for nothing."""
        return self.filter(dropped=False)

    def rated(self) -> Self:
        """Lines with a decided level (INTERFACE, reading 6)."""
        return self.filter(decided__isnull=False)

    def unexplained(self) -> Self:
        """Lines with neither a level nor a reason."""
        return self.filter(decided__isnull=True, reason="")


class MemberLineQuerySet(RatedLineQuerySet):
    def rated(self) -> Self:
        return super().rated().filter(is_exempt=False)

    def unexplained(self) -> Self:
        return super().unexplained().filter(is_exempt=False)


class VillageLineQuerySet(YearScopedQuerySet):
    def without_cell(self) -> Self:
        return self.filter(cell__isnull=True)

    def without_member(self) -> Self:
        """Without a cell, or whose cell has no member (exempt ones count as members)."""
        return self.filter(has_member=False)

    def at_risk(self) -> Self:
        """An own cell with three official members or fewer (DESIGN, figures)."""
        return self.filter(cell__isnull=False, cell_is_shared=False, official_members__lte=3)


class SubmissionQuerySet(models.QuerySet):
    def visible_to(self, user) -> Self:
        organization = posted_organization(user)
        return self.under(organization) if organization else self.none()

    def under(self, organization) -> Self:
        """The unit itself, or the unit above a grassroots organization; all for the province."""
        if organization.parent_id is None:
            return self
        return self.filter(Q(unit=organization) | Q(unit=organization.parent_id))


class TallyQuerySet(models.QuerySet):
    def visible_to(self, user) -> Self:
        organization = posted_organization(user)
        if not organization:
            return self.none()
        return self if organization.parent_id is None else self.filter(unit=organization)


class UploadQuerySet(models.QuerySet):
    def visible_to(self, user) -> Self:
        organization = posted_organization(user)
        if not organization:
            return self.none()
        return self if organization.parent_id is None else self.filter(unit=organization)

from datetime import date
from typing import Self

from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.db.models import Q

from accounts.models import Role
from orgs.rules import chain_of
from orgs.scoping import ScopedQuerySet, UnitQuerySet
from orgs.searching import led_to
from resolution03.lib.text import fold


class OrganizationQuerySet(ScopedQuerySet):
    def existing_on(self, day: date) -> Self:
        """Established on or before `day` and not dissolved on it (INTERFACE, reading 1)."""
        return self.filter(
            Q(established_on__isnull=True) | Q(established_on__lte=day),
            Q(dissolved_on__isnull=True) | Q(dissolved_on__gt=day),
        )

    def ancestors_of(self, organization) -> Self:
        """The chain above `organization`, root first; outside one's scope only for its names."""
        return self.filter(pk__in=chain_of(organization.path)[:-1]).order_by("path")

    def units(self) -> Self:
        """Organizations directly under the province."""
        return self.filter(parent__isnull=False, parent__parent__isnull=True)

    def with_offices(self) -> Self:
        """The province and the organizations directly under it, past ones too: they sign reports."""
        return self.filter(parent__parent__isnull=True)

    def without_officer(self) -> Self:
        """Those at which no open account of an officer stands."""
        served = apps.get_model("orgs", "Posting").objects.of_officers()
        return self.exclude(pk__in=served.values("organization"))

    def at_level(self, level: str) -> Self:
        """Organizations of one `orgs.models.Level`."""
        return self.filter(level=level)

    def for_postings(self) -> Self:
        """Where an account may stand (`rules.may_stand`): committees, and cells that are grassroots
        organizations or stand in a unit that is one."""
        in_unit = Q(parent__parent__parent=None) | Q(parent__parent__parent__parent=None)
        of_unit = in_unit & (Q(parent__level="grassroots") | Q(parent__parent__level="grassroots"))
        return self.filter(~Q(form="cell") | Q(level="grassroots") | of_unit)

    def for_list(self) -> Self:
        """With what a row of a list tells."""
        return self.select_related("parent", "merged_into")

    def gone(self) -> Self:
        """Dissolved ones."""
        return self.filter(dissolved_on__isnull=False)

    def found_by(self, words: str) -> Self:
        """By code or name, without diacritics: its own, an earlier name, or those of what went into it."""
        if not words:
            return self
        former = apps.get_model("orgs", "FormerName")._default_manager.order_by()
        renamed = former.values_list("organization", "name")
        key = fold(words)
        return self.filter(Q(search_key__contains=key) | Q(pk__in=led_to(self.model, key, renamed)))


class VillageQuerySet(ScopedQuerySet):
    def existing_on(self, day: date) -> Self:
        """Villages that existed on `day`; `ends_on` is the last day counted."""
        return self.filter(
            Q(starts_on__isnull=True) | Q(starts_on__lte=day),
            Q(ends_on__isnull=True) | Q(ends_on__gte=day),
        )

    def found_by(self, words: str) -> Self:
        """By code or name, without diacritics: its own, or those of what went into it."""
        if not words:
            return self
        key = fold(words)
        return self.filter(Q(search_key__contains=key) | Q(pk__in=led_to(self.model, key)))


class PostingQuerySet(ScopedQuerySet):
    def of_officers(self) -> Self:
        """Open accounts of officers."""
        return self.filter(user__is_active=True, user__role=Role.OFFICER)


class AuditEntryQuerySet(UnitQuerySet):
    """The province's people see all; others what happened in their unit."""

    def update(self, **kwargs):
        raise PermissionDenied("The audit trail is append-only.")

    def delete(self):
        raise PermissionDenied("The audit trail is append-only.")

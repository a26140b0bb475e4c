from datetime import date
from typing import Self

from django.apps import apps
from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce

from orgs.scoping import PersonsQuerySet, ScopedQuerySet
from resolution03.lib.text import fold


class MemberQuerySet(PersonsQuerySet, ScopedQuerySet):  # type: ignore[override]  # the plugin makes as_manager anew
    def inside(self, organization) -> Q:
        """By its cells, which are found first: SQLite would join every member to a cell."""
        cells = organization._meta.default_manager.filter(path__startswith=organization.path)
        return Q(cell__in=cells.order_by().values("pk"))

    def existing_on(self, day: date) -> Self:
        """Admitted or arrived on or before `day` and not left on it, in the latest stay or an earlier
        one (INTERFACE, readings 1 and 8)."""
        present = self.alias(joined_on=Coalesce("arrived_on", "admitted_on"))
        latest = Q(Q(left_on__isnull=True) | Q(left_on__gt=day), joined_on__lte=day)
        return present.filter(latest | Q(pk__in=self._in_past_stay(day)))

    def _in_past_stay(self, day: date) -> QuerySet:
        stays = apps.get_model("members", "PastStay")._default_manager.filter(left_on__gt=day)
        began = stays.alias(joined_on=Coalesce("arrived_on", "member__admitted_on"))
        return began.filter(joined_on__lte=day).order_by().values("member")

    def found_by(self, words: str) -> Self:
        """By code or name, without diacritics."""
        return self.filter(search_key__contains=fold(words)) if words else self

from datetime import date
from typing import Self

from django.db.models import Q

from orgs.scoping import ScopedQuerySet
from resolution03.lib.text import fold


class MemberQuerySet(ScopedQuerySet):
    def existing_on(self, day: date) -> Self:
        """Admitted or arrived on or before `day` and not left on it (INTERFACE, reading 1)."""
        return self.filter(
            Q(arrived_on__lte=day) | Q(arrived_on__isnull=True, admitted_on__lte=day),
            Q(left_on__isnull=True) | Q(left_on__gt=day),
        )

    def found_by(self, words: str) -> Self:
        """By code or name, without diacritics."""
        return self.filter(search_key__contains=fold(words)) if words else self


class VillageHeadQuerySet(ScopedQuerySet):
    def in_post_on(self, day: date) -> Self:
        """Terms that hold `day`; of two, the successor who starts that day counts."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day), starts_on__lte=day)

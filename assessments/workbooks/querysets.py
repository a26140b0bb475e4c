"""Reading uploaded files and the rows that a load planned."""

from typing import Self

from django.db.models import Exists, OuterRef, Q

from orgs.scoping import PostedQuerySet, UnitQuerySet
from resolution03.lib.text import fold


class UploadQuerySet(UnitQuerySet):
    def in_state(self, state: str) -> Self:
        """Files of batches in a `BatchState`."""
        stored = Q(applied_at__isnull=False, undone_at__isnull=True)
        states = {"planned": Q(applied_at__isnull=True), "stored": stored}
        return self.filter(states.get(state, Q(undone_at__isnull=False)))

    def first_of_batch(self) -> Self:
        """One file for each batch."""
        earlier = self.model._default_manager.filter(batch=OuterRef("batch"), pk__lt=OuterRef("pk"))
        return self.filter(~Exists(earlier), batch__isnull=False)


class PlannedRowQuerySet(PostedQuerySet):
    def inside(self, organization) -> Q:
        """Rows of the unit's own uploads."""
        return Q(upload__unit=organization)

    def found_by(self, words: str) -> Self:
        """By code or name, without diacritics."""
        return self.filter(search_key__contains=fold(words)) if words else self

from typing import TYPE_CHECKING, Self, TypeVar

from django.db.models import Exists, F, OuterRef, Q

from accounts.permissions import Permission, may
from orgs.scoping import PersonsQuerySet, PostedQuerySet, UnitQuerySet, YearScopedQuerySet
from resolution03.lib.text import fold

if TYPE_CHECKING:
    from assessments.roster.models.line import RatedLine

OneLine = TypeVar("OneLine", bound="RatedLine")
RETURNED = ~Q(return_reason="")
"""What the Board gave back and the unit has not sent again."""

MENDED = RETURNED & Q(version__gt=F("returned_version"))
"""Of those: written into since; it waits to be sent again."""

CARRYING = Q(decided__isnull=False) | Q(self_rated__isnull=False) | Q(proposed__isnull=False) | ~Q(reason="")
"""Carries a rating: somebody gave it a level or wrote a reason."""


class RatedLineQuerySet(YearScopedQuerySet[OneLine, OneLine]):
    def in_roster(self) -> Self:
        """Lines that count; dropped ones are kept but count for nothing."""
        return self.filter(dropped=False)

    def of(self, subject: str) -> Self:
        """Lines of one of the model's subjects."""
        return self.filter(self.model.holding(subject))

    def to_rate(self) -> Self:
        """Lines that are rated at all; an exempt member is not."""
        return self

    def in_office_order(self) -> Self:
        """Grassroots organization by grassroots organization, inside by cell."""
        return self.order_by(*self.model.office_order)

    def with_names(self) -> Self:
        """With what the face of a line tells: code, name and place."""
        return self.select_related(*self.model.joined)

    def named(self) -> Self:
        """Lines that may be shown one by one; of organizations all."""
        return self

    def with_rating(self) -> Self:
        """With names and the levels that lists show."""
        return self.with_names().select_related("self_rated", "decided")

    def rated(self) -> Self:
        """Lines with a decided level (INTERFACE, reading 6)."""
        return self.filter(decided__isnull=False)

    def unrated(self) -> Self:
        """The other lines, whatever the reason."""
        return self.filter(decided__isnull=True)

    def unexplained(self) -> Self:
        """Lines with neither a level nor a reason."""
        return self.filter(decided__isnull=True, reason="")

    def to_answer(self) -> Self:
        """Returned lines that nobody has mended yet."""
        return self.filter(RETURNED).exclude(MENDED)


class MemberLineQuerySet(PersonsQuerySet, RatedLineQuerySet):  # type: ignore[override]  # the plugin makes as_manager anew
    def to_rate(self) -> Self:
        return self.filter(is_exempt=False)

    def rated(self) -> Self:
        return super().rated().filter(is_exempt=False)

    def unrated(self) -> Self:
        return self.filter(Q(decided__isnull=True) | Q(is_exempt=True))

    def unexplained(self) -> Self:
        return super().unexplained().filter(is_exempt=False)


VILLAGE_STATES = {
    "total": Q(),
    "without_cell": Q(cell__isnull=True),
    "without_member": Q(has_member=False),
    "blank_again_cell": Q(cell__isnull=True, had_cell=True),
    "blank_again_member": Q(has_member=False, had_member=True),
    "shared_cell": Q(cell__isnull=False, cell_is_shared=True),
    "at_risk": Q(cell__isnull=False, cell_is_shared=False, official_members__lte=3),
}
"""What a village can be counted as (DESIGN, "What the figures mean"); states overlap."""

HEAD_STATES = {
    "member": Q(head_state="member"),
    "not_member": Q(head_state="not_member"),
    "vacant": Q(head_state="vacant"),
    "secretary": Q(head_is_secretary=True, head__isnull=False),
    "probationary": Q(head_is_probationary=True),
}

ADMISSION_STATES = {
    "term": Q(kind="admission", in_term=True, in_province=True),
    "term_outside": Q(kind="admission", in_term=True, in_province=False),
}


class VillageLineQuerySet(YearScopedQuerySet):
    def in_state(self, state: str) -> Self:
        """Villages counted under a key of VILLAGE_STATES or HEAD_STATES."""
        return self.filter((VILLAGE_STATES | HEAD_STATES)[state])

    def for_list(self) -> Self:
        """With what a row of a list tells."""
        return self.select_related("village", "committee", "unit", "cell", "head")


class MovementQuerySet(PersonsQuerySet, YearScopedQuerySet):  # type: ignore[override]  # the plugin makes as_manager anew
    def in_state(self, state: str) -> Self:
        """Movements counted under a key of ADMISSION_STATES."""
        return self.filter(ADMISSION_STATES[state])


class DisciplineQuerySet(PostedQuerySet):
    def inside(self, organization) -> Q:
        """Counts of the lines in the unit or grassroots organization of that year."""
        return Q(line__unit=organization) | Q(line__grassroots=organization)


class SupplementQuerySet(UnitQuerySet):
    def waiting(self) -> Self:
        """Those that the Board has not answered yet."""
        return self.filter(state="filed")


class SupplementLineQuerySet(PostedQuerySet):
    def inside(self, organization) -> Q:
        """Lines of the unit's supplements: who stands below the unit does not see them."""
        return Q(supplement__unit=organization)


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


class IssuedReportQuerySet(UnitQuerySet):
    def visible_to(self, user) -> Self:
        """Reports of the user's unit, or all for the province; those that name persons only for
        whoever may take lists of persons."""
        found = super().visible_to(user)
        return found if may(user, Permission.EXPORT_PERSONS) else found.filter(is_of_persons=False)

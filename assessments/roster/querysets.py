"""Reading the lines of a year."""

from typing import Self

from django.db.models import Exists, OuterRef, Q

from assessments.roster.models.line import RatedLineQuerySet
from members.models import PastStay
from orgs.scoping import PersonsQuerySet, PostedQuerySet, YearScopedQuerySet


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
    "current": Q(kind="admission", in_current_term=True, in_province=True),
    "current_outside": Q(kind="admission", in_current_term=True, in_province=False),
    "ended": Q(kind="admission", in_ended_term=True, in_province=True),
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

    def with_start(self) -> Self:
        """`at_once`: the member was in the roster from the admission on, whatever came later."""
        first = PastStay.objects.filter(member=OuterRef("member"), arrived_on__isnull=True)
        return self.annotate(at_once=Q(member__arrived_on__isnull=True) | Q(Exists(first)))


class DisciplineQuerySet(PostedQuerySet):
    def inside(self, organization) -> Q:
        """Counts of the lines in the unit or grassroots organization of that year."""
        if organization.level == "affiliated":
            return Q(line__organization=organization)
        return Q(line__unit=organization) | Q(line__grassroots=organization)

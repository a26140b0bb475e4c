"""The filter rows of the lists of villages and of members."""

from datetime import date

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assessments.registers.village_states import BY_CODE, UNREMARKABLE, with_urgency
from members.querysets import MemberQuerySet
from orgs.filters import UnitFilter
from orgs.models import Organization, Village
from resolution03.lib.filters import choice
from resolution03.lib.text import fold

MEMBER_STATES = [
    ("exempt", _("Exempt")), ("probationary", _("Probationary")), ("left", _("Left")),
    ("all", _("Present and left")),
]  # fmt: skip


class VillageFilter(UnitFilter):
    """The villages of a year; `state`: the tile that is chosen beside the filter row."""

    def __init__(self, data, lines, *, user, state: str):
        super().__init__(data, lines, user=user)
        self.state, self.user = state, user

    def search(self, lines, _name: str, words: str):
        key = fold(words)
        named = Q(village__search_key__contains=key) | Q(committee__search_key__contains=key)
        seen = (model.objects.visible_to(self.user) for model in (Village, Organization))
        villages, committees = (rows.found_by(words).order_by().values("pk") for rows in seen)
        return lines.filter(named | Q(village__in=villages) | Q(committee__in=committees))

    def filter_queryset(self, queryset):
        """With their urgency."""
        lines = super().filter_queryset(with_urgency(queryset))
        if self.state in BY_CODE:
            return lines.filter(BY_CODE[self.state].condition)
        return lines if self.state == "all" else lines.filter(urgency__lt=UNREMARKABLE)


class MemberFilter(UnitFilter):
    unit = choice(_("Unit"), [], _("Every unit"), method="under")
    state = choice(_("State"), MEMBER_STATES, _("Present"), method="in_state")

    def search(self, rows: MemberQuerySet, _name: str, words: str) -> MemberQuerySet:
        return rows.found_by(words)

    def in_state(self, rows: MemberQuerySet, _name: str, state: str) -> MemberQuerySet:
        today = date.today()
        present = rows.existing_on(today)
        return {
            "exempt": present.filter(is_exempt=True),
            "probationary": present.filter(Q(official_on=None) | Q(official_on__gt=today)),
            "left": rows.filter(left_on__lte=today),
            "all": rows,
        }[state]

    def filter_queryset(self, queryset: MemberQuerySet) -> MemberQuerySet:
        rows = super().filter_queryset(queryset)
        return rows if "state" in self.values else rows.existing_on(date.today())

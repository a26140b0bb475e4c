"""The filter rows of the lists of villages and of members."""

from datetime import date

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assessments.registers.village_states import BY_CODE, UNREMARKABLE, with_urgency
from members.querysets import MemberQuerySet
from orgs.filters import UnitFilter, offer_units
from orgs.models import Organization
from resolution03.lib.filters import choice
from resolution03.lib.text import fold

MEMBER_STATES = [
    ("exempt", _("Exempt")), ("probationary", _("Probationary")), ("left", _("Left")),
    ("all", _("Present and left")),
]  # fmt: skip


class VillageFilter(UnitFilter):
    unit = choice(_("Unit"), [], _("Every unit"))

    def __init__(self, data, *, user):
        super().__init__(data)
        offer_units(self, user)

    def narrow(self, lines, state: str):
        """`lines` of a year as the filter row and the chosen tile ask, with their urgency."""
        values, lines = self.values, with_urgency(lines)
        if "q" in values:
            words = fold(values["q"])
            lines = lines.filter(
                Q(village__search_key__contains=words) | Q(committee__search_key__contains=words)
            )
        if "unit" in values:
            lines = lines.filter(unit=values["unit"])
        if state in BY_CODE:
            return lines.filter(BY_CODE[state].condition)
        return lines if state == "all" else lines.filter(urgency__lt=UNREMARKABLE)


class MemberFilter(UnitFilter):
    unit = choice(_("Unit"), [], _("Every unit"))
    state = choice(_("State"), MEMBER_STATES, _("Present"))

    def __init__(self, data, *, user):
        super().__init__(data)
        offer_units(self, user)

    def narrow(self, rows: MemberQuerySet) -> MemberQuerySet:
        values, today = self.values, date.today()
        rows = rows.found_by(values.get("q", ""))
        if "unit" in values:
            rows = rows.under(Organization.objects.get(pk=values["unit"]))
        present = rows.existing_on(today)
        return {
            "exempt": present.filter(is_exempt=True),
            "probationary": present.filter(Q(official_on=None) | Q(official_on__gt=today)),
            "left": rows.filter(left_on__lte=today),
            "all": rows,
        }.get(values.get("state", ""), present)

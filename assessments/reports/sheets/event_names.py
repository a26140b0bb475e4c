"""What a change of a year is, and how it calls organizations: the names borne then, none outside the report's
scope."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import QuerySet

from assessments.reports.building.matter import Matter
from assessments.roster.models.lines import OrganizationLine
from orgs.models import Organization, Village

NAMED = 3
ELSEWHERE = "(ngoài phạm vi báo cáo)"


@dataclass(frozen=True)
class Event:
    """One change of one organization or village; `on` None where no day is known."""

    about: Organization | Village
    what: str
    on: date | None
    before: str = ""
    after: str = ""
    decision: str = ""


@dataclass(frozen=True)
class EventNames:
    """Of one report."""

    matter: Matter

    def of(self, organization: int | None) -> str:
        return self.known.get(organization, ELSEWHERE) if organization else ""

    def several(self, organizations: Sequence[int]) -> str:
        """The first names, and how many others."""
        return several([self.of(one) for one in organizations], "tổ chức")

    @cached_property
    def known(self) -> Mapping[int | None, str]:
        """The name borne that year, else the year before, else today."""
        today = Organization.objects.under(self.matter.scope).values_list("pk", "name")
        then = organizations_then(self.matter).values_list("organization_id", "name")
        units = {place.id: place.name for place in self.matter.places}
        root = {self.matter.year.province_id: self.matter.year.province_name}
        return dict(today) | dict(then) | units | root


def several(names: Sequence[str], things: str) -> str:
    shown = names[:NAMED]
    more = len(names) - len(shown)
    return "; ".join(shown) + (f" và {more} {things} khác" if more else "")


def organizations_then(matter: Matter) -> QuerySet:
    """Lines of the year and of the year before."""
    years = [year for year in (matter.before, matter.year) if year]
    lines = OrganizationLine.objects.under(matter.scope).filter(year__in=years)
    return lines.in_roster().order_by("year")

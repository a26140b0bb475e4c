"""The Excel of the lists of organizations and villages as jobs."""

from django.http import Http404, QueryDict
from django.urls import reverse
from django.utils.translation import gettext_lazy

from accounts.permissions import Permission
from assessments.registers import downloads, histories
from assessments.registers.filters import VillageFilter
from assessments.roster.models.village_lines import VillageLine
from assessments.rules.models.years import RatingYear
from orgs.filters import OrganizationFilter
from orgs.jobs.declared import Asked, File, Kind
from orgs.jobs.phases import Phase
from orgs.models import Organization


def _query(asked: Asked) -> QueryDict:
    return QueryDict(asked.typed.get("query", ""))


def _organizations(asked: Asked):
    visible = Organization.objects.visible_to(asked.user)
    return OrganizationFilter(_query(asked), visible, user=asked.user).qs.for_list()


def _villages(asked: Asked):
    query = _query(asked)
    lines = VillageLine.objects.visible_to(asked.user).filter(year=_year(asked))
    return VillageFilter(query, lines, user=asked.user, state=query.get("state", "attention")).qs.for_list()


def _year(asked: Asked) -> RatingYear:
    year = histories.year_asked(_query(asked).get("year"), histories.years_with_lists())
    if year is None:
        raise Http404
    return year


def _list_organizations(asked: Asked) -> File:
    asked.tell(Phase.BUILD, 0, 0)
    return downloads.organizations(_organizations(asked))


def _list_villages(asked: Asked) -> File:
    asked.tell(Phase.BUILD, 0, 0)
    return downloads.villages(_villages(asked), _year(asked).pk)


ORGANIZATIONS = Kind(
    "organizations.list",
    gettext_lazy("Excel of the organizations"),
    Permission.EXPORT,
    _list_organizations,
    page=lambda asked: reverse("registers:organization_list"),
    rows=lambda asked: _organizations(asked).count(),
)
VILLAGES = Kind(
    "villages.list",
    gettext_lazy("Excel of the villages"),
    Permission.EXPORT,
    _list_villages,
    page=lambda asked: reverse("registers:village_list"),
    rows=lambda asked: _villages(asked).count(),
)
JOBS = (ORGANIZATIONS, VILLAGES)

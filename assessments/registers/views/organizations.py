"""Pages of organizations: list, tree, one organization."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from accounts.permissions import Permission, may, require_permission
from assessments.registers import histories, jobs, listed
from assessments.registers.acts import offers
from assessments.registers.acts.history import done_acts
from assessments.registers.lineage import told as lineage
from assessments.registers.records import ORGANIZATIONS, find_organization, here, way_to_organization
from assessments.roster.models.lines import OrganizationLine
from orgs.filters import OrganizationFilter
from orgs.histories import stretches_of
from orgs.jobs.answering import answer
from orgs.models import Organization
from orgs.scoping import posted_organization
from orgs.trees import branch
from resolution03.lib.figures import whole
from resolution03.lib.paging import page_of

SORTS = {"position": "position", "code": "code"}


@require_permission(Permission.VIEW_ORGANIZATIONS)
def organization_list(request: HttpRequest) -> HttpResponse:
    visible = Organization.objects.visible_to(request.user)
    filters = OrganizationFilter(request.GET, visible, user=request.user)
    rows = filters.qs
    may_export = may(request.user, Permission.EXPORT)
    if may_export and request.GET.get("export") == "xlsx":
        return answer(request, jobs.ORGANIZATIONS, {}, {"query": request.GET.urlencode()})
    page = page_of(rows, request.GET, SORTS, columns=listed.ORGANIZATION)
    context = {
        "page": page,
        "rows": listed.organizations(page.rows, filters.units),
        "filters": filters,
        "acts": offers.in_list(request.user, ORGANIZATIONS),
        "may_export": may_export,
        "may_reorganize": may(request.user, Permission.REORGANIZE),
    }
    return render(request, "assessments/registers/organization_list.html", context)


@require_permission(Permission.VIEW_ORGANIZATIONS)
def organization_tree(request: HttpRequest) -> HttpResponse:
    """The units, and one branch opened; whoever stands lower sees the own branch."""
    visible = Organization.objects.visible_to(request.user)
    top = posted_organization(request.user)
    opened = _opened(request, visible) or top
    context = {
        "top": top,
        "opened": opened,
        "rows": branch(visible, opened),
        "acts": offers.in_list(request.user, ORGANIZATIONS),
    }
    return render(request, "assessments/registers/organization_tree.html", context)


@require_permission(Permission.VIEW_ORGANIZATIONS)
def organization(request: HttpRequest, pk: int) -> HttpResponse:
    """Ratings by year, names and places over time, villages, members, trail."""
    shown = find_organization(request.user, pk)
    year = histories.year_asked(request.GET.get("year"), histories.years_with_lists())
    sees_persons = may(request.user, Permission.VIEW_PERSONS)
    context = {
        "organization": shown,
        "crumbs": here(way_to_organization(request.user, shown)),
        "year": year,
        "strip": histories.ratings_of_organization(shown, request.user),
        "two_values": histories.two_values(shown, request.user),
        "sees_figures": may(request.user, Permission.VIEW_FIGURES),
        "history": stretches_of(shown, request.user),
        "lineage": lineage.organization(shown, request.user),
        "children": _children(request, shown),
        "sees_persons": sees_persons,
        "acts": _acts(request, shown),
        "done_acts": done_acts(request.user, shown, {Organization: [shown.pk]}),
        "trail": _trail(request, shown),
    }
    if year:
        context["members"] = histories.member_counts(shown, year, request.user)
        context["villages"] = histories.villages_of(shown, year, request.user)[:20]
    return render(request, "assessments/registers/organization.html", context)


def _acts(request: HttpRequest, shown: Organization) -> list[offers.Offer]:
    own = offers.at_record(request.user, shown, ORGANIZATIONS)
    return own + offers.begun_at(request.user, shown)


def _opened(request: HttpRequest, visible) -> Organization | None:
    asked = whole(request.GET.get("at", ""))
    return None if asked is None else get_object_or_404(visible, pk=asked)


def _children(request: HttpRequest, shown: Organization):
    visible = Organization.objects.visible_to(request.user)
    return visible.filter(parent=shown).for_list()[:200]


def _trail(request: HttpRequest, shown: Organization) -> list:
    lines = OrganizationLine.objects.visible_to(request.user).filter(organization=shown)
    about = {Organization: [shown.pk], OrganizationLine: lines.values_list("pk", flat=True)}
    return histories.trail_of(request.user, about)

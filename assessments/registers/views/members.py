"""Pages of members. Who may not see persons gets 403 here, whatever the member."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from accounts.permissions import Permission, require_permission
from assessments.registers import histories, listed
from assessments.registers.acts import offers
from assessments.registers.acts.history import done_acts
from assessments.registers.filters import MemberFilter
from assessments.registers.records import MEMBERS, find_member, find_organization, here, way_to_organization
from assessments.roster.models.lines import MemberLine
from members.histories import standing_of
from members.models import Member
from orgs.models import Organization
from resolution03.lib.figures import whole
from resolution03.lib.paging import page_of

SORTS = {"name": "sort_key", "code": "code", "admitted": "admitted_on"}


@require_permission(Permission.VIEW_PERSONS)
def member_list(request: HttpRequest) -> HttpResponse:
    """Members in the user's scope, or of one cell or branch (`cell` in the address)."""
    rows = Member.objects.visible_to(request.user)
    asked = whole(request.GET.get("cell", ""))
    cell = None if asked is None else find_organization(request.user, asked)
    if cell:
        rows = rows.under(cell)
    filters = MemberFilter(request.GET, rows, user=request.user)
    page = page_of(filters.qs, request.GET, SORTS, columns=listed.MEMBER, is_large=True)
    context = {
        "page": page,
        "rows": listed.members(page.rows),
        "filters": filters,
        "cell": cell,
        "crumbs": _crumbs(request, cell) if cell else [],
        "acts": offers.in_list(request.user, MEMBERS, place=cell),
    }
    return render(request, "assessments/registers/member_list.html", context)


@require_permission(Permission.VIEW_PERSONS)
def member(request: HttpRequest, pk: int) -> HttpResponse:
    shown = find_member(request.user, pk)
    visible = Organization.objects.visible_to(request.user)
    stays = shown.memberships.select_related("cell")
    seen = set(visible.filter(memberships__member=shown).values_list("pk", flat=True))
    context = {
        "member": shown,
        "crumbs": here(MEMBERS.way(request.user, shown)),
        "strip": histories.ratings_of_member(shown, request.user),
        "stays": [(stay, stay.cell_id in seen) for stay in reversed(stays)],
        "joined_on": shown.stays[0].joined_on,
        "standing": standing_of(shown),
        "headships": shown.headships.visible_to(request.user).select_related("village"),
        "acts": offers.at_record(request.user, shown, MEMBERS),
        "done_acts": done_acts(request.user, shown, {Member: [shown.pk]}),
        "trail": _trail(request, shown),
    }
    return render(request, "assessments/registers/member.html", context)


def _crumbs(request: HttpRequest, cell: Organization) -> list:
    return [*way_to_organization(request.user, cell), (_("Members"), "")]


def _trail(request: HttpRequest, shown: Member) -> list:
    lines = MemberLine.objects.visible_to(request.user).filter(member=shown)
    about = {Member: [shown.pk], MemberLine: lines.values_list("pk", flat=True)}
    return histories.trail_of(request.user, about)

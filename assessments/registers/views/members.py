"""Pages of members. Who may not see persons gets 403 here, whatever the member."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.permissions import Permission, may, require_permission
from assessments.registers import forms, histories, listed
from assessments.registers.filters import MemberFilter
from assessments.registers.views.handling import handle
from assessments.registers.views.organizations import crumbs, find
from assessments.roster.models.lines import MemberLine
from members.actions import members
from members.models import Member
from orgs.models import AuditEntry, Organization
from orgs.trail import latest_of, read_entries
from resolution03.lib.paging import page_of

SORTS = {"name": "sort_key", "code": "code", "admitted": "admitted_on"}
TRAIL_ROWS = 8


@require_permission(Permission.VIEW_PERSONS)
def member_list(request: HttpRequest) -> HttpResponse:
    """Members in the user's scope, or of one cell or branch (`cell` in the address)."""
    rows = Member.objects.visible_to(request.user)
    asked = request.GET.get("cell", "")
    cell = find(request, int(asked)) if asked.isdecimal() else None
    if cell:
        rows = rows.under(cell)
    filters = MemberFilter(request.GET, user=request.user)
    page = page_of(filters.narrow(rows), request.GET, SORTS, columns=listed.MEMBER, is_large=True)
    context = {
        "page": page,
        "rows": listed.members(page.rows),
        "filters": filters,
        "cell": cell,
        "crumbs": crumbs(request, cell, (_("Members"), "")) if cell else [],
        "may_edit": may(request.user, Permission.EDIT_PERSONS),
    }
    return render(request, "assessments/registers/member_list.html", context)


@require_permission(Permission.VIEW_PERSONS)
def member(request: HttpRequest, pk: int) -> HttpResponse:
    shown = _find(request, pk)
    visible = Organization.objects.visible_to(request.user)
    stays = shown.memberships.select_related("cell")
    seen = set(visible.filter(memberships__member=shown).values_list("pk", flat=True))
    context = {
        "member": shown,
        "crumbs": crumbs(request, shown.cell, (shown.full_name, "")),
        "strip": histories.ratings_of_member(shown, request.user),
        "stays": [(stay, stay.cell_id in seen) for stay in reversed(stays)],
        "headships": shown.headships.visible_to(request.user).select_related("village"),
        "may_edit": may(request.user, Permission.EDIT_PERSONS),
        "trail": _trail(request, shown),
    }
    return render(request, "assessments/registers/member.html", context)


@require_permission(Permission.EDIT_PERSONS)
def member_enrol(request: HttpRequest) -> HttpResponse:
    asked = request.GET.get("cell", "")
    cell = find(request, int(asked)) if asked.isdecimal() else None
    form = forms.Enrol(request.POST or None, user=request.user, initial={"cell": cell})
    back = reverse("registers:member_list") + (f"?cell={cell.pk}" if cell else "")
    return handle(
        request, form, members.enrol, title=_("Enter a member"), submit=_("Enter the member"),
        done=_("The member is entered."), back=back,
    )  # fmt: skip


@require_permission(Permission.EDIT_PERSONS)
def member_correct(request: HttpRequest, pk: int) -> HttpResponse:
    return _change(
        request, pk, forms.CorrectMember, members.correct,
        title=_("Correct: %s"), submit=_("Save the correction"), done=_("The correction is saved."),
    )  # fmt: skip


@require_permission(Permission.EDIT_PERSONS)
def member_transfer(request: HttpRequest, pk: int) -> HttpResponse:
    return _change(
        request, pk, forms.Transfer, members.transfer,
        title=_("Transfer: %s"), submit=_("Transfer"), done=_("The transfer is recorded."),
    )  # fmt: skip


@require_permission(Permission.EDIT_PERSONS)
def member_leave(request: HttpRequest, pk: int) -> HttpResponse:
    return _change(
        request, pk, forms.Leave, members.leave,
        title=_("Leaving: %s"), submit=_("Record the leaving"), done=_("The leaving is recorded."),
    )  # fmt: skip


@require_permission(Permission.EDIT_PERSONS)
def member_exempt(request: HttpRequest, pk: int) -> HttpResponse:
    return _change(
        request, pk, forms.Exempt, members.exempt,
        title=_("Exemption: %s"), submit=_("Save"), done=_("The exemption is recorded."),
    )  # fmt: skip


def _find(request: HttpRequest, pk: int) -> Member:
    visible = Member.objects.visible_to(request.user).select_related("cell")
    return get_object_or_404(visible, pk=pk)


def _change(request, pk: int, form_class, action, *, title: str, **words) -> HttpResponse:
    shown = _find(request, pk)
    form = form_class(request.POST or None, user=request.user, subject=shown)
    way = crumbs(request, shown.cell, (shown.full_name, shown.get_absolute_url()))
    return handle(
        request, form, action, member=shown, title=title % shown, back=shown.get_absolute_url(),
        crumbs=[*way, (title.partition(":")[0], "")], **words,
    )  # fmt: skip


def _trail(request: HttpRequest, shown: Member) -> list:
    if not may(request.user, Permission.VIEW_AUDIT):
        return []
    lines = MemberLine.objects.visible_to(request.user).filter(member=shown)
    entries = AuditEntry.objects.visible_to(request.user)
    entries = latest_of(entries, {Member: [shown.pk], MemberLine: lines.values_list("pk", flat=True)})
    return read_entries(entries[:TRAIL_ROWS], request.user)

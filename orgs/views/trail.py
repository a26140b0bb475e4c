from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.permissions import Permission, require_permission
from orgs.filters import TrailFilter
from orgs.models import AuditEntry
from orgs.trail import read_entries
from resolution03.lib.paging import page_of

SORTS = {"at": "id"}


@require_permission(Permission.VIEW_AUDIT)
def audit_list(request: HttpRequest) -> HttpResponse:
    """Every change the user may know of, the newest first."""
    filters = TrailFilter(request.GET, AuditEntry.objects.visible_to(request.user))
    page = page_of(filters.qs, request.GET, SORTS, default="-at", is_large=True)
    context = {"page": page, "filters": filters, "entries": read_entries(page.rows, request.user)}
    return render(request, "orgs/audit_list.html", context)

"""Who stands nowhere in the tree meets one sentence, on every page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.permissions import PLACELESS, Permission, may
from orgs.scoping import posted_organization
from resolution03.lib.addresses import view_name

_OWN = {"accounts:password", "accounts:sign_in", "accounts:sign_out", "accounts:language", "health"}
_OWN |= {f"orgs:{name}" for name in ("jobs", "job", "job_how_far", "job_result", "job_cancel", "job_again")}


def posting(get_response):
    """Answer whoever has no posting with the page that says so (403), but for their own account
    and for what needs no place in the tree (`accounts.permissions.PLACELESS`)."""

    def middleware(request: HttpRequest) -> HttpResponse:
        return get_response(request)

    def process_view(request: HttpRequest, view, args, kwargs) -> HttpResponse | None:
        user = request.user
        if not user.is_authenticated or view_name(request) in _OWN:
            return None
        permission = _placeless(request, view)
        if posted_organization(user) or (permission and may(user, permission)):
            return None
        return render(request, "no_posting.html", status=403)

    middleware.process_view = process_view  # type: ignore[attr-defined]  # Django looks for it there
    return middleware


def _placeless(request: HttpRequest, view) -> Permission | None:
    """The permission by which the view needs no place; the first page leads to such a view."""
    if view_name(request) == "home":
        return Permission.MANAGE_ACCOUNTS
    permission = getattr(getattr(view, "view_class", view), "permission", None)
    return permission if permission in PLACELESS else None

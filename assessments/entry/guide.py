"""The two-page guide of whoever enters ratings."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.permissions import Permission, require_permission


@require_permission(Permission.VIEW_ORGANIZATIONS)
def guide(request: HttpRequest) -> HttpResponse:
    """The year's work in six steps, and what to do when something goes wrong; prints on two pages."""
    return render(request, "assessments/entry/guide/guide.html")

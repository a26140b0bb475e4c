"""Backups on a page: made, and listed. They stay on the server's machine: they hold everybody's names."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.permissions import Permission, require_permission
from assessments.operations.backups.copies import copies
from assessments.operations.backups.jobs import BACKUP
from assessments.operations.retention import SORRY
from orgs.jobs.answering import answer
from resolution03.lib.errors import Refusal


@require_permission(Permission.VIEW_SYSTEM)
@require_http_methods(["GET", "HEAD", "POST"])
def backups(request: HttpRequest) -> HttpResponse:
    """The backups that were made here, and another one."""
    if request.method == "POST":
        try:
            return answer(request, BACKUP, {})
        except Refusal as refusal:
            messages.error(request, str(refusal))
            return redirect("assessments:backups")
    context = {"rows": copies(), "days": SORRY.days, "folder": settings.VAR_DIR.name + "/backups"}
    return render(request, "assessments/operations/backups.html", context)

"""Home, health, and the context of every page."""

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render

from accounts.permissions import Permission, may
from orgs.models import Installation
from resolution03.navigation import entries_for


def home(request: HttpRequest) -> HttpResponse:
    """The first page that the role may open; who enters ratings begins with what is theirs to do."""
    if may(request.user, Permission.ENTER_RATINGS):
        return redirect("assessments:work")
    entries = entries_for(request.user)
    return redirect(entries[0].url_name) if entries else render(request, "home.html")


@login_not_required
def health(request: HttpRequest) -> HttpResponse:
    """200 when the database answers and is migrated, else 503; says nothing more."""
    try:
        executor = MigrationExecutor(connection)
        pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return JsonResponse({"status": "database"}, status=503)
    if pending:
        return JsonResponse({"status": "migrations"}, status=503)
    return JsonResponse({"status": "ok"})


def demonstration(request: HttpRequest) -> dict:
    """Template context: whether the data of this database are invented."""
    installation = Installation.objects.filter(is_demonstration=True).first()
    return {
        "is_demonstration": installation is not None,
        "demonstration_note": installation.note if installation else "",
    }

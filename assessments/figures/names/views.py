"""One figure opened: who meets it, who does not, who is not rated and why."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from accounts.permissions import Permission, require_permission
from assessments.figures.names.jobs import NAMES
from assessments.figures.names.opened import Opened
from orgs.jobs.answering import answer


@require_permission(Permission.VIEW_FIGURES)
@require_safe
def drilldown(request: HttpRequest, year: int, code: str, unit: str = "") -> HttpResponse:
    opened = Opened(request.user, request.GET, year, code, unit)
    if opened.moved_to:
        return redirect(opened.moved_to)
    if request.GET.get("format") == "xlsx":
        asked = {"year": year, "code": code, "unit": unit}
        return answer(request, NAMES, asked, {"query": request.GET.urlencode()})
    return render(request, "assessments/figures/names/drilldown.html", opened.context())

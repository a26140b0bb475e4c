"""Villages at risk of being without members again: by unit and by village, without anybody's name."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from accounts.permissions import Permission, require, require_permission
from assessments.figures.at_risk.page import AtRisk
from assessments.figures.place import Place
from resolution03.lib.attachments import respond


@require_permission(Permission.VIEW_FIGURES)
@require_safe
def at_risk(request: HttpRequest, year: int, unit: str = "") -> HttpResponse:
    place = Place(request.user, year, unit, "at_risk")
    if place.moved_to:
        return redirect(place.moved_to)
    page = AtRisk(place, request.GET)
    if request.GET.get("export") == "xlsx":
        require(request.user, Permission.EXPORT)
        return respond(f"thon-nguy-co-{year}{'-' + unit if unit else ''}.xlsx", page.workbook())
    return render(request, "assessments/figures/at_risk/at_risk.html", page.context())

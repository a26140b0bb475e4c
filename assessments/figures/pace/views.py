"""The pace of what accumulates: admissions and village heads as of a day, beside the same day last year."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from accounts.permissions import Permission, require, require_permission
from assessments.figures.pace.page import Pace
from assessments.figures.place import Place
from resolution03.lib.attachments import respond


@require_permission(Permission.VIEW_FIGURES)
@require_safe
def pace(request: HttpRequest, year: int, unit: str = "") -> HttpResponse:
    place = Place(request.user, year, unit, "pace")
    if place.moved_to:
        return redirect(place.moved_to)
    page = Pace(place, request.GET)
    if request.GET.get("export") == "xlsx":
        require(request.user, Permission.EXPORT)
        return respond(f"tien-do-{page.day}{'-' + unit if unit else ''}.xlsx", page.workbook())
    return render(request, "assessments/figures/pace/pace.html", page.context())

"""What can still be awarded under the caps: of the province, and of each unit."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from accounts.permissions import Permission, may, require, require_permission
from assessments.figures.awards.page import Awards
from assessments.figures.place import Place
from resolution03.lib.attachments import respond

NAME = "awards"


@require_permission(Permission.VIEW_FIGURES)
@require_safe
def awards(request: HttpRequest, year: int, unit: str = "") -> HttpResponse:
    place = Place(request.user, year, unit, NAME)
    if place.moved_to:
        return redirect(place.moved_to)
    page = Awards(place)
    if request.GET.get("export") == "xlsx":
        require(request.user, Permission.EXPORT)
        return respond(f"con-co-the-dat-{year}{'-' + unit if unit else ''}.xlsx", page.workbook())
    context = page.context()
    context["may_export"] = context["may_export"] and may(request.user, Permission.EXPORT)
    return render(request, "assessments/figures/awards/page.html", context)

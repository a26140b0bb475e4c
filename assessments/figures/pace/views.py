"""The pace of what accumulates: admissions and village heads as of a day, beside the same day last year."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from accounts.permissions import Permission, require_permission
from assessments.figures.pace.page import Pace
from assessments.figures.place import Place
from assessments.figures.place_page import place_page

TEMPLATE = "assessments/figures/pace/pace.html"


@require_permission(Permission.VIEW_FIGURES)
@require_safe
def pace(request: HttpRequest, year: int, unit: str = "") -> HttpResponse:
    place = Place(request.user, year, unit, "pace")
    return place_page(request, place, lambda: Pace(place, request.GET), TEMPLATE)

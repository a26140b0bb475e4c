"""Villages at risk of being without members again: by unit and by village, without anybody's name."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from accounts.permissions import Permission, require_permission
from assessments.figures.at_risk.page import AtRisk
from assessments.figures.place import Place
from assessments.figures.place_page import place_page

TEMPLATE = "assessments/figures/at_risk/at_risk.html"


@require_permission(Permission.VIEW_FIGURES)
@require_safe
def at_risk(request: HttpRequest, year: int, unit: str = "") -> HttpResponse:
    place = Place(request.user, year, unit, "at_risk")
    return place_page(request, place, lambda: AtRisk(place, request.GET), TEMPLATE)

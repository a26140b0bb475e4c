"""What can still be awarded under the caps: of the province, and of each unit."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from accounts.permissions import Permission, require_permission
from assessments.figures.awards.page import Awards
from assessments.figures.place import Place
from assessments.figures.place_page import place_page


@require_permission(Permission.VIEW_FIGURES)
@require_safe
def awards(request: HttpRequest, year: int, unit: str = "") -> HttpResponse:
    place = Place(request.user, year, unit, "awards")
    return place_page(request, place, lambda: Awards(place), "assessments/figures/awards/page.html")

"""Village heads who are no members: by unit, by village, and the way that the unit chose for each."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from accounts.permissions import Permission, require_permission
from assessments.figures.heads.actions import choose_ways
from assessments.figures.heads.models import Way
from assessments.figures.heads.page import Heads
from assessments.figures.place import Place
from assessments.figures.place_page import place_page
from orgs import once
from resolution03.lib.errors import Refusal
from resolution03.lib.figures import number, whole

NAME, TEMPLATE = "heads", "assessments/figures/heads/heads.html"


@require_permission(Permission.VIEW_FIGURES)
@require_safe
def heads(request: HttpRequest, year: int, unit: str = "") -> HttpResponse:
    place = Place(request.user, year, unit, NAME)
    return place_page(request, place, lambda: Heads(place, request.GET), TEMPLATE)


@require_permission(Permission.SUBMIT)
@require_POST
def ways(request: HttpRequest, year: int, unit: str) -> HttpResponse:
    """Store what the unit chose on the page that was sent; a refusal shows it again as it was typed."""
    place = Place(request.user, year, unit, NAME)
    chosen = _chosen(request)
    own = place.unit
    if own is None:
        raise Http404
    try:
        result = once.act(request, lambda by: choose_ways(by=by, unit=own, ways=chosen))
    except Refusal as refusal:
        context = Heads(place, request.GET).context() | {"refusal": refusal, "typed": chosen}
        return render(request, TEMPLATE, context, status=422)
    count = result if isinstance(result, int) else len(chosen)
    words = ngettext("The way of %(n)s village is kept.", "The ways of %(n)s villages are kept.", count)
    messages.success(request, words % {"n": number(count)})
    asked = request.GET.urlencode()
    return redirect(place.address(year, unit) + (f"?{asked}" if asked else ""))


def _chosen(request: HttpRequest) -> dict[int, str]:
    """Key of the line → the way; what is no way of a line is passed over."""
    found: dict[int, str] = {}
    for name, value in request.POST.dict().items():
        line = whole(name.removeprefix("way-")) if name.startswith("way-") else None
        if line is not None and value in ("", *Way.values):
            found[line] = value
    return found

"""What every page of a year says of it, in one place: the frame of the pages asks here."""

from typing import Any

from django import template

from assessments.figures import pages
from assessments.roster import closed_without
from assessments.rules.models.years import RatingYear

register = template.Library()
_HOLDERS = ("desk", "issued", "supplement", "submission")
"""What a page is about, where it is not the year itself but something of it."""


@register.inclusion_tag("assessments/figures/_closed_without.html", takes_context=True)
def closed_without_units(context: template.Context) -> dict[str, Any]:
    """Which units the year of the page was closed without; nothing where it was closed whole."""
    request = context.get("request")
    if request is None or not request.user.is_authenticated:
        return {"words": ""}
    year = _year(context, request)
    if year is None or not year.closed_without:
        return {"words": ""}
    codes = pages.units_named(request.user, year)
    return {"words": closed_without.words(year, codes), "year": year}


def _year(context: template.Context, request) -> RatingYear | None:
    """The year that the page speaks of: as its view gives it, else that of the address."""
    found = [context.get("year"), *(getattr(context.get(name), "year", None) for name in _HOLDERS)]
    given = next((year for year in found if isinstance(year, RatingYear)), None)
    match = request.resolver_match
    asked = match.kwargs.get("year") if match else None
    if given or not isinstance(asked, int):
        return given
    return RatingYear.objects.filter(pk=asked).first()

"""What the address of a page of counts asks for, and what its templates are given."""

from django.http import Http404, HttpRequest
from django.urls import reverse

from accounts.permissions import Permission, may
from assessments.entry.counts.sending import AT_ONCE
from assessments.entry.counts.texts import texts
from assessments.entry.counts.typed import Typing
from assessments.entry.desk import Desk
from assessments.entry.grid.data import as_block
from assessments.figures.year_choice import year_picker
from assessments.roster.models.counts import Period
from assessments.roster.models.line import RatedLineQuerySet
from orgs.scoping import posted_organization
from resolution03.lib import figures


def period_of(request: HttpRequest) -> str:
    """The period that the address asks for; 404 for none."""
    asked = request.GET.get("period", Period.YEAR)
    if asked not in Period.values:
        raise Http404
    return asked


def holds_unit(desk: Desk) -> bool:
    """Whether the user gives what is counted of the unit itself."""
    place = posted_organization(desk.user)
    return place is not None and place.pk == desk.submission.unit_id


def typing_of(desk: Desk, period: str, lines: RatedLineQuerySet | None = None) -> Typing:
    """Of all organizations that the user sees, or of `lines`."""
    return Typing(desk, desk.organizations if lines is None else lines, period, holds_unit(desk))


def context_of(request: HttpRequest, typing: Typing, name: str, *parts: str) -> dict:
    """What every page of counts shows: the desk, the period, years; and what its script is given."""
    desk = typing.desk
    return {
        "desk": desk,
        "typing": typing,
        "period": typing.period,
        "query": "?period=half" if typing.period == Period.HALF else "",
        "last_year": desk.year.pk - 1,
        "may_load": may(request.user, Permission.LOAD),
        "data": as_block(
            {
                "texts": texts(),
                "atOnce": AT_ONCE,
                "thousands": figures.number(1000)[1:-3],
                "lastYear": desk.year.pk - 1,
            }
        ),
        "years": year_picker(
            desk.year,
            lambda y: reverse(f"assessments:{name}", args=[y, *parts]),
            unit=desk.submission.unit_id,
        ),
    }

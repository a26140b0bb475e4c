"""What the pages show by the units of today: offered beside the units of the year, never instead of them."""

from collections.abc import Sequence

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from assessments.figures.basis.restated import Restated
from assessments.figures.figure import Figure
from assessments.figures.overview import history
from assessments.figures.overview.chosen_set import asking
from assessments.figures.overview.history import TableRow
from assessments.figures.overview.matrix import Matrix, Unit, matrix
from assessments.figures.overview.since import Way
from assessments.figures.pages import address_of
from assessments.figures.past import Past
from assessments.rules.models.years import RatingYear, Submission
from orgs.models import Organization

TODAY = "today"


def is_asked(request: HttpRequest) -> bool:
    return request.GET.get("basis") == TODAY


def ways(request: HttpRequest) -> list[Way]:
    """The same page by the units of the year, which is what it shows, or summed by the units of today."""
    is_today = is_asked(request)
    return [
        Way(_("the units of the year"), asking(request, basis=""), not is_today),
        Way(_("the units of today"), asking(request, basis=TODAY), is_today),
    ]


def units_of_today(user) -> list[Unit]:
    """The units that stand today, in the office's order; each opens its years by the units of today."""
    today = timezone.localdate()
    standing = Organization.objects.visible_to(user).units().existing_on(today).order_by("position", "pk")
    held = Submission.objects.visible_to(user).filter(unit__in=standing).order_by("year")
    latest = {unit: (year, code) for unit, year, code in held.values_list("unit_id", "year_id", "code")}
    return [
        Unit(unit.pk, unit.name, _history(*latest[unit.pk]) if unit.pk in latest else "") for unit in standing
    ]


def _history(year: int, code: str) -> str:
    return f"{address_of('unit_history', year, code)}?basis={TODAY}"


def units_beside(year: RatingYear, years: Sequence[RatingYear], user, total: str, of: str = "") -> Matrix:
    """The units of today beside each other, with what the list of `year` has of each."""
    board = Restated([year], timezone.localdate()).board
    past = Past(years, is_restated=True)
    return matrix(board, year.pk, units_of_today(user), _nowhere, total, past, of=of)


def years_of(unit: int, span: Sequence[RatingYear], years: Sequence[RatingYear]) -> list[TableRow]:
    """The years of a unit of today, summed anew."""
    board = Restated(span, timezone.localdate(), unit).board
    return history.table(board, list(span), Past(years, unit, is_restated=True), unit)


def stands(unit: Submission) -> bool:
    """Whether it is still a unit today."""
    here = Organization.objects.filter(pk=unit.unit_id).units()
    return here.existing_on(timezone.localdate()).exists()


def _nowhere(figure: Figure, part: str) -> str:
    """What is summed anew opens no names: those of the year stand under its own units."""
    return ""

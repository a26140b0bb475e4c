"""The year of a page: the one asked for, the one to begin with, the picker in the head."""

from collections.abc import Callable, Collection, Iterable, Sequence

from django.http import Http404

from assessments.figures.past import Past
from assessments.rules.models.years import RatingYear, Submission
from assessments.rules.of_year import rules_of_years
from assessments.rules.year_rules import YearRules
from assessments.rules.years import all_years, to_work_on


def year_or_404(year: int, years: Iterable[RatingYear] | None = None) -> RatingYear:
    """The year, whatever its state, out of `years` where they are read already; 404 when it was
    never opened."""
    known = RatingYear.objects.filter(pk=year) if years is None else years
    if found := next((one for one in known if one.pk == year), None):
        return found
    raise Http404


def year_to_work_on() -> RatingYear | None:
    """As `to_work_on`, of all years."""
    return to_work_on(all_years())


def this_and_last(year: RatingYear) -> tuple[YearRules, YearRules | None]:
    """The rules of a year and of the one before, None when that one is not known."""
    rules = rules_of_years(found for found in all_years() if found.pk in (year.pk, year.pk - 1))
    return rules[year.pk], rules.get(year.pk - 1)


def year_picker(
    current: RatingYear | None,
    address: Callable[[int], str],
    years: Sequence[RatingYear] | None = None,
    past: Past | None = None,
    unit: int | None = None,
) -> list[dict]:
    """Links to the same page of every year (or of `years`); a break where it is not compared with
    those before. `unit`: of a unit's page, only the years in which it stands."""
    years = all_years() if years is None else years
    apart = (past or Past(years)).years_apart()
    chosen = current.pk if current else None
    shown = {year.pk for year in years} if unit is None else {chosen, *_years_of(unit)}
    return year_links((year.pk for year in years if year.pk in shown), chosen, address, apart)


def _years_of(unit: int) -> Iterable[int]:
    """The years in which the unit stands: one founded or ended by a reorganization is not in all."""
    return Submission.objects.filter(unit=unit).order_by().values_list("year", flat=True)


def year_links(
    years: Iterable[int], current: int | None, address: Callable[[int], str], apart: Collection[int] = ()
) -> list[dict]:
    """The context of `_year_picker.html`; `apart`: years not compared with those before."""
    return [
        {"year": year, "url": address(year), "is_current": year == current, "is_break": year in apart}
        for year in years
    ]

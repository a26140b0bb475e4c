"""The year of a page: the one asked for, the one to begin with, the picker in the head."""

from collections.abc import Callable

from django.http import Http404

from assessments.figures import pages
from assessments.rules.models.years import RatingYear
from assessments.rules.of_year import rules_of_years
from assessments.rules.year_rules import YearRules
from assessments.rules.years import all_years, find_year
from resolution03.lib.errors import NotPossible


def year_or_404(year: int) -> RatingYear:
    """The year, whatever its state; 404 when it was never opened."""
    try:
        return find_year(year)
    except NotPossible as absent:
        raise Http404 from absent


def year_to_work_on() -> RatingYear | None:
    """The latest open year, else the latest of all."""
    years = all_years()
    return next((year for year in reversed(years) if year.is_open), years[-1] if years else None)


def this_and_last(year: RatingYear) -> tuple[YearRules, YearRules | None]:
    """The rules of a year and of the one before, None when that one is not known."""
    rules = rules_of_years(found for found in all_years() if found.pk in (year.pk, year.pk - 1))
    return rules[year.pk], rules.get(year.pk - 1)


def year_picker(current: RatingYear, address: Callable[[int], str]) -> list[dict]:
    """The context of `_year_picker.html`."""
    return pages.year_picker(all_years(), current.pk, address)

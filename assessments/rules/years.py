"""The years: one, all, the latest, and the scheme of one that begins."""

from collections.abc import Iterable

from django.utils import timezone
from django.utils.translation import gettext as _

from assessments.rules.models.schemes import Scheme
from assessments.rules.models.years import RatingYear
from resolution03.lib.errors import NotPossible


def never_opened(year: int) -> NotPossible:
    return NotPossible(_("Year %(year)s was never opened.") % {"year": year})


def find_year(year: int) -> RatingYear:
    """The year, open, closed or reported; NotPossible when it was never opened."""
    found = RatingYear.objects.filter(pk=year).first()
    if found is None:
        raise never_opened(year)
    return found


def all_years() -> list[RatingYear]:
    return list(RatingYear.objects.select_related("scheme", "province").order_by("pk"))


def first_of_viewers(years: Iterable[RatingYear] | None = None) -> RatingYear | None:
    """The year with which viewers begin: the last that is not open, or a later open one that the Board shows
    them; where there is neither, the last. One query, none where `years` are read already."""
    found = sorted(RatingYear.objects.all() if years is None else years, key=lambda year: year.pk)
    shown = [year for year in found if not year.is_open or year.is_shown]
    return next(reversed(shown or found), None)


def open_years(years: Iterable[RatingYear]) -> list[RatingYear]:
    """Those that are open, the oldest first."""
    return sorted((year for year in years if year.is_open), key=lambda year: year.pk)


def to_work_on(years: Iterable[RatingYear]) -> RatingYear | None:
    """Of open years the last whose 31 December is over, else the last; without an open year the last of
    all: in December the year that ends is begun with, the next one stands beside it."""
    found = sorted(years, key=lambda year: year.pk)
    held = open_years(found)
    over = [year for year in held if year.pk < timezone.localdate().year]
    return next(reversed(over or held or found), None)


def scheme_to_begin(year: int) -> Scheme:
    """The scheme of a year that is opened or reported now; NotPossible before its January."""
    if year > timezone.localdate().year:
        raise NotPossible(_("Year %(year)s has not begun yet.") % {"year": year})
    scheme = Scheme.objects.for_year(year)
    if scheme is None:
        raise NotPossible(_("No rating scheme holds in %(year)s.") % {"year": year})
    return scheme

"""The years: one, all, the latest, and the scheme of one that begins."""

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


def latest_year() -> RatingYear | None:
    return RatingYear.objects.order_by("-pk").first()


def scheme_to_begin(year: int) -> Scheme:
    """The scheme of a year that is opened or reported now; NotPossible before its January."""
    if year > timezone.localdate().year:
        raise NotPossible(_("Year %(year)s has not begun yet.") % {"year": year})
    scheme = Scheme.objects.for_year(year)
    if scheme is None:
        raise NotPossible(_("No rating scheme holds in %(year)s.") % {"year": year})
    return scheme

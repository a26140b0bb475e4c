"""The Board's first screen while two years are open: both, the old one first, and what waits."""

from collections.abc import Iterable, Iterator

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.figures.overview.open_years import OpenYear
from assessments.figures.steps import Step
from assessments.review.supplements.models import Supplement
from resolution03.lib.figures import number


def title(years: Iterable[OpenYear]) -> str:
    return capfirst("; ".join(_finding(year) for year in years))


def _finding(found: OpenYear) -> str:
    told = {"year": found.year.pk, "n": number(found.unfinished)}
    if not found.unfinished:
        return _("every unit of %(year)s is accepted") % told
    words = ngettext(
        "%(n)s unit of %(year)s is not finished", "%(n)s units of %(year)s are not finished", found.unfinished
    )
    return words % told


def steps(years: list[OpenYear], supplements: Iterable[Supplement]) -> list[Step]:
    """What was returned or is overdue and what waits, year by year; then supplements; then the closing of
    the old one."""
    found = [step for year in years for step in _of_year(year)]
    return [*found, *map(_of_supplement, supplements), _closing(years[0])]


def _of_year(found: OpenYear) -> Iterator[Step]:
    year = found.year.pk
    for item in found.lines:
        yield Step(f"{year}: {item.title}", item.detail, item.url or found.url, _("Open it"), item.icon)
    if found.waiting:
        words = ngettext("Review %(n)s unit of %(year)s", "Review %(n)s units of %(year)s", found.waiting)
        title = words % {"n": number(found.waiting), "year": year}
        yield Step(title, "", found.url, _("Open it"), "clock")


def _of_supplement(supplement: Supplement) -> Step:
    told = {"year": supplement.year_id, "unit": supplement.unit.name}
    return Step(
        _("Answer the supplement of %(unit)s to %(year)s") % told,
        supplement.reason,
        reverse("assessments:review_supplement", args=[supplement.pk]),
        _("Open it"),
        "plus-lg",
    )


def _closing(found: OpenYear) -> Step:
    title = _("Close the year %(year)s") % {"year": found.year.pk}
    if found.unfinished:
        words = ngettext(
            "appears once %(n)s unit is accepted, or the Board writes why it closes with something missing",
            "appears once all %(n)s units are accepted, or the Board writes why it closes with something "
            "missing",
            found.units,
        )
        return Step(title, words % {"n": number(found.units)})
    return Step(title, _("every unit is accepted"), found.url, found.button, "lock")

"""The further pages of a year, one entry each: links under the head of the overview and of a unit's page."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from accounts.permissions import Permission, may
from assessments.figures import pages
from assessments.rules.models.years import RatingYear, Submission
from resolution03.lib.phrases import Phrase


@dataclass(frozen=True, slots=True)
class Further:
    """A page `years/<year>/…/` of the province and `…/<code>/` of a unit. `name`: of its address, for
    both; `unit_name`: where the unit's has one of its own; `is_there`: in which years."""

    name: str
    label: Phrase
    icon: str
    permission: Permission = Permission.VIEW_FIGURES
    unit_name: str = ""
    is_there: Callable[[RatingYear], bool] = lambda year: True


FURTHER = (
    Further("history", _("Table of the numbers"), "search", unit_name="unit_history"),
    Further(
        "changes", _("What changed since a report"), "arrow-left-right", Permission.EXPORT, "unit_changes"
    ),
    Further("self_rated", _("Self-rated and decided"), "eye", unit_name="unit_self_rated"),
    Further("awards", _("What can still be awarded"), "plus-lg", unit_name="awards_unit"),
    Further("heads", _("Village heads"), "person-dash", unit_name="heads_unit"),
    Further("at_risk", _("Villages at risk"), "circle-half", unit_name="at_risk_unit"),
    Further("pace", _("Pace"), "arrow-up-right", unit_name="pace_unit"),
)
"""In the order in which they are offered."""


@dataclass(frozen=True, slots=True)
class Link:
    label: Phrase
    icon: str
    url: str


def links(user, year: RatingYear, only: Submission | None = None) -> list[Link]:
    """The pages of the province, for whoever may open the rows of every unit, or of the unit `only`."""
    if only is None and not pages.sees_all_units(user):
        return []
    return [
        Link(one.label, one.icon, _address(one, year, only))
        for one in FURTHER
        if may(user, one.permission) and one.is_there(year)
    ]


def _address(page: Further, year: RatingYear, only: Submission | None) -> str:
    if only is None:
        return pages.address_of(page.name, year.pk)
    return pages.address_of(page.unit_name or page.name, year.pk, only.code)

"""The further pages of a year, one entry each: links under the head of the overview and of a unit's page."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from accounts.permissions import Permission, may
from assessments.figures import pages
from assessments.rules.models.years import RatingYear, Submission
from resolution03.lib.phrases import Phrase


@dataclass(frozen=True, slots=True)
class Further:
    """A page `years/<year>/…/` of the province and `…/<code>/` of a unit. `name`: of the province's address;
    the unit's is `unit_<name>`."""

    name: str
    label: Phrase
    icon: str
    permission: Permission = Permission.VIEW_FIGURES


FURTHER = (
    Further("history", _("Table of the numbers"), "search"),
    Further("changes", _("What changed since a report"), "arrow-left-right", Permission.EXPORT),
    Further("self_rated", _("Self-rated and decided"), "eye"),
    Further("awards", _("What can still be awarded"), "plus-lg"),
    Further("heads", _("Village heads"), "person-dash"),
    Further("at_risk", _("Villages at risk"), "circle-half"),
    Further("records", _("Programmes, reviews, training"), "file-earmark-text"),
    Further("pace", _("Pace"), "arrow-up-right"),
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
        Link(one.label, one.icon, _address(one, year, only)) for one in FURTHER if may(user, one.permission)
    ]


def _address(page: Further, year: RatingYear, only: Submission | None) -> str:
    if only is None:
        return pages.address_of(page.name, year.pk)
    return pages.address_of(f"unit_{page.name}", year.pk, only.code)

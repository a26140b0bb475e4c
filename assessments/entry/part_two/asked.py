"""What is asked of the pages of part II: the year, the period, the group of counts, and where one stands."""

from collections.abc import Callable
from functools import cached_property

from django.http import Http404, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.permissions import Permission, may
from assessments.entry.part_two.columns import Columns
from assessments.figures import pages
from assessments.figures.year_choice import year_or_404, year_picker
from assessments.roster.counts.given import YearCounts
from assessments.roster.models.counts import Period
from assessments.roster.models.lines import OrganizationLine
from assessments.rules.count_rule import CountRule
from assessments.rules.counts_of_year import counts_of
from assessments.rules.models.years import RatingYear, Submission
from orgs.models import Organization
from orgs.scoping import posted_organization

KEPT = ("group", "period")
"""What one page hands on to the next."""


class Asked:
    """The year of a page, and the units of it that the user sees; 404 where there is none."""

    def __init__(self, user, year: int, query: QueryDict):
        self.user, self.query = user, query
        self.year: RatingYear = year_or_404(year)
        self.units: list[Submission] = pages.visible_submissions(user, self.year)
        self.period = Period.HALF if query.get("period") == Period.HALF else Period.YEAR

    @property
    def is_half(self) -> bool:
        return self.period == Period.HALF

    @property
    def sees_all(self) -> bool:
        return pages.sees_all_units(self.user)

    @property
    def own(self) -> Submission:
        """The unit of who does not see all; 404 for who has none."""
        if not self.units:
            raise Http404
        return self.units[0]

    def unit(self, code: str) -> Submission:
        return pages.unit_or_404(self.units, code)

    @cached_property
    def unit_asked(self) -> Submission | None:
        """The unit of the address, or the own one; None for the whole province."""
        code = self.query.get("unit", "")
        if code:
            return self.unit(code)
        return None if self.sees_all else self.own

    @cached_property
    def every(self) -> tuple[CountRule, ...]:
        """All that the year counts."""
        return counts_of(self.year)

    @cached_property
    def columns(self) -> Columns:
        rules = (rule for rule in self.every if rule.is_in(self.period))
        return Columns.of(rules, self.query.get("group"))

    def rule(self, code: str) -> CountRule:
        """One that is counted in the period; 404 for all else."""
        for rule in self.every:
            if rule.code == code and rule.is_in(self.period):
                return rule
        raise Http404

    def counts(self, only: tuple[CountRule, ...] | None = None) -> YearCounts:
        """What was given in the unit asked for, or in the province."""
        place = self.unit_asked.unit if self.unit_asked else posted_organization(self.user)
        lines = OrganizationLine.objects.under(_placed(place)).filter(year=self.year).in_roster()
        return YearCounts(self.year, lines, self.period, only)

    @property
    def kept(self) -> str:
        """What of the address goes on to the next page, as it follows it."""
        kept = QueryDict(mutable=True)
        for name in KEPT:
            if value := self.query.get(name):
                kept[name] = value
        return f"?{kept.urlencode()}" if kept else ""

    def head(self, address: Callable[[int], str], unit: Submission | None = None) -> dict:
        """What the frame of a page shows."""
        return {
            "year": self.year,
            "period": self.period,
            "is_half": self.is_half,
            "sees_all": self.sees_all,
            "marks": pages.marks(self.year),
            "may_export": may(self.user, Permission.EXPORT),
            "years": year_picker(
                self.year,
                lambda year: address(year) + self.kept,
                unit=unit.unit_id if unit else None,
            ),
        }

    @property
    def period_words(self) -> str:
        """`năm 2025`, `6 tháng 2025`."""
        words = _("half-year %(year)s") if self.is_half else _("year %(year)s")
        return words % {"year": self.year.pk}


def _placed(place: Organization | None) -> Organization:
    if place is None:
        raise Http404
    return place


def address(name: str, *args: object, **query: str) -> str:
    """A page of part II with what is asked of it."""
    asked = QueryDict(mutable=True)
    asked.update({key: value for key, value in query.items() if value})
    url = reverse(f"assessments:{name}", args=args)
    return f"{url}?{asked.urlencode()}" if asked else url

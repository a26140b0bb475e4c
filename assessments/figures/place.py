"""Where a page of a year stands: the province, or one unit of it."""

from collections.abc import Sequence
from functools import cached_property

from assessments.figures import pages
from assessments.figures.past import Past
from assessments.figures.year_choice import year_or_404, year_picker
from assessments.rules.models.years import RatingYear, Submission
from assessments.rules.years import all_years


class Place:
    """A year and, with a `code`, a unit of it that the user sees; 404 for all else.

    Who may not open every unit's rows stands in the own unit: without a code `moved_to` says where.
    `name`: of the page's address for the province; for a unit it is `unit_<name>`.
    """

    def __init__(self, user, year: int, code: str, name: str):
        self.user, self._name = user, name
        self.years: Sequence[RatingYear] = all_years()
        self.year = year_or_404(year, self.years)
        self.submissions: list[Submission] = pages.visible_submissions(user, self.year)
        self.unit = pages.unit_or_404(self.submissions, code) if code else None

    @cached_property
    def own(self) -> Submission | None:
        """The own unit, where that is shown instead (`pages.own_unit`)."""
        return pages.own_unit(self.user, self.unit, self.submissions)

    @property
    def moved_to(self) -> str:
        """The own unit's page, for who does not see the province's; empty where this one is shown."""
        return self.address(self.year.pk, self.own.code) if self.own else ""

    @property
    def unit_id(self) -> int | None:
        return self.unit.unit_id if self.unit else None

    @property
    def units(self) -> list[Submission]:
        """The units shown, in the office's order."""
        return [self.unit] if self.unit else self.submissions

    @property
    def title(self) -> str:
        """The name of the unit or of the province that year."""
        if self.unit:
            return self.unit.name
        return self.year.province_name or (self.year.province.name if self.year.province else "")

    def address(self, year: int, code: str = "") -> str:
        if code:
            return pages.address_of(f"unit_{self._name}", year, code)
        return pages.address_of(self._name, year)

    @cached_property
    def past(self) -> Past:
        return Past(self.years, self.unit_id)

    def head(self) -> dict:
        """What the frame of the page shows."""
        code = self.unit.code if self.unit else ""
        return {
            "year": self.year,
            "unit": self.unit,
            "place_name": self.title,
            "marks": pages.marks(self.year),
            "years": year_picker(
                self.year, lambda year: self.address(year, code), self.years, self.past, self.unit_id
            ),
        }

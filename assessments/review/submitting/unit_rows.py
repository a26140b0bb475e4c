"""A unit's rows of a year: what stands out among them, and how a page shows them."""

from dataclasses import dataclass
from functools import cached_property

from assessments.roster.facts import whole_review
from assessments.roster.models.line import RatedLine
from assessments.roster.models.lines import BY_LETTER, MemberLine, OrganizationLine
from assessments.rules.exceptions import Review
from assessments.rules.levels import code_of
from assessments.rules.models.years import RatingYear, Submission
from assessments.rules.of_year import rules_of
from assessments.rules.year_rules import YearRules


@dataclass(slots=True)
class Line:
    """One row to review: this year's values, last year's level, what the unit wrote.

    `is_old`: its levels are of an older scheme, no chips. `before`: the level at the submission
    compared with, where the row changed since, else None. `contrary`: what its counts contradict without a
    reason.
    The last three: what the Board typed beside it, when the page comes back.
    """

    line: RatedLine
    last: str
    is_old: bool = False
    before: str | None = None
    contrary: tuple[str, ...] = ()
    is_chosen: bool = False
    is_wrong: bool = False
    why: str = ""

    @property
    def level(self) -> str:
        return code_of(self.line.decided)

    @property
    def is_moved(self) -> bool:
        return self.before is not None and self.before != self.level


@dataclass
class UnitRows:
    """The rows of one unit in the roster of a year, organizations and members, with their reviews."""

    year: RatingYear
    submission: Submission

    def __post_init__(self):
        self.organizations = self._lines(OrganizationLine)
        self.members = self._lines(MemberLine).named()
        self.reviews = whole_review(self.year, self.organizations, self.members)

    def _lines(self, model):
        return model.objects.filter(year=self.year, unit=self.submission.unit_id).in_roster()

    @property
    def last_year(self) -> int:
        return self.year.pk - 1

    @property
    def by_letter(self) -> dict[str, Review]:
        """The reviews by the letter of their lines, organizations first."""
        return dict(zip(BY_LETTER, self.reviews, strict=True))

    def rows(self, lines) -> list[Line]:
        """Lines of the unit, of organizations or of members, with last year's level; two queries."""
        found, model = list(lines.with_rating()), lines.model
        last, is_old = _last(model, found), self._rules.is_old(model.levels)
        return [Line(line, last.get(line.listed_id, ""), is_old) for line in found]

    @cached_property
    def _rules(self) -> YearRules:
        return rules_of(self.year)


def _last(model: type[RatedLine], lines: list) -> dict[int, str]:
    """Last year's levels of whom the lines are about."""
    if not lines:
        return {}
    key = f"{model.listed}_id"
    rated = model.objects.filter(
        **{
            "year": lines[0].year_id - 1,
            "dropped": False,
            "decided__isnull": False,
            f"{key}__in": [line.listed_id for line in lines],
        }
    )
    return dict(rated.order_by().values_list(key, "decided__code"))

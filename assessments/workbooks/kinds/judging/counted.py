"""What a year knows of those whose counts a workbook gives: who they are, at which levels, what was given."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from functools import cached_property

from assessments.entry.counts.bodies import Body, of_line, of_unit
from assessments.roster.counts.given import YearCounts
from assessments.roster.models.counts import ActivityCount
from assessments.roster.models.line import Kind, RatedLineQuerySet
from assessments.roster.models.lines import OrganizationLine
from assessments.rules.count_rule import NOBODY, CountRule, Known
from assessments.rules.counts_of_year import counts_of
from assessments.rules.models.counts import Activity, CountLevel
from assessments.rules.models.years import RatingYear, Submission
from orgs.models import Form

Bodies = Mapping[str, Body]
"""An organization by the levels at which it stands; "" of one that stands at none."""


class CountedYear:
    """One year, and of its list the organizations of `codes`, each read once."""

    def __init__(self, year: RatingYear, codes: Collection[str]):
        self.year = year
        self.rules = {rule.code: rule for rule in counts_of(year)}
        self.codes = list(Activity.objects.values_list("code", flat=True))
        self.lines = OrganizationLine.objects.filter(year=year, code__in=codes)
        self.units = Submission.objects.filter(year=year, code__in=codes)
        self._known: dict[tuple[str, str], Mapping[int, Known]] = {}
        self._stored: dict[str, dict[int, dict[str, int]]] = {}

    @cached_property
    def bodies(self) -> Mapping[str, Bodies]:
        """By code; a cell that is a grassroots organization stands at both levels."""
        found: dict[str, dict[str, Body]] = defaultdict(dict)
        for line in self.lines:
            found[line.code] |= dict.fromkeys(_levels(line), of_line(line))
        for unit in self.units:
            found[unit.code][CountLevel.UNIT] = of_unit(unit)
            found[unit.code].pop("", None)
        return found

    @cached_property
    def states(self) -> Mapping[int, str]:
        """Of the submissions, by unit."""
        return dict(Submission.objects.filter(year=self.year).values_list("unit_id", "state"))

    def of_level(self, level: str) -> tuple[CountRule, ...]:
        """What is counted of the organizations of a level."""
        return tuple(rule for rule in self.rules.values() if rule.level == level)

    def known(self, body: Body, level: str, period: str) -> Known:
        """What is known of it at a level, in a period."""
        if (level, period) not in self._known:
            counts = YearCounts(self.year, self._lines(level), period)
            self._known[level, period] = counts.known(level)
        return self._known[level, period].get(body.organization_id, NOBODY)

    def stored(self, body: Body, period: str) -> dict[str, int]:
        """What was given of it."""
        if period not in self._stored:
            found: dict[int, dict[str, int]] = defaultdict(dict)
            rows = ActivityCount.objects.filter(year=self.year, period=period, organization__in=self._places)
            for place, code, count in rows.values_list("organization_id", "activity__code", "count"):
                found[place][code] = count
            self._stored[period] = found
        return self._stored[period].get(body.organization_id, {})

    @property
    def _places(self) -> set[int]:
        return {body.organization_id for bodies in self.bodies.values() for body in bodies.values()}

    def _lines(self, level: str) -> RatedLineQuerySet:
        if level == CountLevel.UNIT:
            return OrganizationLine.objects.filter(year=self.year, unit__in=self.units.values("unit"))
        return self.lines


def _levels(line: OrganizationLine) -> list[str]:
    levels = [CountLevel.GRASSROOTS.value] if line.kind == Kind.GRASSROOTS else []
    return levels + ([CountLevel.CELL.value] if line.form == Form.CELL else []) or [""]

"""The counts of a year and of the year before, added up by unit or by grassroots organization.

The statements do not grow with organizations; only what the shown counts need is read.
"""

from collections.abc import Iterable, Mapping
from functools import cached_property

from assessments.entry.part_two.cells import Beside, Cell, added
from assessments.entry.part_two.columns import with_wholes
from assessments.roster.counts.before import bodies_of
from assessments.roster.counts.given import YearCounts
from assessments.roster.models.line import RatedLineQuerySet
from assessments.roster.models.lines import OrganizationLine
from assessments.rules.count_rule import CountRule
from assessments.rules.counts_of_year import counts_of
from assessments.rules.models.counts import CountLevel
from assessments.rules.models.years import RatingYear
from orgs.models import Form

UNIT, GRASSROOTS = "unit", "grassroots"
"""By what counts are added up."""
ByPlace = Mapping[int, Cell]


class Read:
    """One year's counts, of `rules` and what they are shares of, over the whole roster or `lines` of it;
    `every`: all rules of the year."""

    def __init__(
        self,
        year: RatingYear,
        rules: Iterable[CountRule],
        period: str,
        every: Iterable[CountRule],
        lines: RatedLineQuerySet | None = None,
    ):
        self.year = year
        self.rules = {rule.code: rule for rule in rules}
        if lines is None:
            lines = OrganizationLine.objects.filter(year=year).in_roster()
        self.counts = YearCounts(year, lines, period, with_wholes(self.rules.values(), every))
        self._sums: dict[tuple[str, str], dict[int, Cell]] = {}

    def by(self, place: str, rule: CountRule) -> ByPlace:
        """Unit or grassroots organization → what was given there; who has nobody of the level has none."""
        if (place, rule.code) not in self._sums:
            found: dict[int, list[Cell]] = {}
            for body, unit in self.counts.bodies(rule.level).items():
                at = unit if place == UNIT else self._grassroots(rule.level, body)
                if at is not None:
                    found.setdefault(at, []).append(self.of(rule, body))
            self._sums[place, rule.code] = {at: added(rule, cells) for at, cells in found.items()}
        return self._sums[place, rule.code]

    def of(self, rule: CountRule, body: int) -> Cell:
        """What one organization of the count's level gave."""
        return Cell.of(rule, self.counts.of(rule, body))

    def total(self, rule: CountRule) -> Cell:
        return added(rule, self.by(UNIT, rule).values())

    @cached_property
    def reported(self) -> Mapping[int, tuple[int, int]]:
        """Grassroots organization → how many of the counts that it is asked for it gave."""
        own = [rule for rule in self.rules.values() if rule.level == CountLevel.GRASSROOTS]
        found = {}
        for body in self.counts.bodies() if own else ():
            cells = [cell for rule in own if (cell := self.of(rule, body)).asked]
            found[body] = (sum(bool(cell.gave) for cell in cells), len(cells))
        return found

    @cached_property
    def reported_by_unit(self) -> Mapping[int, tuple[int, int]]:
        """Unit → how many grassroots organizations gave all that is shown, of how many."""
        found: dict[int, tuple[int, int]] = {}
        units = self.counts.bodies()
        for body, (gave, of) in self.reported.items():
            full, all_ = found.get(units[body], (0, 0))
            found[units[body]] = (full + (gave == of), all_ + 1)
        return found

    def _grassroots(self, level: str, body: int) -> int | None:
        if level == CountLevel.CELL:
            return self._above.get(body)
        return body if level == CountLevel.GRASSROOTS else None

    @cached_property
    def _above(self) -> dict[int, int | None]:
        cells = self.counts.lines.filter(form=Form.CELL).order_by()
        return dict(cells.values_list("organization", "grassroots"))


class Before:
    """The year before, of places as they stand in `year`: with those that were merged into them since."""

    def __init__(self, year: RatingYear, rules: Iterable[CountRule], period: str):
        self.year, self.adds_up = year, {rule.code: rule.adds_up for rule in rules}
        last = RatingYear.objects.filter(pk=year.pk - 1).first()
        every = counts_of(last) if last else ()
        shown = [rule for rule in every if rule.code in self.adds_up and rule.is_in(period)]
        self.read = Read(last, shown, period, every) if last and shown else None
        self._bodies: dict[int, tuple[int, ...]] = {}

    def hold(self, places: Iterable[int]) -> None:
        """Say at once which places are asked for."""
        if self.read:
            self._bodies = dict(bodies_of(self.year, places))

    def at(self, place: str, code: str, at: int) -> Beside:
        """What was given of a count in a place, the number of each body where it does not add up."""
        rule = self.read.rules.get(code) if self.read else None
        if rule is None or self.read is None:
            return Beside()
        cells = self.read.by(place, rule)
        bodies = self._bodies.get(at, (at,))
        return Beside.of((cells[one] for one in bodies if one in cells), adds_up=self.adds_up[code])

    def total(self, code: str) -> Beside:
        rule = self.read.rules.get(code) if self.read else None
        if rule is None or self.read is None:
            return Beside()
        return Beside.of([self.read.total(rule)], adds_up=True)

"""Counts of parts II and III: what was given, by organization, by unit, in all.

One way for pages, forms and workbooks. What nobody gave is blank, never 0: a sum is of what was given and
says how many gave it; a share adds up part and whole of those that gave both. Read through the roster of the
year, so that a count follows its organization and drops out with it.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from assessments.roster.counts.places import Places
from assessments.roster.counts.registers import registers_of
from assessments.roster.counts.sizes import sizes_of
from assessments.roster.models.counts import ActivityCount, Period
from assessments.roster.models.line import Kind, RatedLineQuerySet
from assessments.roster.models.lines import OrganizationLine
from assessments.rules.count_rule import CountRule, Finding, Known, findings
from assessments.rules.counts_of_year import counts_of
from assessments.rules.models.counts import CountLevel, Size
from assessments.rules.models.years import RatingYear
from orgs.models import Form, Organization

Counts = dict[str, int]
"""Counts by the codes of what is counted; what is blank has no key."""


@dataclass(frozen=True, slots=True)
class Given:
    """A sum of what was given: by how many of how many organizations that are asked.

    `count` is None where nobody gave anything; `part` of `whole`: of those that gave both, None where nobody
    did.
    """

    count: int | None = None
    given: int = 0
    of: int = 0
    part: int | None = None
    whole: int | None = None

    def __add__(self, other: "Given") -> "Given":
        return Given(
            _added(self.count, other.count),
            self.given + other.given,
            self.of + other.of,
            _added(self.part, other.part),
            _added(self.whole, other.whole),
        )

    @property
    def is_complete(self) -> bool:
        return self.given >= self.of

    @property
    def is_asked(self) -> bool:
        """Whether anybody is asked for it or gave it."""
        return bool(self.of or self.given)


def _added(one: int | None, other: int | None) -> int | None:
    numbers = [number for number in (one, other) if number is not None]
    return sum(numbers) if numbers else None


@dataclass(frozen=True)
class YearCounts:
    """The counts of a year, in a period, of the organizations of `lines`: of grassroots organizations, of
    cells and of their units, each at its level. The statements do not grow with the organizations.
    `only`: a few rules of the year, with the counts that are their wholes; no more is read than they need.
    """

    year: RatingYear
    lines: RatedLineQuerySet
    period: str = Period.YEAR
    only: tuple[CountRule, ...] | None = None

    @classmethod
    def under(cls, year: RatingYear, scope: Organization, period: str = Period.YEAR) -> "YearCounts":
        """Of the organizations in the roster under `scope`."""
        return cls(year, OrganizationLine.objects.under(scope).filter(year=year).in_roster(), period)

    @cached_property
    def rules(self) -> tuple[CountRule, ...]:
        """What the year counts."""
        return counts_of(self.year) if self.only is None else self.only

    @cached_property
    def asked(self) -> tuple[CountRule, ...]:
        """What is counted in the period."""
        return tuple(rule for rule in self.rules if rule.is_in(self.period))

    def rule(self, code: str) -> CountRule:
        """One of `rules`; KeyError for one that the year does not count."""
        return self._by_code[code]

    def of_level(self, level: str) -> RatedLineQuerySet:
        """The lines of a level; of units those of their grassroots organizations."""
        if level == CountLevel.CELL:
            return self.lines.filter(form=Form.CELL)
        return self.lines.filter(kind=Kind.GRASSROOTS)

    def bodies(self, level: str = CountLevel.GRASSROOTS) -> Mapping[int, int]:
        """Organization → unit, of a level."""
        if level not in self._bodies:
            at = "unit_id" if level == CountLevel.UNIT else "organization_id"
            rows = self.of_level(level).order_by().values_list(at, "unit_id")
            self._bodies[level] = dict(rows.distinct())
        return self._bodies[level]

    def known(self, level: str = CountLevel.GRASSROOTS) -> Mapping[int, Known]:
        """What is known of each organization of a level."""
        if level not in self._known:
            self._known[level] = self._ask(level)
        return self._known[level]

    def of(self, rule: CountRule, organization: int) -> Given:
        """What one organization gave of it."""
        return _summed(rule, self.period, [(organization, self.known(rule.level)[organization])])[
            organization
        ]

    def sums(self, rule: CountRule) -> dict[int, Given]:
        """Unit → what was given of it there; a unit without any organization of its level has none."""
        if rule.code not in self._sums:
            bodies, known = self.bodies(rule.level), self.known(rule.level)
            self._sums[rule.code] = _summed(
                rule, self.period, ((unit, known[organization]) for organization, unit in bodies.items())
            )
        return self._sums[rule.code]

    @cached_property
    def by_unit(self) -> dict[int, dict[str, Given]]:
        """Unit → what was given in it, by code; a unit without any organization has none."""
        return {
            unit: {rule.code: self.sums(rule).get(unit, Given()) for rule in self.asked}
            for unit in set(self.bodies().values())
        }

    def total(self, rule: CountRule) -> Given:
        """What was given of it in all."""
        return sum(self.sums(rule).values(), Given())

    @cached_property
    def totals(self) -> dict[str, Given]:
        """What was given in all, by code."""
        return {rule.code: self.total(rule) for rule in self.asked}

    def lacks(self, organization: int, level: str = CountLevel.GRASSROOTS) -> list[CountRule]:
        """What an organization is asked for and has not given."""
        return [
            rule
            for rule in self.asked
            if rule.level == level and (given := self.of(rule, organization)).of and not given.given
        ]

    def findings(self, organization: int, level: str = CountLevel.GRASSROOTS) -> Iterator[Finding]:
        """What the counts of an organization fail."""
        return findings(self.rules, self.known(level)[organization])

    @property
    def lacking(self) -> int:
        """How many grassroots organizations have not given every count that they are asked for."""
        return sum(bool(self.lacks(organization)) for organization in self.bodies())

    @cached_property
    def _by_code(self) -> dict[str, CountRule]:
        return {rule.code: rule for rule in self.rules}

    @cached_property
    def _bodies(self) -> dict[str, dict[int, int]]:
        return {}

    @cached_property
    def _sums(self) -> dict[str, dict[int, Given]]:
        return {}

    @cached_property
    def _known(self) -> dict[str, dict[int, Known]]:
        return {}

    def _ask(self, level: str) -> dict[int, Known]:
        within = list(self.bodies(level)) if level == CountLevel.UNIT else self._within(level)
        places = Places(self.year, within, level)
        sizes = sizes_of(places, self.period, self._sizes)
        registers = registers_of(places, self._registers)
        counts = stored_in(places, self.period, self.only)
        return {
            organization: Known(
                self._with_computed(counts.get(organization, {}), registers.get(organization, {})),
                sizes.get(organization, {}),
                registers.get(organization, {}),
                self.period,
            )
            for organization in self.bodies(level)
        }

    @property
    def _sizes(self) -> set[str] | None:
        """What `only` needs of the sizes; None of all."""
        if self.only is None:
            return None
        of_villages = {Size.VILLAGES.value for rule in self.only if rule.of_villages}
        return of_villages | {rule.size for rule in self.only if rule.size}

    @property
    def _registers(self) -> set[str] | None:
        """What `only` needs of the registers' numbers; None of all."""
        if self.only is None:
            return None
        return {rule.register for rule in self.only if rule.is_computed}

    def _within(self, level: str):
        return self.of_level(level).order_by().values("organization")

    def _with_computed(self, counts: Counts, registers: Mapping[str, int]) -> Counts:
        told = {
            rule.code: registers[rule.register]
            for rule in self.rules
            if rule.is_computed and rule.register in registers
        }
        return counts | told


def _summed(rule: CountRule, period: str, bodies: Iterable[tuple[int, Known]]) -> dict[int, Given]:
    """What was given of it, by whatever each of `bodies` belongs to; an event is asked of whom it gave."""
    found: dict[int, list[int]] = {}
    for place, known in bodies:
        count = known.counts.get(rule.code)
        sums = found.setdefault(place, [0, 0, 0, 0, 0, 0])
        sums[OF] += count is not None or (not rule.is_of_event and rule.is_asked(period, known.sizes))
        if count is None:
            continue
        sums[COUNT] += count
        sums[GIVEN] += 1
        whole = rule.whole(known) if rule.has_share else None
        if whole is not None:
            sums[BOTH] += 1
            sums[PART] += count
            sums[WHOLE] += whole
    return {place: _given(*sums) for place, sums in found.items()}


COUNT, GIVEN, OF, BOTH, PART, WHOLE = range(6)


def _given(count: int, given: int, of: int, both: int, part: int, whole: int) -> Given:
    told = (part, whole) if both else (None, None)
    return Given(count if given else None, given, of, *told)


def stored_in(
    places: Places, period: str = Period.YEAR, only: Iterable[CountRule] | None = None
) -> dict[int, Counts]:
    """Counts by organization as they were given, of some rules or of all; one statement."""
    found: dict[int, Counts] = {}
    stored = ActivityCount.objects.filter(year=places.year, period=period, organization__in=places.within)
    if only is not None:
        stored = stored.filter(activity__code__in=[rule.code for rule in only])
    for organization, code, count in stored.values_list("organization_id", "activity__code", "count"):
        found.setdefault(organization, {})[code] = count
    return found


def is_told(rule: CountRule, known: Known) -> bool:
    """Whether the registers tell it, so that nobody types it."""
    return rule.is_computed and rule.register in known.registers


def to_type(rules: Iterable[CountRule], known: Known) -> list[CountRule]:
    """What an organization can be asked for in the period, what the registers tell left out."""
    return [rule for rule in rules if rule.is_asked(known.period, known.sizes) and not is_told(rule, known)]

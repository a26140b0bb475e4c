"""What organizations gave the year before, those merged into them since included.

A number of several bodies is added up only where the count is declared so (`CountRule.adds_up`); else each
stands for itself.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from assessments.roster.counts.given import YearCounts
from assessments.roster.models.counts import Period
from assessments.roster.models.lines import OrganizationLine
from assessments.rules.count_rule import CountRule, Known
from assessments.rules.counts_of_year import counts_of
from assessments.rules.models.counts import CountLevel
from assessments.rules.models.years import RatingYear, Submission
from orgs.models import Organization
from resolution03.lib.figures import number

Bodies = Mapping[int, tuple[int, ...]]
"""Organization → itself and those that were merged into it since the year before, the own one first."""


class Part(NamedTuple):
    """What one body gave, under its name of that year."""

    name: str
    given: int


@dataclass(frozen=True, slots=True)
class Before:
    """The last year's counts of a body and of those merged into it; `total`: their sum, None where two gave
    one that is not declared to add up."""

    parts: tuple[Part, ...]
    total: int | None

    @property
    def words(self) -> str:
        """`12`, or `7; 5` where nothing is added up."""
        shown = [part.given for part in self.parts] if self.total is None else [self.total]
        return "; ".join(number(count) for count in shown)


def before(
    year: RatingYear, organizations: Iterable[int], codes: Collection[str], period: str = Period.YEAR
) -> dict[int, dict[str, Before]]:
    """Organization → code → what was given in the year before `year`; what nobody gave has no key. The
    statements do not grow with the organizations."""
    wanted = [rule for rule in counts_of(year) if rule.code in codes and rule.is_in(period)]
    last = RatingYear.objects.filter(pk=year.pk - 1).first()
    if last is None or not wanted:
        return {}
    found: dict[int, dict[str, Before]] = defaultdict(dict)
    held = bodies_of(year, organizations)
    for level in CountLevel.values:
        rules = [rule for rule in wanted if rule.level == level]
        if rules:
            known, names = _known(last, held, level, period)
            for organization, bodies in held.items():
                found[organization] |= dict(_told(rules, bodies, known, names))
    return {organization: counts for organization, counts in found.items() if counts}


def bodies_of(year: RatingYear, organizations: Iterable[int]) -> Bodies:
    """Those whose counts of the year before are theirs now: themselves, and what went into them and does not
    stand in the list of `year` any more."""
    joined: dict[int, list[int]] = defaultdict(list)
    links = Organization.objects.filter(merged_into__isnull=False, dissolved_on__year__gte=year.pk - 1)
    for into, body in links.order_by("dissolved_on", "pk").values_list("merged_into", "pk"):
        joined[into or body].append(body)
    standing = _standing(year, [body for bodies in joined.values() for body in bodies])
    return {one: tuple(_with_joined(one, joined, standing.__contains__)) for one in organizations}


def _with_joined(one: int, joined: Mapping[int, list[int]], stands: Callable[[int], bool]) -> Iterable[int]:
    yield one
    for body in joined.get(one, ()):
        if not stands(body):
            yield from _with_joined(body, joined, stands)


def _standing(year: RatingYear, bodies: list[int]) -> set[int]:
    lines = OrganizationLine.objects.filter(year=year, organization__in=bodies).in_roster().order_by()
    units = Submission.objects.filter(year=year, unit__in=bodies).order_by()
    return {*lines.values_list("organization", flat=True), *units.values_list("unit", flat=True)}


def _known(
    last: RatingYear, held: Bodies, level: str, period: str
) -> tuple[Mapping[int, Known], dict[int, str]]:
    """What is known of the bodies in the year before, and their names of then."""
    asked = {body for bodies in held.values() for body in bodies}
    is_unit = level == CountLevel.UNIT
    of_level: dict[str, Any] = {"unit__in" if is_unit else "organization__in": asked}
    counts = YearCounts(last, OrganizationLine.objects.filter(year=last, **of_level).in_roster(), period)
    if is_unit:
        rows = Submission.objects.filter(year=last, unit__in=asked).values_list("unit", "name")
    else:
        rows = counts.of_level(level).values_list("organization", "name")
    return counts.known(level), dict(rows.order_by())


def _told(
    rules: Iterable[CountRule], bodies: Iterable[int], known: Mapping[int, Known], names: Mapping[int, str]
) -> Iterable[tuple[str, Before]]:
    counts = {body: known[body].counts for body in bodies if body in known}
    for rule in rules:
        parts = tuple(
            Part(names.get(body, ""), given[rule.code])
            for body, given in counts.items()
            if rule.code in given
        )
        if parts:
            is_sum = rule.adds_up or len(parts) == 1
            yield rule.code, Before(parts, sum(part.given for part in parts) if is_sum else None)

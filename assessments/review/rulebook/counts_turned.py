"""What a change of what offices count does to open years, in words: who is asked, shares, failing checks."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _

from accounts.actors import Actor
from assessments.roster.changes import RosterChange
from assessments.roster.counts.given import Given, YearCounts
from assessments.roster.models.counts import Period
from assessments.roster.models.lines import OrganizationLine
from assessments.rules.count_rule import CountRule
from assessments.rules.models.years import RatingYear, YearState
from resolution03.lib.figures import number, percent, percentage


@dataclass(frozen=True, slots=True)
class Stand:
    """How a count stands in a year and a period over all organizations; `failing`: how many of these fail a
    check of it."""

    name: str
    given: Given
    failing: int
    is_average: bool

    @property
    def share(self) -> str:
        part, whole = self.given.part, self.given.whole
        if part is None or not whole:
            return ""
        if self.is_average:
            return number((Decimal(part) / whole).quantize(Decimal("0.01"), ROUND_HALF_UP))
        return percentage(percent(part, whole))


Stands = dict[tuple[int, str, str], Stand]
"""By year, code and period."""


def stands() -> Stands:
    """All counts of all open years."""
    found: Stands = {}
    for year in RatingYear.objects.filter(state=YearState.OPEN).order_by("pk"):
        lines = OrganizationLine.objects.filter(year=year).in_roster()
        for period in (Period.YEAR, Period.HALF):
            counts = YearCounts(year, lines, period)
            failing = _failing(counts)
            for rule in counts.asked:
                stand = Stand(rule.short_name, counts.total(rule), failing.get(rule.code, 0), rule.is_average)
                found[year.pk, rule.code, period.value] = stand
    return found


def _failing(counts: YearCounts) -> dict[str, int]:
    """How many organizations fail a check of each count, by code."""
    found: dict[str, int] = {}
    for level in {rule.level for rule in counts.asked}:
        for organization in counts.bodies(level):
            codes = {finding.rule.code for finding in counts.findings(organization, level)}
            for code in codes & _codes(counts.asked, level):
                found[code] = found.get(code, 0) + 1
    return found


def _codes(rules: tuple[CountRule, ...], level: str) -> set[str]:
    return {rule.code for rule in rules if rule.level == level}


@dataclass
class Turning:
    """An act on what is counted, which looks how counts stand before it; `sentences` afterwards says what
    turned."""

    act: Callable[[Actor], RosterChange | None]
    before: Stands = field(default_factory=dict)

    def __call__(self, by: Actor) -> RosterChange | None:
        self.before = stands()
        return self.act(by)

    def sentences(self) -> Iterator[str]:
        after = stands()
        for key in sorted({*self.before, *after}):
            before, now = self.before.get(key, _NONE), after.get(key)
            year, _code, period = key
            name = now.name if now else before.name
            name = _("%(name)s (half-year)") % {"name": name} if period == Period.HALF else name
            yield from _turned({"year": year, "name": name}, before, now)


_NONE = Stand("", Given(), 0, False)


def _turned(of: dict, before: Stand, now: Stand | None) -> Iterator[str]:
    if now is None:
        words = _("%(year)s, %(name)s: no longer asked for; organizations that gave it: %(given)s")
        yield words % {**of, "given": number(before.given.given)}
        return
    if before.given.of != now.given.of:
        words = _("%(year)s, %(name)s: organizations asked for it: %(before)s → %(after)s")
        yield words % {**of, "before": number(before.given.of), "after": number(now.given.of)}
    if before.share != now.share:
        words = _("%(year)s, %(name)s, share: %(before)s → %(after)s")
        yield words % {**of, "before": before.share or "–", "after": now.share or "–"}
    if before.failing != now.failing:
        words = _("%(year)s, %(name)s: organizations that fail a check: %(before)s → %(after)s")
        yield words % {**of, "before": number(before.failing), "after": number(now.failing)}

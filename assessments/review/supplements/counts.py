"""Counts of a closed year that a supplement adds or corrects: judged as an entry would be."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from assessments.entry.counts.actions import told_as
from assessments.entry.counts.rules import words_of
from assessments.review.supplements.models import Supplement, SupplementCount, SupplementState
from assessments.roster.counts.given import YearCounts, is_told
from assessments.roster.models.counts import ActivityCount, Period
from assessments.roster.models.line import Kind
from assessments.roster.models.lines import OrganizationLine
from assessments.rules.count_rule import CountRule, Known, findings
from assessments.rules.models.counts import MOST, CountLevel
from assessments.rules.models.years import RatingYear
from orgs.models import Form

Key = tuple[str, str, str]
"""The code of an organization, of a count, and the period."""


@dataclass(frozen=True, slots=True)
class CountWanted:
    """What a count should become, on top of `before`, which the unit saw; None is blank. `wrong`: what was
    typed and is no number."""

    organization: str
    code: str
    period: str
    before: int | None
    count: int | None
    wrong: str = ""

    @property
    def key(self) -> Key:
        return self.organization, self.code, self.period

    @property
    def name(self) -> str:
        """The key in one text, for fields of a form."""
        return "|".join(self.key)

    @classmethod
    def of(cls, row: SupplementCount) -> "CountWanted":
        return cls(row.organization_code, row.activity.code, row.period, row.before, row.count)


@dataclass(frozen=True, slots=True)
class CountJudged:
    """A count of a supplement with all that stands against it; `line`: of the organization in the year."""

    wanted: CountWanted
    line: OrganizationLine
    rule: CountRule
    faults: tuple[str, ...]

    @property
    def typed(self) -> str:
        """What stands in the field."""
        return self.wanted.wrong or ("" if self.wanted.count is None else str(self.wanted.count))

    @property
    def is_typed(self) -> bool:
        """Whether another number than the one that stands there was written."""
        return bool(self.wanted.wrong) or self.wanted.count != self.wanted.before

    @property
    def count_name(self) -> str:
        return told_as(self.rule.short_name, self.wanted.period)

    @property
    def change(self) -> "CountChange":
        one = self.wanted
        return CountChange(self.line.code, self.line.name, self.count_name, one.before, one.count)


class CountCase:
    """What a unit wants of counts of its closed year. `unknown`: keys of what is not there."""

    def __init__(self, year: RatingYear, unit_id: int, wanted: Collection[CountWanted]):
        self.year, self.unit_id = year, unit_id
        self.wanted = {one.key: one for one in wanted}

    @cached_property
    def lines(self) -> Mapping[str, OrganizationLine]:
        """The organizations of the unit's list by their codes."""
        rows = OrganizationLine.objects.filter(year=self.year, unit=self.unit_id).in_roster()
        return {row.code: row for row in rows.order_by("position", "pk")}

    @property
    def every(self) -> tuple[CountRule, ...]:
        """All that the year counts."""
        return self._counts[Period.YEAR].rules

    @cached_property
    def _counts(self) -> Mapping[str, YearCounts]:
        rows = OrganizationLine.objects.filter(year=self.year, unit=self.unit_id).in_roster()
        return {period: YearCounts(self.year, rows, period) for period in Period.values}

    def rule(self, key: Key) -> CountRule | None:
        """The count as the year has it, where the organization stands at its level; else None."""
        organization, code, period = key
        line = self.lines.get(organization)
        if line is None or period not in self._counts:
            return None
        return next((rule for rule in self._asked(period, line) if rule.code == code), None)

    def _asked(self, period: str, line: OrganizationLine) -> Iterable[CountRule]:
        levels = {
            CountLevel.GRASSROOTS: line.kind == Kind.GRASSROOTS,
            CountLevel.CELL: line.form == Form.CELL,
        }
        return (rule for rule in self._counts[period].asked if levels.get(CountLevel(rule.level)))

    def known(self, rule: CountRule, key: Key) -> Known:
        return self._counts[key[2]].known(rule.level)[self.lines[key[0]].organization_id]

    @property
    def unknown(self) -> list[Key]:
        return [key for key in self.wanted if self.rule(key) is None]

    @cached_property
    def judged(self) -> list[CountJudged]:
        found = ((one, self.rule(key)) for key, one in self.wanted.items())
        return [
            CountJudged(one, self.lines[one.organization], rule, tuple(self._faults(one, rule)))
            for one, rule in found
            if rule
        ]

    @property
    def has_faults(self) -> bool:
        return bool(self.unknown) or any(one.faults for one in self.judged)

    def reasons(self) -> list[str]:
        """Every fault with the code of its organization."""
        outside = [_("Not in the roster of this year.")] if self.unknown else []
        return outside + [f"{one.line.code}: {fault}" for one in self.judged for fault in one.faults]

    def _faults(self, one: CountWanted, rule: CountRule) -> Iterable[str]:
        known = self.known(rule, one.key)
        if is_told(rule, known):
            yield _("%(name)s: counted from the registers here, nobody types it.") % {"name": rule.short_name}
        elif one.wrong or (one.count is not None and not 0 <= one.count <= MOST):
            words = _("A count is a whole number from 0 to %(most)s, found %(count)s.")
            yield words % {"most": MOST, "count": one.wrong or one.count}
        elif known.counts.get(rule.code) != one.before:
            yield _("%(name)s: changed since it was chosen; take it out, choose it again.") % {
                "name": rule.short_name
            }
        elif one.count == one.before:
            yield _("%(name)s: nothing changes; write another number or take it out.") % {
                "name": rule.short_name
            }
        else:
            yield from self._contradictions(rule, one, known)

    def _contradictions(self, rule: CountRule, one: CountWanted, known: Known) -> Iterable[str]:
        """What hard checks refuse once all that is wanted of the organization stands."""
        beside = {
            other.code: other.count
            for other in self.wanted.values()
            if (other.organization, other.period) == (one.organization, one.period) and not other.wrong
        }
        after = {code: count for code, count in {**known.counts, **beside}.items() if count is not None}
        rules = self._counts[one.period].rules
        for finding in findings(rules, Known(after, known.sizes, known.registers, known.period)):
            if finding.check.is_hard and finding.concerns({rule.code}):
                yield words_of(finding, rules)

    def waiting(self) -> list[str]:
        """Counts that an earlier supplement, not answered yet, would change already."""
        rows = SupplementCount.objects.filter(
            supplement__year=self.year, supplement__unit=self.unit_id, supplement__state=SupplementState.FILED
        )
        text = _("%(code)s: stands in supplement %(number)s already, which waits for the Board.")
        return [
            text % {"code": row.organization_code, "number": row.supplement.number}
            for row in rows.select_related("supplement", "activity")
            if CountWanted.of(row).key in self.wanted
        ]

    def versions(self) -> dict[Key, int]:
        """The version of each count that is stored."""
        codes = {line.organization_id: line.code for line in self.lines.values()}
        rows = ActivityCount.objects.filter(year=self.year, organization__in=list(codes))
        return {
            (codes[organization], code, period): version
            for organization, code, period, version in rows.values_list(
                "organization", "activity__code", "period", "version"
            )
        }


def case_of(supplement: Supplement) -> CountCase:
    """What a filed supplement wants of counts."""
    rows = supplement.counts.select_related("activity")
    return CountCase(supplement.year, supplement.unit_id, [CountWanted.of(row) for row in rows])


@dataclass(frozen=True, slots=True)
class CountChange:
    """A count before and after, for a page; None is blank."""

    code: str
    name: str
    count_name: str
    before: int | None
    after: int | None


def counts_of(supplement: Supplement) -> list[CountChange]:
    """What a supplement makes, or made, of counts; what stood before is kept with it."""
    rows = list(supplement.counts.select_related("activity"))
    bodies = [row.organization_id for row in rows]
    lines = OrganizationLine.objects.filter(year=supplement.year_id, organization__in=bodies)
    names = dict(lines.values_list("organization", "name"))
    return [
        CountChange(
            row.organization_code,
            names.get(row.organization_id, row.organization_code),
            told_as(row.activity.short_name, row.period),
            row.before,
            row.count,
        )
        for row in rows
    ]

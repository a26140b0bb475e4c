"""Counts as they are typed: of each organization at its level, with last year's beside and what is said of
them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Case, Q, When
from django.utils.translation import gettext as _

from assessments.entry.counts.bodies import OF_LEVEL
from assessments.entry.counts.shown import Body, Cell
from assessments.entry.counts.stored import BLANK, Key, Stored, stored_counts
from assessments.entry.counts.told import hint, told
from assessments.entry.desk import Desk
from assessments.roster.counts.before import Before, before
from assessments.roster.counts.given import YearCounts, is_told
from assessments.roster.models.counts import Period
from assessments.roster.models.line import Kind, RatedLineQuerySet
from assessments.roster.models.lines import OrganizationLine
from assessments.rules.count_rule import CountRule, Finding, Known
from assessments.rules.models.counts import CountLevel
from orgs.models import Form


@dataclass(frozen=True)
class Typing:
    """The counts of `lines`, and of the unit itself where `with_unit`, in a period of a unit's year."""

    desk: Desk
    lines: RatedLineQuerySet
    period: str
    with_unit: bool = False

    @cached_property
    def counted(self) -> YearCounts:
        return YearCounts(self.desk.year, self.lines, self.period)

    @property
    def is_half(self) -> bool:
        return self.period == Period.HALF

    @property
    def words(self) -> str:
        """`year 2025`, `first half of 2025`."""
        words = _("first half of %(year)s") if self.is_half else _("year %(year)s")
        return words % {"year": self.desk.year.pk}

    @property
    def heading(self) -> str:
        """The same over a column."""
        words = _("Half %(year)s") if self.is_half else _("Year %(year)s")
        return words % {"year": self.desk.year.pk}

    @cached_property
    def rules(self) -> tuple[CountRule, ...]:
        """What is typed in the period, at the levels at which there is somebody."""
        return tuple(rule for rule in self.counted.asked if self.bodies(rule.level))

    @cached_property
    def names(self) -> dict[str, str]:
        return {rule.code: rule.short_name for rule in self.counted.rules}

    def bodies(self, level: str) -> list[Body]:
        if level == CountLevel.UNIT:
            return [self._unit()] if self.with_unit and self.counted.bodies(level) else []
        wanted = OF_LEVEL[CountLevel(level)]
        return [
            self._body(line, level)
            for line in self._listed
            if all(getattr(line, k) == v for k, v in wanted.items())
        ]

    def of_place(self, place: int) -> list[Cell]:
        """What is typed of one organization, in the order of the Board."""
        return [
            self.cell(body, rule)
            for rule in self.rules
            for body in self.bodies(rule.level)
            if body.place == place and self._is_shown(body, rule)
        ]

    def over(self, rule: CountRule) -> list[Cell]:
        """One count over all its organizations, in the office's order."""
        return [self.cell(body, rule) for body in self.bodies(rule.level) if self._is_shown(body, rule)]

    def all(self) -> Iterator[Cell]:
        for rule in self.rules:
            yield from self.over(rule)

    def cell(self, body: Body, rule: CountRule) -> Cell:
        known, key = self.known(body), (body.place, rule.code)
        stored, by_registers = self.stored.get(key, BLANK), is_told(rule, known)
        last = self.last.get(body.place, {}).get(rule.code)
        failed = self._failed(body).get(rule.code, [])
        is_asked = rule.is_asked(self.period, known.sizes) and not (by_registers or rule.is_of_event)
        return Cell(
            body,
            rule,
            stored,
            known.counts.get(rule.code),
            last.total if last else None,
            told(rule, known, failed, self.names, None if by_registers else stored.reason),
            self.desk.year.pk,
            hint(rule, known),
            last.words if last else "–",
            is_told=by_registers,
            is_open=not (by_registers or body.is_locked or self.desk.is_locked),
            is_asked=is_asked,
            is_part=_is_part(rule),
            is_yes_no=body.is_cell and rule.most(known) == 1 and stored.count in (None, 0, 1),
        )

    @cached_property
    def stored(self) -> Mapping[Key, Stored]:
        return stored_counts(self.desk.year, self.period, self.places)

    @cached_property
    def last(self) -> Mapping[int, Mapping[str, Before]]:
        """What was given the year before, by organization and code."""
        return before(self.desk.year, self.places, {rule.code for rule in self.rules}, self.period)

    @cached_property
    def _listed(self) -> list[OrganizationLine]:
        """Grassroots organizations; each followed by its cells where something is counted of those."""
        has_cells = any(rule.level == CountLevel.CELL for rule in self.counted.asked)
        wanted = Q(kind=Kind.GRASSROOTS) | Q(form=Form.CELL) if has_cells else Q(kind=Kind.GRASSROOTS)
        order = Case(When(kind=Kind.GRASSROOTS, then=0), default=1)
        return list(
            self.lines.filter(wanted).order_by(
                "grassroots__position", "grassroots_id", order, "position", "pk"
            )
        )

    @cached_property
    def places(self) -> list[int]:
        unit = [self.desk.submission.unit_id] if self.with_unit else []
        return unit + [line.organization_id for line in self._listed]

    def known(self, body: Body) -> Known:
        return self.counted.known(body.level)[body.place]

    def _is_shown(self, body: Body, rule: CountRule) -> bool:
        known = self.known(body)
        return rule.is_asked(self.period, known.sizes) or rule.code in known.counts

    @cached_property
    def _found(self) -> dict[tuple[str, int], dict[str, list[Finding]]]:
        return {}

    def _failed(self, body: Body) -> dict[str, list[Finding]]:
        """What the counts of an organization fail, by the count whose check it is."""
        key = (body.level, body.place)
        if key not in self._found:
            found: dict[str, list[Finding]] = {}
            for finding in self.counted.findings(body.place, body.level):
                found.setdefault(finding.rule.code, []).append(finding)
            self._found[key] = found
        return self._found[key]

    def _unit(self) -> Body:
        submission = self.desk.submission
        return Body(submission.pk, submission.unit_id, submission.code, submission.name, CountLevel.UNIT)

    def _body(self, line: OrganizationLine, level: str) -> Body:
        return Body(
            line.pk, line.organization_id, line.code, line.name, level, line.form == Form.CELL, line.accepted
        )  # fmt: skip


def _is_part(rule: CountRule) -> bool:
    """Whether it counts a part of another count."""
    return bool(rule.denominator) or any(check.other and check.is_hard for check in rule.checks)

"""What the forms of one report speak of: a year, the year before, the units, and their figures.

Everything is read through the scope (the province or one unit): a unit's report is made from
nothing but the unit's rows.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.db.models import Count, Q, QuerySet
from django.utils import translation

from assessments.figures import board as figures
from assessments.figures import fold as tally_counts
from assessments.figures.capped_groups import CappedGroup, capped_groups, counted_spots, direct_units
from assessments.figures.figure import Figure
from assessments.figures.indicator import Indicator
from assessments.figures.indicators import INDICATORS, leading
from assessments.figures.judge import Aim, State, aim_of, state_of
from assessments.figures.past import Past
from assessments.roster import closed_without
from assessments.roster.counts import given
from assessments.roster.covering import counting
from assessments.roster.models.line import RatedLineQuerySet
from assessments.roster.models.lines import OrganizationLine
from assessments.roster.models.movements import Movement, MovementKind
from assessments.roster.models.tallies import Subject
from assessments.roster.models.village_lines import VillageLine
from assessments.rules.cap_groups import GroupKey, key_of
from assessments.rules.cap_rule import CapRule
from assessments.rules.models.caps import CapGroup
from assessments.rules.models.years import RatingYear, Submission
from assessments.rules.year_rules import LevelRule
from assessments.rules.years import all_years, find_year
from orgs.models import Organization
from resolution03.lib.errors import NotPossible

Grouped = dict[tuple, int]


@dataclass(frozen=True, slots=True)
class Place:
    """A unit as a row of the forms; `id` is None for what no unit of the year accounts for."""

    id: int | None
    code: str
    name: str


@dataclass(frozen=True)
class Matter:
    """One report's data. `unit` None: the whole province; `stamp`: when the figures were read;
    `number`: under which the ledger of issued reports keeps it in its year."""

    year: RatingYear
    scope: Organization
    unit: Submission | None
    stamp: datetime
    number: int | None = None

    @property
    def ledger_mark(self) -> str:
        """`, sổ 12/2018`: where the ledger keeps the report; stands after the code of a form."""
        return f", sổ {self.number}/{self.year.pk}" if self.number else ""

    @property
    def mark(self) -> str:
        """Of which document a form is: stands behind its number, as the year has it."""
        return self.rules.default_set.code

    @property
    def resolution(self) -> str:
        """The document as headings write it, in capitals."""
        return self.rules.default_set.title.upper()

    @property
    def unit_id(self) -> int | None:
        return self.unit.unit_id if self.unit else None

    def aim(self, code: str) -> Aim:
        """The target of an indicator; without a value where there is none."""
        return aim_of(self.rules, self.board.indicator(code, self.year.pk), self.year.pk, self.unit_id)

    @cached_property
    def indicators(self) -> list[Indicator]:
        """What the forms of targets show: the resolution's, then the counts on which the default set has a
        target in the year."""
        return [*INDICATORS.values(), *self.board.counts_in(self.year.pk)]

    @property
    def is_reported_only(self) -> bool:
        return state_of(self.year) == State.REPORTED

    @property
    def closed_without(self) -> str:
        """Which units the year was closed without, in words as the forms spell them; a unit's report names
        no other."""
        with translation.override("vi"):
            words = closed_without.words(self.year, {self.unit.code} if self.unit else None)
        return words.replace("khoá", "khóa", 1)

    @cached_property
    def before(self) -> RatingYear | None:
        """Last year, if it was ever opened or reported."""
        try:
            return find_year(self.year.pk - 1)
        except NotPossible:
            return None

    @cached_property
    def board(self) -> figures.Board:
        return figures.board([year for year in (self.before, self.year) if year])

    @cached_property
    def past(self) -> Past:
        """Which years are compared with those before them."""
        return Past(all_years(), self.unit_id)

    @cached_property
    def rules(self):
        return self.board.rules[self.year.pk]

    @cached_property
    def places(self) -> list[Place]:
        """The units in the office's order, under the names that they bore that year."""
        if self.unit:
            return [Place(self.unit.unit_id, self.unit.code, self.unit.name)]
        held = Submission.objects.under(self.scope).filter(year=self.year)
        return [Place(row.unit_id, row.code, row.name) for row in held]

    @property
    def fits_one_page(self) -> bool:
        """Whether a form with a row a unit is still readable on one sheet of paper."""
        return len(self.places) <= 20

    def is_target(self, code: str) -> bool:
        """Whether a set of the year has a target on an indicator."""
        return any(code in one.indicators() for one in self.rules.sets)

    def figure(self, code: str, place: Place | None = None) -> Figure:
        """The system's own figure, of a unit or of what the report speaks of as a whole."""
        return self.board.figure(code, self.year.pk, place.id if place else self.unit_id)

    def of_rated(self, subject: str, place: Place | None = None) -> Figure:
        """The figure that stands for a rated subject: how many are rated, how many in the roster."""
        return self.figure(leading(subject).code, place)

    def figure_before(self, code: str) -> Figure | None:
        """Last year's figure; None where that year or the unit in it is unknown."""
        if self.before is None or not self.past.stands(self.before.pk):
            return None
        return self.board.figure(code, self.before.pk, self.unit_id)

    def roster_before(self, place: Place) -> int | None:
        """Members in last year's roster of the unit; None where nobody listed or reported them."""
        if self.before is None:
            return None
        reported = (self.before.pk, place.id, Subject.MEMBER) in self.board.reported
        if state_of(self.before) == State.REPORTED and not reported:
            return None
        return self.board.figure(leading(Subject.MEMBER).code, self.before.pk, place.id).roster

    def counts(self, place: Place) -> tally_counts.Counts:
        return self.board.counts.get((self.year.pk, place.id), {})

    def is_known(self, subject: str, place: Place) -> bool:
        """Whether anything is known; a year of reported totals knows only those."""
        return not self.is_reported_only or self.is_reported(subject, place)

    def is_reported(self, subject: str, place: Place) -> bool:
        """Whether a reported total is part of the unit's numbers."""
        return (self.year.pk, place.id, subject) in self.board.reported

    def levels(self, subject: str) -> list[LevelRule]:
        """The levels of the year's scheme by which `subject` is rated, the best first."""
        return self.rules.levels_of(Subject(subject).levels)

    @cached_property
    def members(self) -> RatedLineQuerySet:
        return self.lines(Subject.MEMBER)

    def lines(self, subject: str) -> RatedLineQuerySet:
        """Lines of a subject that count by themselves."""
        return counting(self.year.pk, subject).under(self.scope)

    def rows(self, code: str, part: str) -> QuerySet:
        """The names behind a figure, of the report's scope only."""
        counted = self.board.indicator(code, self.year.pk).counted
        return counted.rows(self.year, self.rules, part).under(self.scope)

    def forms(self, kind: str) -> Grouped:
        """(unit, form) → organizations."""
        return _grouped(self.lines(kind), "unit_id", "form")

    def reasons(self, subject: str) -> dict[int | None, Counter]:
        """Unit → reasons why lines are not rated, with their numbers; the exempt not among them."""
        waiting = self.lines(subject).to_rate().filter(decided__isnull=True)
        found: dict[int | None, Counter] = defaultdict(Counter)
        for (unit, reason), count in _grouped(waiting, "unit_id", "reason").items():
            found[unit][reason] += count
        return found

    @cached_property
    def village_cells(self) -> Grouped:
        """(unit, kind) → cells that cover a village."""
        covering = VillageLine.objects.under(self.scope).filter(year=self.year, cell__isnull=False)
        lines = OrganizationLine.objects.under(self.scope).filter(year=self.year).in_roster()
        return _grouped(lines.filter(organization__in=covering.values("cell")), "unit_id", "kind")

    @cached_property
    def office_counts(self) -> Mapping[int, dict[str, given.Given]]:
        """Unit → what its grassroots organizations counted themselves."""
        return self.year_counts.by_unit

    @cached_property
    def year_counts(self) -> given.YearCounts:
        """What the organizations of the report's scope counted themselves, of the whole year."""
        return given.YearCounts.under(self.year, self.scope)

    @cached_property
    def probationary(self) -> Grouped:
        """(unit,) → probationary members in the roster."""
        return _grouped(self.members.filter(is_probationary=True), "unit_id")

    @cached_property
    def movements(self) -> dict[int | None, Counter]:
        """Unit → admissions, arrivals and leavings of the year, under the columns of form 05."""
        this_year = Q(on__year=self.year.pk)
        rows = Movement.objects.under(self.scope).filter(year=self.year).with_start().order_by()
        grouped = rows.values_list("unit_id", "kind", "in_province", "leaving_reason").annotate(
            n=Count("pk", filter=this_year),
            n_at_once=Count("pk", filter=this_year & Q(at_once=True)),
        )
        found: dict[int | None, Counter] = defaultdict(Counter)
        for unit, kind, inside, reason, count, at_once in grouped:
            found[unit].update(_movement(kind, inside, reason, count, at_once))
        return found

    @cached_property
    def over_caps(self) -> dict[str, list[tuple[CapRule, list[CappedGroup]]]]:
        """Subject → its caps on levels that the year has, with the groups over each."""
        return {
            subject: [(cap, self._groups_over(cap)) for cap in self.caps(subject)]
            for subject in (Subject.GRASSROOTS, Subject.AFFILIATED, Subject.MEMBER)
        }

    def caps(self, subject: str) -> list[CapRule]:
        """The caps on a subject that speak of a level of the year's scheme."""
        codes = {level.code for level in self.levels(subject)}
        return [cap for cap in self.rules.caps_of(subject) if cap.level_code in codes]

    def is_by_unit(self, cap: CapRule) -> bool:
        """Whether each unit is one group under a cap: not where groups divide it or reach beyond it."""
        return cap.group == CapGroup.UNIT and not (cap.subject == Subject.GRASSROOTS and self._has_direct)

    @cached_property
    def _has_direct(self) -> bool:
        return bool(direct_units(self.year.pk))

    def cap_reasons(self, cap: CapRule) -> dict[GroupKey, Counter]:
        """Group → the reasons written beside the lines at the cap's level."""
        noted = self.lines(cap.subject).rated().filter(decided__code=cap.level_code).exclude(note="")
        found: dict[GroupKey, Counter] = defaultdict(Counter)
        for spot, note, count in counted_spots(noted, cap, "note"):
            found[key_of(cap, spot)][note] += count
        return found

    def _groups_over(self, cap: CapRule) -> list[CappedGroup]:
        """The groups with more of a level than a cap allows."""
        units = [place.id for place in self.places if place.id is not None]
        groups = capped_groups(self.board, self.year.pk, cap, units)
        return [group for group in groups if group.ceiling.over]


def _movement(kind: str, inside: bool, reason: str, count: int, at_once: int) -> dict:
    """One group of movements; who was admitted outside the province and has no day of arrival of
    their own arrived on the day of admission (INTERFACE, reading 8)."""
    if kind == MovementKind.LEAVING:
        return {reason or "left": count}
    if kind == MovementKind.ARRIVAL:
        return {"arrived": count}
    return {"admitted": count} if inside else {"arrived": at_once}


def _grouped(lines: QuerySet, *fields: str) -> Grouped:
    rows = lines.order_by().values_list(*fields).annotate(Count("pk"))
    return {tuple(row[:-1]): row[-1] for row in rows}

"""The one judge of a figure: whether it meets its target, whether it is compared with an earlier
year, whether it is final.

Pages, print, workbooks, Word drafts and the command all ask here; none of them decides by itself.
What is asked of a target is arithmetic on whole numbers (assessments/rules/arithmetic.py).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _t

from assessments.roster.models.lines import Kind, OrganizationLine
from assessments.rules import arithmetic
from assessments.rules.models.schemes import Level
from assessments.rules.models.targets import Term
from assessments.rules.models.years import RatingYear, Submission, YearState
from assessments.rules.year_rules import YearRules
from resolution03.lib.figures import plain

if TYPE_CHECKING:
    from assessments.figures.board import Figure
    from assessments.figures.indicator import Indicator

_SIGNS = {">=": "≥", ">": ">", "<=": "≤"}


class Standing(StrEnum):
    """Where a figure stands against its target; `WAIT`: not met, and not due yet."""

    MET = "met"
    UNMET = "unmet"
    WAIT = "wait"
    NONE = "none"

    @property
    def words(self) -> str:
        """`met`, as inside a sentence."""
        return str(_WORDS[self])


_WORDS = {
    Standing.MET: _t("met"), Standing.UNMET: _t("not met"), Standing.WAIT: _t("not due yet"),
    Standing.NONE: _t("not judged"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Aim:
    """A target as one year is held against it; without a `value` nothing is judged.

    `due`: the year by whose end it must be met, None where every year is judged. Numerators that
    nobody knows are None; a `denominator` of None is that of a plain count.
    """

    comparison: str | None
    value: Decimal | None
    year: int
    due: int | None = None

    @property
    def missed(self) -> Standing:
        """How a figure stands that does not meet it."""
        return Standing.WAIT if self.due and self.year < self.due else Standing.UNMET

    def met(self, numerator: int | None, denominator: int | None) -> bool | None:
        if numerator is None:
            return None
        return arithmetic.is_met(numerator, denominator, self.comparison, self.value)

    def standing(self, numerator: int | None, denominator: int | None) -> Standing:
        met = self.met(numerator, denominator)
        if met is None:
            return Standing.NONE
        return Standing.MET if met else self.missed

    def short(self, numerator: int | None, denominator: int | None) -> int | None:
        """How many more would meet it with the same denominator, or how many are too many."""
        if numerator is None:
            return None
        return arithmetic.shortfall(numerator, denominator, self.comparison, self.value)

    def needed(self, denominator: int | None) -> int | None:
        """The numerator that meets it with this denominator."""
        if self.value is None or denominator == 0:
            return None
        return arithmetic.needed(denominator, self.comparison, self.value)

    @property
    def sign(self) -> str:
        """`≥`, `>`, `≤`, or `=` where none is allowed."""
        if self.value is None:
            return ""
        is_none = self.comparison == arithmetic.AT_MOST and not self.value
        return "=" if is_none else _SIGNS[self.comparison]

    def goal(self, unit: str = "%") -> str:
        """`≥ 50%`, `> 62,5%`; `unit` is empty for a count. Empty without a target."""
        return f"{self.sign} {plain(self.value)}{unit}" if self.sign else ""


def aim_of(rules: YearRules, indicator: "Indicator", year: int, *, of_unit: bool = False) -> Aim:
    """What an indicator is held against in a year; `of_unit`: a unit, which the targets of the
    province alone do not bind. What is counted over the term is due with its last year."""
    rule = rules.target(indicator.code)
    if rule is None:
        return Aim(None, None, year)
    is_over_term = Cause.TERM in indicator.broken_by
    due = rules.term.ends_on.year if is_over_term and rules.term else rule.due
    value = None if of_unit and rule.province_only else rule.value
    return Aim(rule.comparison, value, year, due)


class State(StrEnum):
    """How final the figures of a year are."""

    PROVISIONAL = "provisional"
    REOPENED = "reopened"
    REPORTED = "reported"
    REVISED = "revised"
    FINAL = "final"

    @property
    def is_provisional(self) -> bool:
        return self in (State.PROVISIONAL, State.REOPENED)


def state_of(year: RatingYear) -> State:
    """Provisional while the year is open; revised from its second closing or first supplement on."""
    if year.state == YearState.REPORTED:
        return State.REPORTED
    if year.is_open:
        return State.REOPENED if year.revision else State.PROVISIONAL
    return State.REVISED if year.revision > 1 else State.FINAL


class Cause(StrEnum):
    """What parts a year from the years before it."""

    SCHEME = "scheme_break"
    TREE = "tree_break"
    TERM = "term_over"


@dataclass(frozen=True, slots=True)
class Break:
    """`year` is not compared with the years before it; `why` in words."""

    year: int
    cause: Cause
    why: str


class Past:
    """Which years are compared with those before them, for the province or one unit.

    The scheme changed: the Board said why its figures are not compared, or its levels are others.
    The tree changed: most units are others; of a unit, its own kind, or it came with such a year.
    The same few statements for one year as for many.
    """

    def __init__(self, years: Iterable[RatingYear], unit_id: int | None = None):
        self.years = sorted(years, key=lambda year: year.pk)
        self.unit_id = unit_id

    @cached_property
    def breaks(self) -> list[Break]:
        """Of schemes and of the tree, the earliest first."""
        found, levels, units = [], self._levels(), self._units
        grassroots = self._years_as_grassroots() if self.unit_id else set()
        for before, now in pairwise(self.years):
            if why := _scheme_words(before, now, levels):
                found.append(Break(now.pk, Cause.SCHEME, why))
            old, new = (units.get(year.pk, set()) for year in (before, now))
            is_other = _is_other_tree(old, new)
            if self.unit_id in old & new:
                is_other = (before.pk in grassroots) != (now.pk in grassroots)
            if is_other:
                found.append(Break(now.pk, Cause.TREE, _("other units")))
        return found

    def of(self, indicator: "Indicator") -> list[Break]:
        """The breaks that part the figures of an indicator."""
        found = [cut for cut in self.breaks if cut.cause in indicator.broken_by]
        if Cause.TERM in indicator.broken_by and self._term:
            found.append(Break(self._term.ends_on.year + 1, Cause.TERM, _("the term is over")))
        return found

    def between(self, indicator: "Indicator", earlier: int, later: int) -> list[Break]:
        """What stands against comparing two years; empty where they are compared."""
        return [cut for cut in self.of(indicator) if earlier < cut.year <= later]

    def stands(self, year: int) -> bool:
        """Whether the unit was one in that year; of the province always."""
        return self.unit_id is None or self.unit_id in self._units.get(year, ())

    def years_apart(self) -> set[int]:
        """The years before which some figure is cut off."""
        return {cut.year for cut in self.breaks}

    def within(self, years: Iterable[RatingYear]) -> list[Break]:
        """The breaks between some of the years."""
        shown = sorted(year.pk for year in years)
        return [cut for cut in self.breaks if cut.year in shown[1:]]

    def _levels(self) -> dict[int, tuple]:
        rows = Level.objects.order_by("scheme", "subject", "rank")
        listed = groupby(rows.values_list("scheme_id", "subject", "code"), lambda row: row[0])
        return {scheme: tuple(row[1:] for row in group) for scheme, group in listed}

    @cached_property
    def _units(self) -> dict[int, set[int]]:
        """Year → its units."""
        found: dict[int, set[int]] = {}
        held = Submission.objects.filter(year__in=[year.pk for year in self.years]).order_by()
        for year, unit in held.values_list("year_id", "unit_id"):
            found.setdefault(year, set()).add(unit)
        return found

    def _years_as_grassroots(self) -> set[int]:
        """The years in which the unit was itself a grassroots organization."""
        own = OrganizationLine.objects.filter(organization=self.unit_id, kind=Kind.GRASSROOTS)
        return set(own.in_roster().values_list("year_id", flat=True))

    @cached_property
    def _term(self) -> Term | None:
        return Term.objects.filter(is_target_term=True).first()


def _scheme_words(before: RatingYear, now: RatingYear, levels: dict[int, tuple]) -> str:
    if now.scheme is None or now.scheme_id == before.scheme_id:
        return ""
    if now.scheme.break_note or before.scheme_id is None:
        return now.scheme.break_note
    is_other = levels.get(before.scheme_id) != levels.get(now.scheme_id)
    return _("other levels") if is_other else ""


def _is_other_tree(old: set[int], new: set[int]) -> bool:
    """Whether most units are others."""
    return bool(old and new) and 2 * len(old & new) < len(old | new)


def flags(figure: "Figure", past: Past) -> list[str]:
    """`provisional`, `revised`, `scheme_break`, `tree_break`, `partial`: what must be known before
    a figure is read beside others (INTERFACE)."""
    causes = {cut.cause for cut in past.of(figure.indicator) if cut.year == figure.year}
    held = {
        State.PROVISIONAL.value: figure.state.is_provisional,
        State.REVISED.value: figure.state == State.REVISED,
        Cause.SCHEME.value: Cause.SCHEME in causes,
        Cause.TREE.value: Cause.TREE in causes,
        "partial": figure.is_partial,
    }
    return [flag for flag, holds in held.items() if holds]

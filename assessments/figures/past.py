"""Whether a year is compared with earlier ones, and what parts them."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from itertools import groupby, pairwise

from django.utils.translation import gettext as _

from assessments.figures.indicator import Indicator
from assessments.roster.models.line import Kind
from assessments.roster.models.lines import OrganizationLine
from assessments.rules.models.schemes import Level
from assessments.rules.models.targets import Term
from assessments.rules.models.years import RatingYear, Submission


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

    def of(self, indicator: Indicator) -> list[Break]:
        """The breaks that part the figures of an indicator."""
        found = [cut for cut in self.breaks if cut.cause in indicator.broken_by]
        if Cause.TERM in indicator.broken_by:
            found += self._of_terms(of_current=indicator.counted.of_current)
        return found

    def _of_terms(self, *, of_current: bool) -> Iterator[Break]:
        """The years after the end of the resolution's term, or those in which another one is the current."""
        for term in self._terms:
            if of_current:
                yield Break(term.starts_on.year, Cause.TERM, _("a new term"))
            elif term.is_target_term:
                yield Break(term.ends_on.year + 1, Cause.TERM, _("the term is over"))

    def between(self, indicator: Indicator, earlier: int, later: int) -> list[Break]:
        """What stands against comparing two years; empty where they are compared."""
        return [cut for cut in self.of(indicator) if earlier < cut.year <= later]

    def stands(self, year: int) -> bool:
        """Whether the unit was one in that year; of the province always."""
        return self.unit_id is None or self.unit_id in self._units.get(year, ())

    def units_of_one(self, earlier: int, later: int) -> frozenset[int]:
        """The units of one of two years only."""
        return frozenset(self._units.get(earlier, set()) ^ self._units.get(later, set()))

    def units_of_other_kind(self, earlier: int, later: int) -> frozenset[int]:
        """The units that were themselves grassroots organizations in one of two years only."""
        old, new = (self._units.get(year, set()) for year in (earlier, later))
        own = OrganizationLine.objects.filter(organization__in=old | new, year__in=(earlier, later))
        grassroots = own.filter(kind=Kind.GRASSROOTS).in_roster().order_by()
        found = Counter(grassroots.values_list("organization_id", flat=True))
        return frozenset(unit for unit in old & new if found[unit] == 1)

    def years_apart(self) -> set[int]:
        """The years before which some figure is cut off."""
        return {cut.year for cut in self.breaks}

    def within(self, years: Iterable[RatingYear]) -> list[Break]:
        """The breaks between some of the years."""
        shown = sorted(year.pk for year in years)
        return [cut for cut in self.breaks if cut.year in shown[1:]]

    def _levels(self) -> dict[int | None, tuple]:
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
    def _terms(self) -> list[Term]:
        return list(Term.objects.all())


def _scheme_words(before: RatingYear, now: RatingYear, levels: dict[int | None, tuple]) -> str:
    if now.scheme is None or now.scheme_id == before.scheme_id:
        return ""
    if now.scheme.break_note or before.scheme_id is None:
        return now.scheme.break_note
    is_other = levels.get(before.scheme_id) != levels.get(now.scheme_id)
    return _("other levels") if is_other else ""


def _is_other_tree(old: set[int], new: set[int]) -> bool:
    """Whether most units are others."""
    return bool(old and new) and 2 * len(old & new) < len(old | new)

"""Whether a year is compared with earlier ones, and what parts them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from itertools import groupby, pairwise

from django.utils.translation import gettext as _

from assessments.figures.indicator import Indicator
from assessments.figures.trees import TreeChange, Trees
from assessments.figures.village_mergers import Merged, VillageMergers
from assessments.roster.models.tallies import Subject
from assessments.rules.models.schemes import Level
from assessments.rules.models.targets import Term
from assessments.rules.models.years import RatingYear


class Cause(StrEnum):
    """What parts a year from the years before it. `TREE`: other organizations are rated; `PLACE`: its
    persons and villages are others too; `RULE`: the Board made another thing of a count."""

    SCHEME = "scheme_break"
    TREE = "tree_break"
    PLACE = "place_break"
    TERM = "term_over"
    RULE = "another_rule"


@dataclass(frozen=True, slots=True)
class Break:
    """`year` is not compared with the years before it; `why` in words; `kinds`: the organizations that the
    tree alone made others."""

    year: int
    cause: Cause
    why: str
    kinds: frozenset[str] = frozenset()

    def parts(self, indicator: Indicator) -> bool:
        """Whether it parts the figures of an indicator."""
        is_of_kind = self.cause != Cause.TREE or indicator.subject in self.kinds
        return self.cause in indicator.broken_by and is_of_kind


class Past:
    """Which years are compared with those before them, for the province or one unit.

    The scheme changed: the Board said why its figures are not compared, or its levels are others. The tree
    changed: assessments/figures/trees.py. The same few statements for one year as for many.
    """

    def __init__(self, years: Iterable[RatingYear], unit_id: int | None = None, *, is_restated: bool = False):
        """`is_restated`: the years are summed by the units of today, so that only what became of another kind
        parts them."""
        self.is_restated = is_restated
        self.years = sorted(years, key=lambda year: year.pk)
        self.unit_id = unit_id
        self._trees = Trees(self.years, unit_id)
        self._cuts_of_units: dict[tuple[int, int], dict[int, Break]] = {}

    @cached_property
    def breaks(self) -> list[Break]:
        """Of schemes and of the tree, the earliest first."""
        found, levels = [], self._levels()
        for before, now in pairwise(self.years):
            if why := _scheme_words(before, now, levels):
                found.append(Break(now.pk, Cause.SCHEME, why))
            if change := self._tree_change(before.pk, now.pk):
                found.append(_cut(now.pk, change))
        return found

    def _tree_change(self, before: int, now: int) -> TreeChange | None:
        if self.is_restated:
            return self._change_of_kinds(before, now)
        if self.unit_id is None:
            return self._trees.of_province(before, now)
        return self._trees.of_unit(self.unit_id, before, now)

    def _change_of_kinds(self, before: int, now: int) -> TreeChange | None:
        """What the whole tree changed of kinds; nothing of a unit that stood in both years unchanged."""
        units = self._trees.units
        stood = all(self.unit_id in units.get(year, ()) for year in (before, now))
        if self.unit_id and stood and self._trees.of_unit(self.unit_id, before, now) is None:
            return None
        change = self._whole.of_province(before, now)
        return change if change and not change.of_place else None

    @cached_property
    def _whole(self) -> Trees:
        return self._trees if self.unit_id is None else Trees(self.years)

    def of(self, indicator: Indicator) -> list[Break]:
        """The breaks that part the figures of an indicator."""
        found = [cut for cut in self.breaks if cut.parts(indicator)]
        if Cause.TERM in indicator.broken_by:
            found += self._of_terms(of_current=indicator.counted.of_current)
        redefined = indicator.counted.redefined
        return found + [
            Break(year, Cause.RULE, _("it counts another thing than before")) for year in redefined
        ]

    @cached_property
    def mergers(self) -> list[Merged]:
        """In which of the years villages were merged."""
        return VillageMergers((year.pk for year in self.years), self.unit_id).of_years

    def mergers_until(self, year: int) -> list[Merged]:
        return [one for one in self.mergers if one.year <= year]

    def mergers_of(self, indicator: Indicator) -> list[int]:
        """The years in which merged villages changed what an indicator counts."""
        is_of_villages = indicator.subject in (Subject.VILLAGE, Subject.HEAD)
        return [one.year for one in self.mergers] if is_of_villages else []

    def _of_terms(self, *, of_current: bool) -> Iterator[Break]:
        """The years after the end of the resolution's term, or those in which another one is the current."""
        for term in self._terms:
            if of_current:
                yield Break(term.starts_on.year, Cause.TERM, _("a new term"))
            elif term.is_target_term:
                yield Break(term.ends_on.year + 1, Cause.TERM, _("the term is over"))

    def cuts(self, indicator: Indicator, year: int, unit_id: int | None) -> list[Break]:
        """What parts the figure of a year from the year before, of the own place or of one of its units."""
        found = [cut for cut in self.of(indicator) if cut.year == year]
        if unit_id == self.unit_id or unit_id is None:
            return found
        cut = self._of_units(year).get(unit_id)
        own = [cut] if cut and cut.parts(indicator) else []
        of_all = {Cause.SCHEME, Cause.TERM, *([Cause.TREE] if self.is_restated else [])}
        return [cut for cut in found if cut.cause in of_all] + own

    def _of_units(self, year: int) -> dict[int, Break]:
        if self.is_restated:
            return {}
        return self.of_units(max((one.pk for one in self.years if one.pk < year), default=year - 1), year)

    def between(self, indicator: Indicator, earlier: int, later: int) -> list[Break]:
        """What stands against comparing two years; empty where they are compared."""
        return [cut for cut in self.of(indicator) if earlier < cut.year <= later]

    def stands(self, year: int) -> bool:
        """Whether the unit was one in that year; of the province always."""
        return self.unit_id is None or self.unit_id in self._trees.units.get(year, ())

    def of_units(self, earlier: int, later: int) -> dict[int, Break]:
        """Unit → what the tree changed of it from one year to the next, where something did."""
        if (earlier, later) not in self._cuts_of_units:
            both = [year for year in self.years if year.pk in (earlier, later)]
            changed = Trees(both, self.unit_id).of_units(earlier, later)
            cuts = {unit: _cut(later, change) for unit, change in changed.items()}
            self._cuts_of_units[earlier, later] = cuts
        return self._cuts_of_units[earlier, later]

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
    def _terms(self) -> list[Term]:
        return list(Term.objects.all())


def _scheme_words(before: RatingYear, now: RatingYear, levels: dict[int | None, tuple]) -> str:
    if now.scheme is None or now.scheme_id == before.scheme_id:
        return ""
    if now.scheme.break_note or before.scheme_id is None:
        return now.scheme.break_note
    is_other = levels.get(before.scheme_id) != levels.get(now.scheme_id)
    return _("other levels") if is_other else ""


def _cut(year: int, change: TreeChange) -> Break:
    return Break(year, Cause.PLACE if change.of_place else Cause.TREE, change.why, change.kinds)

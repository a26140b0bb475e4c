"""The page of self-rated levels against decided ones: a matrix, three years, each unit, an opened cell."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from django.http import Http404, QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _t

from accounts.permissions import Permission, may, require
from assessments.figures.judged.crossing import HIGHER, LOWER, NONE, SAME, Crossing, Pair, count, decided_of
from assessments.figures.judged.table import Table, lines_behind
from assessments.figures.names import lines as names
from assessments.figures.past import Past
from assessments.figures.place import Place
from assessments.roster.models.tallies import RATED, Subject
from assessments.rules.models.years import RatingYear
from assessments.rules.of_year import rules_of_years
from assessments.rules.year_rules import LevelRule
from resolution03.lib.figures import number
from resolution03.lib.paging import numbered

PAGE, SPAN = 25, 3
NAME = "self_rated"
SUBJECTS = tuple(RATED)
_HEADINGS = {
    Subject.GRASSROOTS: _t("Grassroots organizations"),
    Subject.AFFILIATED: _t("Affiliated organizations"),
    Subject.MEMBER: _t("Members"),
}
_FOUND = {
    Subject.MEMBER: _t("%(same)s members keep their level, %(lower)s lower, %(higher)s higher"),
}
_FOUND_OF_BODIES = _t("%(same)s organizations keep their level, %(lower)s lower, %(higher)s higher")
_WAYS = {SAME: _t("as self-rated"), LOWER: _t("lower than self-rated"), HIGHER: _t("higher than self-rated")}


@dataclass(frozen=True, slots=True)
class Cell:
    """How many lines have a pair; `way` of SAME, LOWER, HIGHER or empty; `url` opens its list."""

    count: int
    way: str
    words: str
    url: str
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """The lines of one self-rated level; `level` None: of those without one."""

    level: LevelRule | None
    cells: tuple[Cell, ...]
    decided: int
    undecided: Cell


@dataclass(frozen=True, slots=True)
class Matrix:
    """One place in one year; `lines` of each level and last of those without one."""

    year: RatingYear
    name: str
    url: str
    crossing: Crossing
    lines: tuple[Line, ...]

    @property
    def is_old(self) -> bool:
        return len(self.crossing.levels) != 4

    @property
    def document(self) -> str:
        """The number of the document of its levels."""
        return str(self.year.scheme.document).partition(",")[0] if self.year.scheme else ""

    @property
    def decided(self) -> list[int]:
        return [self.crossing.sum(decided=level.code) for level in self.crossing.levels]

    @property
    def by_level(self) -> tuple[Line, ...]:
        return self.lines[:-1]


class Page:
    """What is asked of a year: a subject, the province or a unit, a pair of levels. 404 outside the scope
    and for what is no level of the year, 403 where a list would name persons."""

    def __init__(self, user, asked: QueryDict, year: int, unit: str = ""):
        self.user, self.asked, self.at = user, asked, Place(user, year, unit, NAME)
        self.years, self.year, self.submissions = self.at.years, self.at.year, self.at.submissions
        self.unit, self.unit_id, self.place = self.at.unit, self.at.unit_id, self.at.title
        if asked.get("subject", SUBJECTS[0]) not in SUBJECTS:
            raise Http404
        self.subject = Subject(asked.get("subject", SUBJECTS[0]))
        self.names_persons = may(user, Permission.VIEW_PERSONS)
        self.pair = self._pair()

    @property
    def moved_to(self) -> str:
        """One who may not open every unit's rows is taken to the own unit's."""
        own = self.at.own
        return self.address(self.year.pk, own.code, self.pair) if own else ""

    def address(self, year: int, unit: str = "", pair: Pair | None = None) -> str:
        asked = {} if self.subject == SUBJECTS[0] else {"subject": self.subject.value}
        if pair:
            asked |= {"self": pair[0], "decided": pair[1]}
        query = f"?{urlencode(asked)}" if asked else ""
        return f"{self.at.address(year, unit)}{query}{'#list' if pair else ''}"

    def _pair(self) -> Pair | None:
        if "self" not in self.asked and "decided" not in self.asked:
            return None
        pair = self.asked.get("self", ""), self.asked.get("decided", "")
        known = {level.code for level in self._rules[self.year.pk].levels_of(self.subject.levels)}
        if not set(pair) <= known | {NONE}:
            raise Http404
        if self.subject == Subject.MEMBER:
            require(self.user, Permission.VIEW_PERSONS)
        return pair

    @cached_property
    def span(self) -> list[RatingYear]:
        """The year and the two before it, as far as they are there; the latest first."""
        return [year for year in reversed(self.years) if self.year.pk - SPAN < year.pk <= self.year.pk]

    @cached_property
    def _rules(self):
        return rules_of_years(self.span)

    @cached_property
    def _counted(self):
        return count(self.user, self.subject, self.span, self.unit_id)

    def crossing(self, year: RatingYear, unit_id: int | None = None) -> Crossing:
        levels = tuple(self._rules[year.pk].levels_of(self.subject.levels))
        return Crossing(levels, self._counted.get((year.pk, unit_id), {}))

    @cached_property
    def main(self) -> Matrix:
        return self._matrix(self.year, "", self.unit.code if self.unit else "", self.unit_id)

    def former(self) -> list[Matrix]:
        code = self.unit.code if self.unit else ""
        found = [self._matrix(year, "", code, self.unit_id) for year in self.span[1:]]
        return [one for one in found if one.crossing.total]

    def by_unit(self) -> list[Matrix]:
        """Each unit that has such lines, in the Board's order; none on the page of a unit."""
        if self.unit:
            return []
        found = [self._matrix(self.year, held.name, held.code, held.unit_id) for held in self.submissions]
        return [one for one in found if one.crossing.total]

    def _matrix(self, year: RatingYear, name: str, code: str, unit_id: int | None) -> Matrix:
        crossing = self.crossing(year, unit_id)
        levels = [*crossing.levels, None]
        return Matrix(
            year, name, self.address(year.pk, code), crossing,
            tuple(self._line(crossing, level, year, code) for level in levels),
        )  # fmt: skip

    def _line(self, crossing: Crossing, level, year: RatingYear, code: str) -> Line:
        own = level.code if level else NONE
        cells = tuple(self._cell(crossing, (own, one.code), year, code) for one in crossing.levels)
        undecided = self._cell(crossing, (own, NONE), year, code)
        return Line(level, cells, sum(cell.count for cell in cells), undecided)

    def _cell(self, crossing: Crossing, pair: Pair, year: RatingYear, code: str) -> Cell:
        amount, way = crossing.counts.get(pair, 0), crossing.way(pair)
        opens = amount and (self.subject != Subject.MEMBER or self.names_persons)
        words = _("self-rated %(own)s, decided %(decided)s: %(n)s") % {
            "own": _called(pair[0]), "decided": _called(pair[1]), "n": number(amount),
        }  # fmt: skip
        here = year == self.year and code == (self.unit.code if self.unit else "")
        return Cell(
            amount, way, f"{words}, {_WAYS[way]}" if way else words,
            self.address(year.pk, code, pair) if opens else "", here and pair == self.pair,
        )  # fmt: skip

    @property
    def title(self) -> str:
        crossing = self.main.crossing
        found = str(_FOUND.get(self.subject, _FOUND_OF_BODIES))
        return found % {
            "same": number(crossing.same), "lower": number(crossing.lower), "higher": number(crossing.higher),
        }  # fmt: skip

    def tabs(self) -> Iterator[dict]:
        counts = decided_of(self.user, SUBJECTS, self.year, self.unit_id)
        for subject, amount in zip(SUBJECTS, counts, strict=True):
            url = "?" if subject == SUBJECTS[0] else f"?subject={subject.value}"
            yield {
                "label": _HEADINGS[subject], "count": amount, "url": url, "is_open": subject == self.subject,
            }  # fmt: skip

    def breaks(self) -> list:
        """What parts the years that stand side by side."""
        past = Past(self.years, self.unit_id)
        return past.within(reversed(self.span))

    # The list of an opened cell.

    @cached_property
    def before(self) -> RatingYear | None:
        return next((one for one in self.span if one.pk == self.year.pk - 1), None)

    @property
    def lines(self):
        """The lines of the opened pair; 404 where none is opened."""
        if self.pair is None:
            raise Http404
        found = lines_behind(self.user, self.subject, self.year, self.unit_id, self.pair)
        return names.in_order(found, self.subject, within_unit=self.unit is not None)

    @property
    def table(self) -> Table:
        if self.pair is None:
            raise Http404
        units = {held.unit_id: held for held in self.submissions}
        crossing, before = self.main.crossing, self.before.pk if self.before else None
        return Table(self.subject, crossing, self.pair, units, before=before, all_units=self.unit is None)

    @property
    def amount(self) -> int:
        return self.main.crossing.counts.get(self.pair, 0) if self.pair else 0

    @property
    def list_title(self) -> str:
        own, decided = map(_called, self.pair or (NONE, NONE))
        return _("self-rated %(own)s, decided %(decided)s") % {"own": own, "decided": decided}

    def opened(self) -> dict:
        """The page of the list that is asked for; empty where no cell is opened."""
        if self.pair is None:
            return {}
        page = numbered(self.lines, self.asked.get("page"), PAGE, count=self.amount)
        shown = names.loaded(self.lines, self.subject, max(page.start_index() - 1, 0), page.end_index())
        past = names.lines_before(self.user, self.before, self.subject, shown)
        table = self.table
        return {"page": page, "table": table, "table_rows": table.rows(shown, past)}


def _called(code: str) -> str:
    return _("none given") if code == NONE else code


def rows_of(page: Page) -> Iterable[dict]:
    """All matrices of a page as the rows of a workbook: a row a place, year and self-rated level."""
    for matrix in (page.main, *page.by_unit(), *page.former()):
        for line in matrix.lines:
            counts = [cell.count for cell in line.cells]
            codes = [level.code for level in matrix.crossing.levels]
            yield {
                "year": matrix.year.pk,
                "place": matrix.name or page.place,
                "self": line.level.code if line.level else _("not self-rated"),
                "cells": dict(zip(codes, counts, strict=True)),
                "decided": line.decided,
                "undecided": line.undecided.count,
            }

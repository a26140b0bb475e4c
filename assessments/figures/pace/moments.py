"""How far admissions and village heads were on a day of a year, by unit."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from assessments.figures.board import Board
from assessments.figures.indicators import HEADS
from assessments.figures.overview import terms
from assessments.roster import on_day
from assessments.roster.on_day import ByUnit
from assessments.roster.tree import Branches, Tree
from assessments.rules.models.years import RatingYear
from assessments.rules.target_rules import TermRule
from resolution03.lib.dates import year_end


@dataclass(frozen=True)
class Moment:
    """`by_registers`: a closed year, of which only the registers of today know that day. `in_term` is None
    before the term's first day."""

    day: date
    by_registers: bool
    in_year: ByUnit
    in_term: ByUnit | None
    posts: ByUnit
    members: ByUnit


def moment(board: Board, day: date, term: TermRule | None, branches: Branches, units: list[int]) -> Moment:
    """The last day of a year by its list, another day by the registers; nine statements at most."""
    year = board.years.get(day.year)
    if year is not None and day == year_end(day.year):
        return _by_list(board, year, term, units)
    tree = Tree(day, branches)
    posts, members = on_day.heads(tree)
    in_year = on_day.admissions(date(day.year, 1, 1), day, tree)
    has_begun = term is not None and term.starts_on <= day
    in_term = on_day.admissions(term.starts_on, min(day, term.ends_on), tree) if term and has_begun else None
    return Moment(day, not (year and year.is_open), in_year, in_term, posts, members)


def _by_list(board: Board, year: RatingYear, term: TermRule | None, units: list[int]) -> Moment:
    told = {unit: terms.count(board, year.pk, term, unit) if term else None for unit in units}
    in_term: ByUnit = Counter({unit: count for unit, count in told.items() if count is not None})
    figures = {unit: board.figure(HEADS.code, year.pk, unit) for unit in units}
    return Moment(
        day=year_end(year.pk),
        by_registers=False,
        in_year=on_day.listed_admissions(year.pk),
        in_term=in_term if None not in told.values() else None,
        posts=Counter({unit: figure.denominator or 0 for unit, figure in figures.items()}),
        members=Counter({unit: figure.numerator or 0 for unit, figure in figures.items()}),
    )

"""Admissions term by term: a panel, a line each in the chart, a row each in the table of the numbers."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain

from django.utils.translation import gettext as _

from assessments.figures import charts
from assessments.figures.board import Board
from assessments.figures.flags import Flag, brief, flags_of, told
from assessments.figures.indicators import ADMISSIONS, CURRENT, in_rows
from assessments.figures.judge import Aim, Standing, State, aim_by, state_of
from assessments.figures.overview import history
from assessments.figures.overview.history import Chart, Shown, TableRow
from assessments.figures.past import Past
from assessments.figures.series import Point, Series, Target, series
from assessments.figures.words import counted
from assessments.roster.models.tallies import Subject
from assessments.rules.models.target_sets import TargetScope
from assessments.rules.models.years import RatingYear
from assessments.rules.target_rules import TargetRule, TermRule
from assessments.rules.year_rules import TermsFrom, YearRules
from members.models import Member
from resolution03.lib.dates import year_end
from resolution03.lib.figures import number, plain


@dataclass(frozen=True, slots=True)
class TermRow:
    """One term up to the end of a year. `have` is None where nothing is known of it; `mark`: whence the
    number comes, where not from the year's own list; `days`: from when, and to when once it is over."""

    name: str
    days: str
    is_current: bool
    have: int | None
    aim: Aim
    document: str
    mark: str

    @property
    def sign(self) -> str:
        return self.aim.goal("")

    @property
    def needed(self) -> int | None:
        return self.aim.needed(None)

    @property
    def standing(self) -> Standing:
        return self.aim.standing(self.have, None)

    @property
    def verdict(self) -> str:
        """Met or not, and by how many: `met, 120 to spare`."""
        if self.standing == Standing.NONE or self.have is None:
            return _("no target set") if not self.aim.sign else _("not judged")
        amount = counted("person", self.aim.short(self.have, None) or self.have - (self.needed or 0))
        if self.standing == Standing.MET:
            return _("met, %(amount)s to spare") % {"amount": amount}
        return _("%(standing)s, short by %(amount)s") % {"standing": self.standing.words, "amount": amount}


def rows(board: Board, year: RatingYear, unit_id: int | None = None) -> list[TermRow]:
    """The terms that have begun by the end of the year, the earliest first."""
    rules = board.rules[year.pk]
    begun = [term for term in _terms(rules) if term.starts_on <= year_end(year.pk)]
    return [_row(board, year.pk, term, unit_id) for term in begun]


def _terms(rules: YearRules) -> list[TermRule]:
    """Years closed before terms were data know the resolution's alone."""
    return list(rules.terms) or ([rules.term] if rules.term else [])


def _row(board: Board, year: int, term: TermRule, unit_id: int | None) -> TermRow:
    last = min(year, term.ends_on.year)
    have, mark = _counted(board, last, term, unit_id)
    aim, rule = target_of(board.rules.get(last) or board.rules[year], term, last, unit_id)
    first, until = f"{term.starts_on:%d/%m/%Y}", f"{term.ends_on:%d/%m/%Y}"
    is_over = term.ends_on <= year_end(year)
    days = f"{first}–{until}" if is_over else _("from %(day)s") % {"day": first}
    document = "" if rule is None else ", ".join(filter(None, (rule.document, rule.article)))
    return TermRow(term.name, days, not is_over, have, aim, document, mark)


def _counted(board: Board, last: int, term: TermRule, unit_id: int | None) -> tuple[int | None, str]:
    """How many were admitted, and whence the number comes."""
    found = count(board, last, term, unit_id)
    if found is not None:
        return found, _mark(board.rules[last])
    if unit_id is not None:
        return None, ""
    days = (term.starts_on, min(term.ends_on, year_end(last)))
    members = Member.objects.filter(admitted_outside=False, admitted_on__range=days)
    return members.count(), _("by the registers of today")


def _mark(rules: YearRules) -> str:
    words = {
        TermsFrom.LISTS: _("by the lists of the closed years"),
        TermsFrom.REGISTERS: _("partly by the registers of today"),
    }
    return str(words.get(TermsFrom(rules.terms_from), "")) if rules.terms_from else ""


def count(board: Board, year: int, term: TermRule, unit_id: int | None) -> int | None:
    """What the list of a year says of a term; None where it says nothing."""
    rules = board.rules.get(year)
    if rules is None or state_of(board.years[year]) == State.REPORTED:
        return None
    key = _key(rules, year, term)
    counts = board.counts.get((year, unit_id), {})
    return counts.get((Subject.ADMISSION, key), 0) if key else None


def _key(rules: YearRules, year: int, term: TermRule) -> str:
    """Under which key the tallies of a year have the term."""
    told = {"current": rules.current_term(year), "ended": rules.ended_term(year), "term": rules.term}
    same = (key for key, one in told.items() if one and one.starts_on == term.starts_on)
    return next(same, "")


def target_of(
    rules: YearRules, term: TermRule, last: int, unit_id: int | None
) -> tuple[Aim, TargetRule | None]:
    """The resolution's for its own term; else of the first set that has one due with the term."""
    is_own = rules.term is not None and rules.term.starts_on == term.starts_on
    code = ADMISSIONS.code if is_own else CURRENT.code
    for one in rules.sets:
        rule = one.of(code, TargetScope.PROVINCE, TargetScope.UNITS)
        aim = aim_by(rule, last, term, unit_id)
        if aim.value is not None:
            return aim, rule
    return Aim(None, None, last), None


def multiples(
    board: Board, years: list[RatingYear], selected: int, past: Past, unit_id: int | None = None
) -> list[Chart]:
    """The charts of the overview, that of the admissions with a line a term."""
    found = history.small_multiples(board, years, selected, past, unit_id)
    own = in_chart(board, years, selected, past, unit_id) if found else None
    place = in_rows().index(ADMISSIONS)
    return [*found[:place], own, *found[place + 1 :]] if own else found


def table(board: Board, years: list[RatingYear], past: Past, unit_id: int | None = None) -> list[TableRow]:
    """The same figures as numbers, with a row a term."""
    found = history.table(board, years, past, unit_id)
    own = in_table(board, years, past, unit_id)
    place = in_rows().index(ADMISSIONS)
    return [*found[:place], *own, *found[place + 1 :]] if own else found


def in_chart(
    board: Board, years: list[RatingYear], selected: int, past: Past, unit_id: int | None
) -> Chart | None:
    """A line a term over the years; None where no term has a day in them."""
    lines, flags = _lines(board, years, unit_id), _flags(board, years, past, unit_id)
    if not lines:
        return None
    targets = [_target_line(board, term, points, unit_id) for term, points in lines]
    drawn = [one for one in targets if one]
    highest = max([p.value or 0 for _t, points in lines for p in points] + [t.value for t in drawn])
    scale = charts.round_up(max(int(highest), 20))
    span = f"{years[0].pk}–{years[-1].pk}"
    name = _("Admissions, a line a term")
    return Chart(
        name=name,
        rule=", ".join(_rules(board, lines, unit_id)),
        label=_("%(name)s, %(span)s; the numbers stand in the table") % {"name": name, "span": span},
        series=_merged(
            [[_marked(point, flags) for point in points] for _term, points in lines], scale, drawn, selected
        ),
        flags=tuple(told(flags.values())),
    )


def _flags(board: Board, years: list[RatingYear], past: Past, unit_id: int | None) -> dict[int, list[Flag]]:
    """Year → what must be known of the admissions counted in it."""
    return {year.pk: flags_of(board.figure(CURRENT.code, year.pk, unit_id), past) for year in years}


def _marked(point: Point, flags: dict[int, list[Flag]]) -> Point:
    return point if point.value is None else point._replace(mark=brief(flags[point.year]))


def _merged(lines: list[list[Point]], scale: int, targets: list[Target], selected: int) -> Series:
    """The lines in one picture."""
    made = [
        series(points, scale=scale, scale_label=number(scale), targets=targets, selected=selected)
        for points in lines
    ]
    return replace(
        made[0],
        lines=tuple(chain.from_iterable(one.lines for one in made)),
        dots=tuple(chain.from_iterable(one.dots for one in made)),
        texts=tuple(dict.fromkeys(chain.from_iterable(one.texts for one in made))),
    )


def _lines(board: Board, years: list[RatingYear], unit_id: int | None) -> list[tuple[TermRule, list[Point]]]:
    terms: dict[date, TermRule] = {}
    for year in years:
        terms |= {term.starts_on: term for term in _terms(board.rules[year.pk])}
    found = [(term, list(_points(board, years, term, unit_id))) for _first, term in sorted(terms.items())]
    return [(term, points) for term, points in found if any(p.value is not None for p in points)]


def _points(
    board: Board, years: Iterable[RatingYear], term: TermRule, unit_id: int | None
) -> Iterator[Point]:
    """A point in each year that has a day of the term; it is judged in the last of them."""
    for year in years:
        holds = term.starts_on.year <= year.pk <= term.ends_on.year
        have = count(board, year.pk, term, unit_id) if holds else None
        aim, _rule = target_of(board.rules[year.pk], term, year.pk, unit_id)
        standing = aim.standing(have, None)
        state = standing if standing in (Standing.MET, Standing.UNMET) else ""
        yield Point(year.pk, have, "" if have is None else number(have), state)


def _rules(board: Board, lines: list[tuple[TermRule, list[Point]]], unit_id: int | None) -> Iterator[str]:
    """The targets of the terms shown: `> 5.000 (2015-2020)`."""
    for term, points in lines:
        last = max(point.year for point in points if point.value is not None)
        aim, _rule = target_of(board.rules[last], term, last, unit_id)
        if aim.sign:
            yield f"{aim.goal('')} ({term.name})"


def _target_line(board: Board, term: TermRule, points: list[Point], unit_id: int | None) -> Target | None:
    held = [point.year for point in points if point.value is not None]
    aim, _rule = target_of(board.rules[held[-1]], term, held[-1], unit_id)
    return None if aim.value is None else Target(held[0], held[-1], float(aim.value), plain(aim.value))


def in_table(board: Board, years: list[RatingYear], past: Past, unit_id: int | None) -> list[TableRow]:
    """A row a term, empty in the years outside it."""
    flags = _flags(board, years, past, unit_id)
    return [
        TableRow(
            _("Admissions, term %(name)s") % {"name": term.name},
            tuple(_cell(board, point, term, unit_id, tuple(flags[point.year])) for point in points),
        )
        for term, points in _lines(board, years, unit_id)
    ]


def _cell(board: Board, point: Point, term: TermRule, unit_id: int | None, flags: tuple[Flag, ...]) -> Shown:
    aim, _rule = target_of(board.rules[point.year], term, point.year, unit_id)
    have = None if point.value is None else int(point.value)
    standing = aim.standing(have, None)
    short = aim.short(have, None) if standing == Standing.UNMET else None
    gap = "" if not short else _("short by %(amount)s") % {"amount": number(short)}
    sign = aim.goal("")
    if have is None:
        return Shown("", "", "", standing, gap, False, "", False)
    return Shown(number(have), "", sign, standing, gap, False, "", False, flags)

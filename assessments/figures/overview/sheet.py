"""The target sheet: one row a target, and the sentence that heads the page."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.figures import caps, charts
from assessments.figures.board import Board
from assessments.figures.figure import Figure
from assessments.figures.flags import Flag, flags_of
from assessments.figures.indicator import Indicator, Words
from assessments.figures.indicators import beside as told_beside
from assessments.figures.indicators import rows_of
from assessments.figures.judge import Standing, aim_of
from assessments.figures.overview.since import Change, Since, told
from assessments.figures.past import Past
from assessments.figures.words import fraction, gap, of_quota, partly, rule_sign, value
from assessments.roster.models.tallies import Subject
from assessments.rules.year_rules import TermRule
from resolution03.lib.figures import number, percentage, plain

Address = Callable[[Figure, str], str]
"""The page that lists a part of a figure."""
WIDE, NARROW = 166, 130
"""The bar of a row, and beside what changed since last year."""


@dataclass(frozen=True)
class Beside:
    """The same figure by another reading."""

    reading: str
    value: str
    standing: Standing

    @property
    def verdict(self) -> str:
        return "" if self.standing == Standing.NONE else self.standing.words

    @property
    def judged(self) -> str:
        """The value with its verdict: `49,92%, not met`."""
        return f"{self.value}, {self.verdict}" if self.verdict else self.value


@dataclass(frozen=True)
class Row:
    """One target and where the province, or one unit, stands."""

    place: int
    figure: Figure
    address: Address
    past: Past
    beside: tuple[Figure, ...] = ()
    province: Figure | None = None
    later: tuple[charts.Milestone, ...] = ()
    change: Change | None = None
    room: caps.Room | None = None

    @cached_property
    def flags(self) -> list[Flag]:
        """What must be known of it before it is read beside others."""
        return flags_of(self.figure, self.past) if self.figure.is_told else []

    @cached_property
    def words(self) -> Words:
        return self.figure.indicator.words

    @cached_property
    def standing(self) -> Standing:
        return self.figure.standing

    @cached_property
    def term(self) -> TermRule | None:
        """The current term, in its own row."""
        counted, figure = self.figure.indicator.counted, self.figure
        return counted.term_of(figure.rules, figure.year) if counted.of_current else None

    @cached_property
    def name(self) -> str:
        if self.term:
            return _("Admissions, term %(name)s") % {"name": self.term.name}
        return str(self.words.name)

    @cached_property
    def rule(self) -> str:
        """What stands under the name where no target is set."""
        if self.term:
            first = f"{self.term.starts_on:%d/%m/%Y}"
            return _("from %(day)s; no document yet") % {"day": first}
        return _("no target")

    @cached_property
    def verdict(self) -> str:
        if self.term and not self.sign and self.figure.unit_id is None:
            return _("No target set for the new term")
        return capfirst(self.standing.words)

    @cached_property
    def sign(self) -> str:
        return rule_sign(self.figure)

    @cached_property
    def base(self) -> str:
        """What follows the target, with the year by which it is due."""
        due = self.figure.aim.due
        words = _("quota assigned") if self.figure.is_quota else str(self.words.base)
        return _("%(rule)s, by %(year)s") % {"rule": words, "year": due} if due else words

    @cached_property
    def joint(self) -> str:
        """Between the target and its base."""
        return ", " if self._is_limited else " "

    @cached_property
    def value(self) -> str:
        return value(self.figure)

    @cached_property
    def have(self) -> str:
        known = self.figure.numerator is not None
        return _("have %(n)s") % {"n": number(self.figure.numerator)} if known else ""

    @cached_property
    def fraction(self) -> str:
        """Numerator and base under the value."""
        figure = self.figure
        if figure.numerator is None:
            return _("not reported")
        if figure.denominator is not None:
            return fraction(figure.numerator, figure.denominator)
        if figure.indicator.subject == Subject.VILLAGE:
            villages = figure.counts.get((figure.indicator.subject, "total"), 0)
            return _("of %(n)s villages") % {"n": number(villages)}
        term = figure.indicator.counted.term_of(figure.rules, figure.year)
        day = min(term.ends_on, term.ends_on.replace(figure.year, 12, 31)) if term else None
        return _("until %(day)s") % {"day": f"{day:%d/%m/%Y}"} if day else ""

    @property
    def partly(self) -> str:
        return partly(self.figure)

    @property
    def reported(self) -> str:
        """That the figure rests on reported totals, wholly or in part."""
        figure = self.figure
        return _("reported totals") if figure.is_reported and figure.numerator is not None else ""

    @cached_property
    def province_value(self) -> str:
        """The whole province's figure, beside a unit's."""
        figure = self.province
        if figure is None:
            return ""
        if figure.numerator is None or figure.denominator is None:
            return value(figure)
        return f"{value(figure)} ({fraction(figure.numerator, figure.denominator)})"

    @cached_property
    def province_words(self) -> str:
        return _("whole province %(value)s") % {"value": self.province_value} if self.province else ""

    @property
    def _is_limited(self) -> bool:
        return self.figure.indicator.counted.is_limited

    @cached_property
    def needed(self) -> str:
        return "–" if self.figure.needed is None else number(self.figure.needed)

    @cached_property
    def gap(self) -> str:
        return "; ".join(part for part in (of_quota(self.figure), gap(self.figure)) if part)

    @cached_property
    def reach(self) -> str:
        """Whether a cap lets what is short be reached."""
        return caps.reach(self.room) if self.room else ""

    @cached_property
    def url(self) -> str:
        """Opens what stands against the target, or what meets it; else the rule."""
        unmet = self.standing == Standing.UNMET and not self._is_limited
        listed = self.address(self.figure, "missed" if unmet else "met")
        return listed or reverse("assessments:rule", args=[self.figure.code])

    @cached_property
    def told_beside(self) -> list[tuple[str, str]]:
        """What the row tells besides, where there is any: words and the page that lists it."""
        return [
            (str(one.indicator.words.beside) % {"n": number(one.numerator)}, self.address(one, "met"))
            for one in self.beside
            if one.numerator
        ]

    @cached_property
    def unrated_url(self) -> str:
        return self.address(self.figure, "unrated")

    @cached_property
    def unrated(self) -> str:
        """What is not rated yet of all in the roster; empty where rating does not apply."""
        figure = self.figure
        if figure.numerator is None or figure.rated is None:
            return ""
        return fraction(self.unrated_count, figure.roster)

    @cached_property
    def unrated_count(self) -> int:
        """The unrated and the exempt."""
        return (self.figure.roster or 0) - (self.figure.rated or 0)

    @cached_property
    def vacant(self) -> str:
        """Posts without a head, of all villages."""
        figure = self.figure
        if figure.vacant is None:
            return ""
        posts = fraction(figure.vacant, (figure.denominator or 0) + figure.vacant)
        return _("vacant %(n)s") % {"n": posts}

    @cached_property
    def waiting(self) -> str:
        """What the share leaves out: those not rated yet, or the vacant posts."""
        return self.unrated or self.vacant

    @cached_property
    def waiting_note(self) -> str:
        if not self.unrated:
            return _("counted apart") if self.vacant else ""
        return _("exempt %(n)s") % {"n": self.exempt} if self.exempt else self.possible

    @cached_property
    def possible(self) -> str:
        """The least and the most still possible."""
        figure = self.figure
        if figure.least is None:
            return ""
        span = f"{percentage(figure.least)[:-1]}–{percentage(figure.most)}"
        return _("may be %(span)s") % {"span": span}

    @cached_property
    def exempt(self) -> str:
        return number(self.figure.exempt) if self.figure.exempt else ""

    @cached_property
    def others(self) -> list[Beside]:
        return [Beside(other.reading, value(other), other.standing) for other in self.figure.other]

    @cached_property
    def bullet(self) -> charts.Bullet:
        return bullet(self.figure, NARROW if self.change else WIDE, self.later)

    @cached_property
    def bar_label(self) -> str:
        parts = (self.value, self.sign and _("target %(sign)s") % {"sign": self.sign}, self.verdict, self.gap)
        return "; ".join(part for part in parts if part)


def rows(
    board: Board,
    year: int,
    address: Address,
    unit_id: int | None = None,
    *,
    past: Past,
    beside: bool = False,
    since: Since | None = None,
    of: str = "",
) -> list[Row]:
    """The sheet of one year; `beside` puts the province's figure next to the unit's, `since` the year
    before next to it; `of`: the set of targets, empty for the default one."""
    if of:
        return _rows_of_set(board, year, address, unit_id, past, beside=beside, since=since, of=of)
    return [
        Row(
            place,
            board.figure(one.code, year, unit_id),
            address,
            past,
            tuple(board.figure(other.code, year, unit_id) for other in told_beside(one.code)),
            board.figure(one.code, year) if beside else None,
            _later(board, year, one),
            since.of(one, unit_id) if since else None,
            caps.room(board, one, year, unit_id),
        )
        for place, one in enumerate((*rows_of(board.rules[year], year), *board.counts_in(year)), start=1)
    ]


def _rows_of_set(board: Board, year: int, address: Address, unit_id, past, *, beside, since, of) -> list[Row]:
    """A row for each target of another set."""
    return [
        Row(
            place,
            figure,
            address,
            past,
            province=board.figure(figure.code, year, of=of) if beside else None,
            change=since.of(figure.indicator, unit_id) if since else None,
            room=None if figure.is_quota else caps.room(board, figure.indicator, year, unit_id, of=of),
        )
        for place, figure in enumerate(board.of_set(year, of, unit_id), start=1)
    ]


def _later(board: Board, year: int, indicator: Indicator) -> tuple[charts.Milestone, ...]:
    """The targets that the indicator meets in later years."""
    now = aim_of(board.rules[year], indicator, year)
    later = sorted(one for one in board.years if one > year)
    values = dict.fromkeys(aim_of(board.rules[one], indicator, one).value for one in later)
    return tuple(
        charts.Milestone(value, plain(value), is_later=True)
        for value in values
        if value is not None and now.comparison and value != now.value
    )


def bullet(figure: Figure, width: int, later: tuple[charts.Milestone, ...] = ()) -> charts.Bullet:
    """The bar of a figure: shares from 0 to 100, counts on a round scale."""
    state = figure.standing
    if figure.numerator is None:
        return charts.bullet(value=None, width=width)
    if figure.denominator is None and figure.comparison == "<=":
        return charts.near_zero(figure.numerator, state, width=width)
    if figure.denominator is None:
        scale = charts.round_up(max(figure.numerator, int(figure.target or 0) + 1))
        return charts.bullet(
            value=figure.numerator, state=state, milestones=_milestones(figure), scale=scale, width=width
        )
    if figure.average is not None:
        scale = charts.round_up(max(int(figure.average), int(figure.target or 0)) + 1)
        return charts.bullet(
            value=figure.average, state=state, milestones=_milestones(figure), scale=scale, width=width
        )
    return charts.bullet(
        value=figure.percent,
        state=state,
        milestones=[*_milestones(figure), *later],
        width=width,
        span=(figure.least, figure.most) if figure.least is not None and figure.most is not None else None,
        others=[other.percent for other in figure.other if other.percent is not None],
    )


def _milestones(figure: Figure) -> list[charts.Milestone]:
    if figure.target is None:
        return []
    return [charts.Milestone(figure.target, plain(figure.target))]


def headline(rows: list[Row], year: int) -> str:
    """The finding: `Year 2018: 3 targets met, 4 not met, 1 not due yet`, and what went up or down first."""
    found = Counter(row.standing for row in rows)
    met = found[Standing.MET]
    parts = [ngettext("%(n)s target met", "%(n)s targets met", met) % {"n": met}]
    later = {
        Standing.UNMET: _("%(n)s not met"),
        Standing.WAIT: _("%(n)s not due yet"),
        Standing.NONE: _("%(n)s not judged"),
    }
    parts += [words % {"n": found[state]} for state, words in later.items() if found[state]]
    moved = told(row.change for row in rows if row.change)
    finding = "; ".join(part for part in (", ".join(parts), moved) if part)
    return _("Year %(year)s: %(finding)s") % {"year": year, "finding": finding}


def default_reading(rows: list[Row]) -> str:
    """What counts as strong and exemplary while no decision says so; empty once one does."""
    found = [row.figure for row in rows if row.figure.is_default_reading]
    readings = [one.indicator.counted.level_reading(one.rules) for one in found]
    words = {"strong": _("strong: %(levels)s"), "exemplary": _("exemplary: %(levels)s")}
    told = {reading.meaning: ", ".join(reading.codes) for reading in readings if reading}
    return "; ".join(words[key] % {"levels": told[key]} for key in words if key in told)

"""What units are assigned of the targets of a year, beside what they reached: each unit its own; who may
compare all units, what they come to."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from assessments.figures import pages
from assessments.figures.board import Board
from assessments.figures.figure import Figure
from assessments.figures.overview.chosen_set import with_set
from assessments.figures.words import counted, gap, of_quota
from assessments.rules.models.years import RatingYear, Submission
from resolution03.lib.figures import number, percent, percentage


@dataclass(frozen=True, slots=True)
class QuotaLine:
    """`words`: reached of what is assigned; `more`: what is short, or how many units reach theirs."""

    name: str
    of: str
    document: str
    words: str
    more: str
    url: str


def of_unit(board: Board, year: RatingYear, unit: Submission) -> list[QuotaLine]:
    """The unit's own quotas, of every set."""
    return [
        _line(figure, of_quota(figure), gap(figure), pages.address_of("unit", year.pk, unit.code))
        for figure in _assigned(board, year, unit.unit_id)
    ]


def of_province(board: Board, year: RatingYear, units: list[Submission], user) -> list[QuotaLine]:
    """What the quotas of all units come to; who sees one unit only is told its own."""
    if not pages.sees_all_units(user):
        return of_unit(board, year, units[0]) if len(units) == 1 else []
    by_target: dict[tuple[str, str], list[Figure]] = {}
    for unit in units:
        for figure in _assigned(board, year, unit.unit_id):
            by_target.setdefault((figure.yardstick.set.code, figure.code), []).append(figure)
    url = pages.address_of("province", year.pk)
    return [_line(figures[0], _sum(figures), _met(figures), url) for figures in by_target.values()]


def _assigned(board: Board, year: RatingYear, unit_id: int) -> Iterator[Figure]:
    for one in board.rules[year.pk].sets:
        quotas = {code: one.quota(code) for code in one.indicators()}
        assigned = {code for code, rule in quotas.items() if rule and rule.value_of(unit_id) is not None}
        for indicator in board.indicators_of(year.pk, one.code) if assigned else ():
            if indicator.code in assigned:
                yield board.figure(indicator.code, year.pk, unit_id, of=one.code, is_quota=True)


def _line(figure: Figure, words: str, more: str, url: str) -> QuotaLine:
    chosen = figure.yardstick.set
    return QuotaLine(
        str(figure.indicator.words.name),
        chosen.short_name,
        figure.document,
        words,
        more,
        with_set(url, chosen.code),
    )


def _sum(figures: Iterable[Figure]) -> str:
    """Counts are added up; shares of units are not."""
    known = [one for one in figures if one.numerator is not None and one.denominator is None]
    if not known:
        return ""
    reached, assigned = sum(one.numerator or 0 for one in known), sum(int(one.target or 0) for one in known)
    told = {
        "fraction": f"{number(reached)}/{number(assigned)}",
        "share": percentage(percent(reached, assigned)),
    }
    return _("%(fraction)s, %(share)s of the quota") % told


def _met(figures: list[Figure]) -> str:
    met = sum(figure.met is True for figure in figures)
    return _("%(n)s of %(units)s reach their quota") % {
        "n": number(met),
        "units": counted("unit", len(figures)),
    }

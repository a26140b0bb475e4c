"""What a change does to the verdicts by sets of targets other than the default one, and to those of counts by
every set, in words."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from assessments.figures.board import Board
from assessments.figures.figure import Figure
from assessments.figures.foreseen import Foreseen
from assessments.figures.indicators import BUILT_IN
from assessments.figures.words import rule_sign
from assessments.rules.models.years import RatingYear
from resolution03.lib.figures import number


def sentences(foreseen: Foreseen, year: RatingYear, units: Iterable[int]) -> Iterator[str]:
    """By set and indicator: the province's target and verdict, and how many units meet theirs, before and
    after."""
    places, boards = [None, *units], (foreseen.before, foreseen.after)
    sets = {one.code: one for board in boards for one in board.rules[year.pk].sets}
    for one in sets.values():
        held = [board for board in boards if board.rules[year.pk].set_of(one.code)]
        known = {found.code: found for board in held for found in board.indicators_of(year.pk, one.code)}
        told_here = {
            code: found for code, found in known.items() if not one.is_default or code not in BUILT_IN
        }
        for code, indicator in told_here.items():
            for is_quota in (False, True):
                told = [_told(board, code, year.pk, one.code, is_quota, places) for board in boards]
                if told[0] != told[1]:
                    yield _("%(year)s, %(set)s, %(target)s: %(before)s → %(after)s") % {
                        "year": year.pk,
                        "set": one.short_name,
                        "target": indicator.words.name,
                        "before": told[0] or _("no target"),
                        "after": told[1] or _("no target"),
                    }


def _told(board: Board, code: str, year: int, of: str, is_quota: bool, places: list) -> str:
    chosen = board.rules[year].set_of(of)
    if chosen is None or code not in chosen.indicators():
        return ""
    province, *units = (board.figure(code, year, unit, of=of, is_quota=is_quota) for unit in places)
    held = [unit for unit in units if unit.target is not None]
    told = [_verdict(province)] if province.target is not None else []
    if held:
        met = sum(unit.met is True for unit in held)
        told.append(_("%(n)s of %(all)s units meet it") % {"n": number(met), "all": number(len(held))})
    if held and is_quota:
        told.append(_("quotas %(sum)s in all") % {"sum": number(sum(int(unit.target or 0) for unit in held))})
    return ", ".join(told)


def _verdict(figure: Figure) -> str:
    return f"{rule_sign(figure)} ({figure.standing.words})"

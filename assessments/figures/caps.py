"""Whether a cap stands in the way of a target (DESIGN, "What the figures mean")."""

from fractions import Fraction
from math import ceil

from django.utils.translation import gettext as _

from assessments.figures.board import Board
from assessments.figures.indicator import Indicator
from assessments.rules.models.targets import CapBase, CapGroup
from assessments.rules.models.years import RatingYear, Submission
from assessments.rules.year_rules import CapRule
from resolution03.lib.figures import number


def sentence(board: Board, indicator: Indicator, year: RatingYear, only: Submission | None = None) -> str:
    """What the cap on the levels of an indicator allows beside what its target needs.

    Empty where there is no cap, no target, or nothing rated yet.
    """
    figure = board.figure(indicator.code, year.pk, only.unit_id if only else None)
    reading = indicator.counted.level_reading(figure.rules)
    codes = reading.codes if indicator.is_capped and reading else ()
    held = figure.rules.caps_of(indicator.subject) if codes else []
    caps = [c for c in held if c.group == CapGroup.UNIT and c.level_code in codes]
    if not caps or not figure.needed:
        return ""
    cap = caps[0]
    units = [only.unit_id] if only else _unit_ids(board, year)
    rated = [board.rated_by_level(cap.subject, year.pk, unit) for unit in units]
    allowed = sum(map(cap.allowance, rated))
    words = _collides(cap) if allowed < figure.needed else _leaves_room(cap)
    return words % {
        "level": cap.level_code,
        "percent": number(int(cap.percent)),
        "base": number(sum(map(cap.base_of, rated))),
        "base_level": cap.base_level_code,
        "allowed": number(allowed),
        "needed": number(figure.needed),
        "wanted": number(base_needed(figure.needed, cap)),
    }


def base_needed(allowance: int, cap: CapRule) -> int:
    """The least base of which the cap allows `allowance`: with 20%, 495 for 99."""
    return ceil(Fraction(allowance * 100) / Fraction(cap.percent)) if cap.percent else 0


def _unit_ids(board: Board, year: RatingYear) -> list[int]:
    """Every unit counts here, also where only the province's total is shown."""
    return [unit for found, unit in board.counts if found == year.pk and unit is not None]


def _leaves_room(cap: CapRule) -> str:
    if cap.base == CapBase.LEVEL:
        return _(
            "the cap of %(percent)s%% of those at %(base_level)s (%(base)s) allows %(allowed)s; "
            "%(needed)s are needed: no collision."
        )
    return _(
        "the cap of %(percent)s%% of those rated (%(base)s) allows %(allowed)s; "
        "%(needed)s are needed: no collision."
    )


def _collides(cap: CapRule) -> str:
    if cap.base == CapBase.LEVEL:
        return _(
            "the cap of %(percent)s%% of those at %(base_level)s (%(base)s) allows only %(allowed)s; "
            "for %(needed)s at least %(wanted)s organizations must reach %(base_level)s."
        )
    return _(
        "the cap of %(percent)s%% of those rated (%(base)s) allows only %(allowed)s; "
        "for %(needed)s at least %(wanted)s organizations must be rated."
    )

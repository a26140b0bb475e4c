"""Whether a cap stands in the way of a target (DESIGN, "What the figures mean")."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace

from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.figures.board import Board
from assessments.figures.capped_groups import CappedGroup, capped_groups, units_of
from assessments.figures.figure import Figure
from assessments.figures.indicator import Indicator
from assessments.rules.cap_rule import CapRule
from assessments.rules.feasible import least_further
from assessments.rules.models.caps import CapGroup
from assessments.rules.models.years import RatingYear, Submission
from assessments.rules.year_rules import YearRules
from resolution03.lib.figures import number, plain


@dataclass(frozen=True)
class Room:
    """What a cap leaves to the target of a unit, or of the province as the sum of its groups."""

    figure: Figure
    cap: CapRule
    groups: tuple[CappedGroup, ...]

    @property
    def needed(self) -> int:
        return self.figure.needed or 0

    @cached_property
    def rated(self) -> int:
        return sum(one.ceiling.rated for one in self.groups)

    @cached_property
    def base(self) -> int:
        """Those at the level of the base or better, or all rated."""
        return sum(one.ceiling.base for one in self.groups)

    @cached_property
    def used(self) -> int:
        return sum(one.ceiling.used for one in self.groups)

    @cached_property
    def allowed(self) -> int:
        return sum(one.ceiling.allowed for one in self.groups)

    @cached_property
    def possible(self) -> int:
        """The most that it would allow if all rated were at the level of its base or better."""
        return sum(one.ceiling.possible for one in self.groups)

    @cached_property
    def over(self) -> int:
        return sum(one.ceiling.over for one in self.groups)

    @cached_property
    def groups_over(self) -> int:
        return sum(bool(one.ceiling.over) for one in self.groups)

    def by(self, change: Callable[[CapRule], CapRule]) -> "Room":
        """The same groups under a changed cap."""
        groups = (
            replace(one, ceiling=replace(one.ceiling, rule=change(one.ceiling.rule))) for one in self.groups
        )
        return Room(self.figure, change(self.cap), tuple(groups))

    @cached_property
    def further(self) -> int | None:
        """How many more must at least reach the level of the base before the target can be met: 0 where it
        can now, None where it cannot."""
        return self.least_for(self.needed)

    def least_for(self, wanted: int) -> int | None:
        """As `further`, for another number."""
        return least_further((one.ceiling for one in self.groups), wanted)


def cap_of(rules: YearRules, indicator: Indicator) -> CapRule | None:
    """The cap on the one level by which an indicator is counted, in groups that a unit's whole is made of."""
    reading = indicator.counted.level_reading(rules) if indicator.is_capped else None
    held = rules.caps_of(indicator.subject) if reading else []
    return next((cap for cap in held if reading and reading.codes == (cap.level_code,)), None)


def room(
    board: Board, indicator: Indicator, year: int, unit: int | None = None, *, of: str = ""
) -> Room | None:
    """What the cap leaves to an indicator's target, of the set `of` (empty: the default one). None where
    there is no cap, no target, nothing rated yet, or, of a unit, no group that lies within it."""
    figure = board.figure(indicator.code, year, unit, of=of)
    cap = cap_of(figure.rules, indicator)
    if cap is None or not figure.needed:
        return None
    groups = capped_groups(board, year, cap, units_of(board, year) if unit is None else [unit])
    return Room(figure, cap, tuple(groups)) if groups else None


def rooms(
    board: Board, indicator: Indicator, year: int, units: Collection[int], *, of: str = ""
) -> dict[int, Room]:
    """Unit → what the cap leaves to its target, of the groups that lie within it; read at once for all."""
    cap = cap_of(board.rules[year], indicator)
    groups: dict[int, list[CappedGroup]] = {}
    for group in capped_groups(board, year, cap, units) if cap else ():
        if group.key.unit is not None:
            groups.setdefault(group.key.unit, []).append(group)
    figures = {unit: board.figure(indicator.code, year, unit, of=of) for unit in groups}
    return {
        unit: Room(figures[unit], cap, tuple(held))
        for unit, held in groups.items()
        if cap and figures[unit].needed
    }


def sentence(board: Board, indicator: Indicator, year: RatingYear, only: Submission | None = None) -> str:
    """What the cap on the levels of an indicator allows beside what its target needs; empty where `room`
    is None."""
    found = room(board, indicator, year.pk, only.unit_id if only else None)
    return in_words(found) if found else ""


def in_words(found: Room) -> str:
    """The cap with its state, what it allows, what is needed and whether that can be, in one sentence."""
    told = {
        "cap": name(found.cap),
        "state": state(found.cap),
        "allowed": number(found.allowed),
        "needed": number(found.needed),
    }
    words = _("the cap of %(cap)s (%(state)s) allows at most %(allowed)s; %(needed)s are needed: ") % told
    return words + _verdict(found) + _over(found) + "."


def name(cap: CapRule) -> str:
    """`20% of those at HTTNV, in each unit`."""
    told = {"percent": plain(cap.percent), "level": cap.base_level_code, "group": CapGroup(cap.group).label}
    if cap.is_beside:
        return _("%(percent)s%% of those at %(level)s, %(group)s") % told
    return _("%(percent)s%% of those rated, %(group)s") % told


def state(cap: CapRule) -> str:
    """On which document a cap rests, and that the Board has not decided on it."""
    document = ", ".join(part for part in (cap.document, cap.article) if part)
    default = _("default, no decision yet") if cap.is_default or not document else ""
    return "; ".join(part for part in (default, document) if part)


def reach(found: Room) -> str:
    """Beside what is short to the target: whether the cap lets it be reached; empty where nothing is."""
    if not found.figure.short:
        return ""
    if found.further == 0:
        return _("%(cap)s allows it") % {"cap": _short_name(found.cap)}
    told = {"n": number(found.further or 0), "possible": number(found.possible)}
    return reach_words(found.cap)[found.further is not None].format(**told)


def reach_words(cap: CapRule) -> tuple[str, str]:
    """What is said where the cap never allows what is short, at most `{possible}`, and where it does only
    with `{n}` more at its base."""
    told = {"cap": _short_name(cap), "level": cap.base_level_code, "n": "{n}", "possible": "{possible}"}
    return (
        _("%(cap)s never allows it: at most %(possible)s") % told,
        _("%(cap)s allows it only with %(n)s more at %(level)s") % told,
    )


def _short_name(cap: CapRule) -> str:
    """The cap, or that it is the default."""
    if cap.is_default:
        return _("the default cap")
    return _("the cap of %(percent)s%%") % {"percent": plain(cap.percent)}


def reach_in_brief(found: Room) -> str:
    """As `reach`, for a narrow cell."""
    if not found.figure.short or found.further == 0:
        return ""
    if found.further is None:
        return _("cap: never")
    return _("cap: +%(n)s %(level)s") % {"n": number(found.further), "level": found.cap.base_level_code}


def _verdict(found: Room) -> str:
    told = {
        "short": number(found.needed - found.allowed),
        "level": found.cap.base_level_code,
        "n": number(found.further or 0),
        "rated": number(found.rated),
        "possible": number(found.possible),
    }
    if found.further == 0:
        return _("no collision")
    if found.further:
        words = ngettext(
            "%(short)s too few, possible if at least %(n)s more organization reaches %(level)s",
            "%(short)s too few, possible if at least %(n)s more organizations reach %(level)s",
            found.further,
        )
        return words % told
    if found.cap.is_beside:
        words = _("impossible under this cap, even all %(rated)s at %(level)s would allow only %(possible)s")
        return words % told
    return _("impossible under this cap with %(rated)s rated") % told


def _over(found: Room) -> str:
    """How many there are beyond the cap now, and in how many groups."""
    if not found.over:
        return ""
    told = {"used": number(found.used), "over": number(found.over), "n": number(found.groups_over)}
    is_by_unit = found.cap.group == CapGroup.UNIT
    if found.figure.unit_id is not None and len(found.groups) == 1:
        return _("; %(used)s given now, %(over)s over") % told
    if is_by_unit:
        words = ngettext(
            "; %(used)s given now, %(over)s over in %(n)s unit",
            "; %(used)s given now, %(over)s over in %(n)s units",
            found.groups_over,
        )
    else:
        words = ngettext(
            "; %(used)s given now, %(over)s over in %(n)s group",
            "; %(used)s given now, %(over)s over in %(n)s groups",
            found.groups_over,
        )
    return words % told

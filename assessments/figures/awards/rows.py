"""What each group can still be awarded under a cap, and the ways of reckoning it side by side."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from assessments.figures import charts
from assessments.figures.caps import Room, name, state
from assessments.figures.judge import Standing
from assessments.rules.cap_rule import CapRule
from assessments.rules.ceilings import Ceiling
from assessments.rules.models.caps import CapBase
from resolution03.lib.figures import number, plain

RAISED, RAISED_FROM = Decimal(25), 2025
"""What a unit may be allowed by decision, from which rating year on (QĐ 366-QĐ/TW, 30/8/2025, art. 11)."""
BAR = 400


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether so many may have the level: now, only with `further` at the base, or (None) not at all;
    `is_least`: in several groups together, wherever they are fewest."""

    further: int | None
    cap: CapRule
    is_least: bool = False

    @property
    def standing(self) -> Standing:
        if self.further == 0:
            return Standing.MET
        return Standing.WAIT if self.further else Standing.NONE

    @property
    def icon(self) -> str:
        return {Standing.MET: "check-circle-fill", Standing.WAIT: "plus-lg"}.get(self.standing, "dash-lg")

    @property
    def words(self) -> str:
        told = {"n": number(self.further or 0), "level": self.cap.base_level_code}
        if self.further == 0:
            return _("Enough")
        if self.further:
            least = _("at least %(n)s more needed at %(level)s") if self.is_least else ""
            return (least or _("%(n)s more needed at %(level)s")) % told
        return _("Impossible under %(percent)s%%") % {"percent": plain(self.cap.percent)}

    @property
    def short_words(self) -> str:
        """Beside a column that says at which level and under which cap."""
        if self.further is None:
            return _("Impossible")
        told = {"n": number(self.further)}
        least = _("at least %(n)s more needed") if self.is_least else ""
        return (least or _("%(n)s more needed")) % told if self.further else self.words


@dataclass(frozen=True)
class Row:
    """One group, or all together (`is_total`): what it holds, what it may have, what its own share needs.
    `raised`: the same under the raised percentage, where that may be decided."""

    name: str
    url: str
    ceiling: Ceiling | None
    room: Room
    raised: Room | None
    needed: int
    is_total: bool = False

    @property
    def is_own(self) -> bool:
        """Whether the unit has a percentage of its own by decision."""
        return self.ceiling is not None and self.ceiling.rule.percent != self._cap_of_all

    @property
    def _cap_of_all(self) -> Decimal:
        return self.room.cap.percent

    @property
    def document(self) -> str:
        return self.ceiling.rule.document if self.ceiling else ""

    @property
    def percent(self) -> Decimal:
        return self.ceiling.rule.percent if self.ceiling else self.room.cap.percent

    @property
    def is_limited(self) -> bool:
        return self.ceiling is None or self.ceiling.is_limited

    @property
    def apart(self) -> int:
        """How many are given beyond what is allowed; below 0: how many fewer."""
        return self.room.used - self.room.allowed if self.ceiling else self.room.over

    @cached_property
    def verdict(self) -> Verdict:
        return self._verdict(self.room)

    @cached_property
    def raised_verdict(self) -> Verdict | None:
        return self._verdict(self.raised) if self.raised else None

    def _verdict(self, room: Room) -> Verdict:
        cap = room.groups[0].ceiling.rule if self.ceiling else room.cap
        return Verdict(room.least_for(self.needed), cap, is_least=self.is_total)

    @property
    def verdict_words(self) -> str:
        return self.verdict.words if self.is_limited else _("not limited by the cap")

    @property
    def apart_words(self) -> str:
        if self.apart > 0:
            return _("over by %(n)s") % {"n": number(self.apart)}
        if self.apart == 0 and self.ceiling:
            return _("just as many")
        return _("%(n)s fewer") % {"n": number(-self.apart)} if self.apart else _("none over")


@dataclass(frozen=True)
class Way:
    """A way of reckoning the cap, for all groups together."""

    label: str
    note: str
    room: Room
    scale: int

    @property
    def verdict(self) -> Verdict:
        return Verdict(self.room.further, self.room.cap)

    @property
    def short(self) -> int:
        """How many fewer it allows than the target needs; below 0: how many more."""
        return self.room.needed - self.room.allowed

    @property
    def spare(self) -> int:
        return -self.short

    @property
    def bar(self) -> charts.Bullet:
        room = self.room
        needed = charts.Milestone(room.needed, _("needs %(n)s") % {"n": number(room.needed)})
        state = Standing.UNMET if self.short > 0 else Standing.MET
        span = (room.allowed, room.possible) if room.possible > room.allowed else None
        return charts.bullet(
            value=room.allowed,
            state=state,
            milestones=[needed],
            span=span,
            others=[room.used],
            scale=self.scale,
            width=BAR,
        )

    @property
    def bar_label(self) -> str:
        room = self.room
        told = {"allowed": room.allowed, "possible": room.possible, "needed": room.needed, "used": room.used}
        words = _("at most %(allowed)s now, %(possible)s if all could, %(needed)s needed, %(used)s given now")
        return words % {key: number(value) for key, value in told.items()}


def raised(room: Room, year: int) -> Room | None:
    """As if every group had the raised percentage by decision; None where that is not foreseen."""
    if not room.cap.is_beside or year < RAISED_FROM or room.cap.percent >= RAISED:
        return None
    return room.by(lambda cap: replace(cap, percent=max(cap.percent, RAISED)))


def ways_of(room: Room, year: int) -> list[Way]:
    """The cap as it holds, as it could be raised, and by the other base."""
    found = [(name(room.cap), state(room.cap), room)]
    if higher := raised(room, year):
        label = name(replace(room.cap, percent=RAISED))
        decided = len({one.unit for one in room.cap.exceptions})
        note = _("only by decision for a unit; decisions entered for this year: %(n)s") % {
            "n": number(decided)
        }
        found.append((label, note, higher))
    if other := _other_base(room):
        found.append((name(other.cap), _("by the other base, for comparison only"), other))
    highest = max(max(one.possible, one.needed, one.used) for _label, _note, one in found)
    scale = charts.round_up(max(1, highest + highest // 10))
    return [Way(label, note, one, scale) for label, note, one in found]


def _other_base(room: Room) -> Room | None:
    if room.cap.is_beside:
        return room.by(lambda cap: replace(cap, base=CapBase.RATED, base_level_code=""))
    levels = room.figure.rules.levels_of("organization")
    at = next((place for place, level in enumerate(levels) if level.code == room.cap.level_code), None)
    if at is None or at + 1 >= len(levels):
        return None
    below = levels[at + 1].code
    return room.by(lambda cap: replace(cap, base=CapBase.LEVEL, base_level_code=below))


def rows_of(room: Room, year: int, names: dict[str, tuple[str, str]]) -> Iterator[Row]:
    """A row a group in the office's order, the total last; `names`: key → name and address."""
    higher = raised(room, year)
    for place, group in enumerate(room.groups):
        own = Room(room.figure, room.cap, (group,))
        more = Room(room.figure, higher.cap, (higher.groups[place],)) if higher else None
        needed = room.figure.aim.needed(group.ceiling.rated) or 0
        told, url = names[repr(group.key)]
        yield Row(told, url, group.ceiling, own, more, needed)
    yield Row("", "", None, room, higher, room.needed, is_total=True)

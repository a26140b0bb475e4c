"""The page of what can still be awarded: for each target under a cap, of the province or a unit."""

from dataclasses import dataclass

from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.permissions import Permission, may
from assessments.figures import pages
from assessments.figures.awards.rows import Row, Way, rows_of, ways_of
from assessments.figures.board import Board, board
from assessments.figures.capped_groups import capped_name
from assessments.figures.caps import Room, name, room, state
from assessments.figures.indicators import BUILT_IN
from assessments.figures.place import Place
from assessments.figures.words import rule_sign
from assessments.rules.ceilings import Ceiling
from assessments.rules.models.caps import CapGroup
from resolution03.lib.figures import number, plain
from resolution03.lib.xlsx import Column, ListSheet


@dataclass(frozen=True)
class Example:
    """The arithmetic of one group: the most it may have, and why one more is too many."""

    name: str
    ceiling: Ceiling

    @property
    def chosen(self) -> tuple[int, int, str]:
        return self._of(self.ceiling.allowed)

    @property
    def too_many(self) -> tuple[int, int, str]:
        return self._of(self.ceiling.allowed + 1)

    def _of(self, best: int) -> tuple[int, int, str]:
        """So many at the level, how many are left at its base, and what the percentage of these is."""
        left = self.ceiling.base - best
        return best, left, plain(self.ceiling.rule.percent * left / 100)


@dataclass(frozen=True)
class Capped:
    """One target under a cap, with the set that it is of."""

    room: Room
    set_name: str
    ways: list[Way]
    rows: list[Row]

    @property
    def name(self) -> str:
        return str(self.room.figure.indicator.words.name)

    @property
    def sign(self) -> str:
        return rule_sign(self.room.figure)

    @property
    def cap(self) -> str:
        return capfirst(name(self.room.cap))

    @property
    def state(self) -> str:
        return state(self.room.cap)

    @property
    def total(self) -> Row:
        return self.rows[-1]

    @property
    def groups(self) -> list[Row]:
        return self.rows[:-1]

    @property
    def has_raised(self) -> bool:
        return self.total.raised is not None

    @property
    def title(self) -> str:
        told = {
            "target": self.name,
            "sign": self.sign,
            "percent": plain(self.room.cap.percent),
            "allowed": number(self.room.allowed),
            "needed": number(self.room.needed),
        }
        words = _(
            "%(target)s %(sign)s: the cap of %(percent)s%% allows at most %(allowed)s, %(needed)s are needed"
        )
        return words % told

    @property
    def is_by_unit(self) -> bool:
        return self.room.cap.group == CapGroup.UNIT

    @property
    def title_of_groups(self) -> str:
        count = len(self.groups)
        if count == 1:
            return f"{self.groups[0].name}: {self.groups[0].verdict_words}"
        if self.is_by_unit:
            told = ngettext("%(n)s unit: %(counted)s", "%(n)s units: %(counted)s", count)
        else:
            told = ngettext("%(n)s group: %(counted)s", "%(n)s groups: %(counted)s", count)
        return told % {"n": number(count), "counted": self.counted}

    @property
    def counted(self) -> str:
        """How the groups stand: `9 need more, 5 cannot`."""
        limited = [row.verdict for row in self.groups]
        told = (
            (_("%(n)s have enough"), sum(one.further == 0 for one in limited)),
            (_("%(n)s need more at %(level)s"), sum(bool(one.further) for one in limited)),
            (_("%(n)s cannot under this cap"), sum(one.further is None for one in limited)),
        )
        level = self.room.cap.base_level_code
        return ", ".join(words % {"n": number(n), "level": level} for words, n in told if n)

    @property
    def group_words(self) -> str:
        return str(CapGroup(self.room.cap.group).label)

    @property
    def divisor(self) -> str:
        """Of 20% of those left a sixth of all: 6; empty where the cap is of all rated."""
        percent = self.room.cap.percent
        return plain((100 + percent) / percent) if self.room.cap.is_beside and percent else ""

    @property
    def as_one_group(self) -> int:
        return self.room.cap.most(self.room.base)

    @property
    def lost(self) -> int:
        """How many rounding down in each group takes away."""
        return self.as_one_group - self.room.allowed

    @property
    def unrated(self) -> int:
        return self.room.figure.unrated or 0

    @property
    def needed_in_full(self) -> int | None:
        """What is needed once everyone is rated."""
        return self.room.figure.aim.needed(self.room.rated + self.unrated)

    @cached_property
    def example(self) -> Example | None:
        found = [row for row in self.groups if row.ceiling and row.ceiling.rule.is_beside and row.is_limited]
        row = max(found, key=lambda one: (one.apart, one.room.base), default=None)
        return Example(row.name, row.ceiling) if row and row.ceiling and row.ceiling.base else None


class Awards:
    """What the page of a place shows; the statements do not grow with units or rows."""

    def __init__(self, place: Place):
        self.place = place
        self.year = place.year.pk

    @cached_property
    def _board(self) -> Board:
        return board([self.place.year])

    @cached_property
    def targets(self) -> list[Capped]:
        """The targets under a cap, those of the default set first."""
        found = []
        for of in self._board.rules[self.year].sets:
            for indicator in BUILT_IN.values():
                if indicator.is_capped and indicator.code in of.indicators():
                    left = room(self._board, indicator, self.year, self.place.unit_id, of=of.code)
                    if left:
                        found.append(self._capped(left, of.name))
        return found

    def _capped(self, left: Room, set_name: str) -> Capped:
        names: dict[int | None, str] = {unit.unit_id: unit.name for unit in self.place.submissions}
        codes = {unit.unit_id: unit.code for unit in self.place.submissions}
        told = {
            repr(group.key): (
                capped_name(group.key, names),
                pages.address_of("unit_awards", self.year, codes[group.key.unit])
                if group.key.unit in codes
                else "",
            )
            for group in left.groups
        }
        return Capped(left, set_name, ways_of(left, self.year), list(rows_of(left, self.year, told)))

    def context(self) -> dict:
        return self.place.head() | {
            "targets": self.targets,
            "heading": self.targets[0].title if self.targets else _("What can still be awarded"),
            "may_export": bool(self.targets) and may(self.place.user, Permission.EXPORT),
        }

    @property
    def file_name(self) -> str:
        return f"con-co-the-dat-{self.year}"

    def workbook(self) -> ListSheet:
        """The rows of the page: of each target the ways of reckoning, then the groups and their sum."""
        rows = [row for capped in self.targets for row in _lines(capped, self.place.title)]
        columns = (
            Column(_("Target"), "target", 34),
            Column(_("Group"), "group", 40),
            Column(_("Cap"), "cap", 34),
            Column(_("Rated"), "rated", 9),
            Column(_("Base of the cap"), "base", 12),
            Column(_("Given now"), "used", 9),
            Column(_("At most now"), "allowed", 11),
            Column(_("Against the cap"), "apart", 16),
            Column(_("If all could"), "possible", 11),
            Column(_("Needed"), "needed", 9),
            Column(_("Can it still be"), "verdict", 34),
            Column(_("Document"), "document", 44),
        )
        return ListSheet(
            _("What can still be awarded, %(place)s %(year)s")
            % {"place": self.place.title, "year": self.year},
            columns,
            rows,
            _("A cap is an upper limit, no quota to be filled: the numbers are assigned to nobody."),
        )


def _lines(capped: Capped, place: str) -> list[dict]:
    target = f"{capped.name} {capped.sign}"
    found = [
        _line(target, place, way.label, way.room, way.verdict.words, way.note) | {"apart": _over(way.room)}
        for way in capped.ways
    ]
    for row in capped.rows:
        rule = row.ceiling.rule if row.ceiling else capped.room.cap
        told = _line(target, row.name or place, name(rule), row.room, row.verdict_words, state(rule))
        found.append(told | {"apart": row.apart_words, "needed": row.needed})
    return found


def _line(target: str, group: str, cap: str, left: Room, verdict: str, document: str) -> dict:
    return {
        "target": target,
        "group": group,
        "cap": cap,
        "rated": left.rated,
        "base": left.base,
        "used": left.used,
        "allowed": left.allowed,
        "possible": left.possible,
        "needed": left.needed,
        "verdict": verdict,
        "document": document,
    }


def _over(left: Room) -> str:
    return _("over by %(n)s") % {"n": number(left.over)} if left.over else _("none over")

"""The lines of open years that an act changes, counted and named as far as the reader sees them."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Permission, may
from assessments.roster import seen
from assessments.roster.changes import LineChange
from assessments.roster.models.lines import MemberLine, OrganizationLine
from assessments.roster.models.movements import Movement, MovementKind
from assessments.roster.models.village_lines import VillageLine
from members.models import Member
from orgs.models import Organization, Village
from resolution03.lib.phrases import Phrase

NAMED = 6
_LISTED: dict[type[Model], tuple[type[Model], Phrase, str]] = {
    OrganizationLine: (Organization, _("organizations"), "name"),
    MemberLine: (Member, _("members"), "full_name"),
    VillageLine: (Village, _("villages"), "name"),
    Movement: (Member, _("members"), "full_name"),
}
_ORDER = list(_LISTED)
_CAME, _WENT, _MOVED = _("enter the list"), _("leave the list"), _("move")
_CHANGED, _RENAMED = _("count otherwise"), _("are called otherwise")
_BESIDE = _("have another number of official members, or another village in their cell")
_MOVEMENTS: dict[str, tuple[Phrase, Phrase, Phrase]] = {
    MovementKind.ADMISSION: (
        _("admission is counted"),
        _("admission is no longer counted"),
        _("admission is counted elsewhere or otherwise"),
    ),
    MovementKind.ARRIVAL: (
        _("arrival is counted"),
        _("arrival is no longer counted"),
        _("arrival is counted elsewhere or otherwise"),
    ),
    MovementKind.LEAVING: (
        _("leaving is counted"),
        _("leaving is no longer counted"),
        _("leaving is counted elsewhere or otherwise"),
    ),
}


@dataclass(frozen=True, slots=True)
class LineGroup:
    """How many lines of a kind become what; the first of them by name."""

    what: Phrase
    becomes: Phrase
    count: int
    names: list[str] = field(default_factory=list)

    @property
    def more(self) -> int:
        return self.count - len(self.names)


@dataclass(frozen=True, slots=True)
class YearLines:
    year: int
    groups: list[LineGroup]


def is_seen(lines: Collection[LineChange]) -> bool:
    """Whether anything changes on which a list or a figure rests: more than spelling."""
    return bool(seen.rows(lines))


def by_year(lines: Iterable[LineChange], units: Collection[int] | None, user) -> list[YearLines]:
    """The lines of `units` (None: of all), by year."""
    visible = [line for line in lines if units is None or line.units & set(units)]
    visible.sort(key=lambda line: (line.year, _ORDER.index(line.model), line.kind))
    names = _names(visible, user)
    return [
        YearLines(year, list(_groups(list(group), names)))
        for year, group in groupby(visible, lambda line: line.year)
    ]


def _groups(lines: list[LineChange], names: dict[type[Model], dict[int, str]]) -> Iterator[LineGroup]:
    found: dict[tuple[type[Model], Phrase], list[int]] = {}
    for line in lines:
        found.setdefault((line.model, _becomes(line)), []).append(line.who)
    for (model, becomes), keys in sorted(found.items(), key=_place_of):
        listed, what, _name = _LISTED[model]
        known = sorted(names[listed][who] for who in keys if who in names[listed])
        yield LineGroup(what, becomes, len(keys), known[:NAMED])


def _place_of(group: tuple[tuple[type[Model], Phrase], list[int]]) -> tuple[int, str]:
    (model, becomes), _keys = group
    return _ORDER.index(model), str(becomes)


def _becomes(line: LineChange) -> Phrase:
    before, after = line.states
    came, went, changed = _MOVEMENTS[line.kind] if line.kind else (_CAME, _WENT, _CHANGED)
    if before and after:
        return changed if line.kind else _stays(line)
    return came if after else went


def _stays(line: LineChange) -> Phrase:
    """What becomes of a line that stands before and after."""
    if _differ(line, seen.PLACES):
        return _MOVED
    if seen.rows([line]):
        return _CHANGED
    return _BESIDE if _differ(line, seen.COUNTED_BESIDE.get(seen.PARTS[line.model], ())) else _RENAMED


def _differ(line: LineChange, names: Iterable[str]) -> bool:
    """Whether the line has another value after, of the fields that it has."""
    return any(line.old(name) != line.new(name) for name in names if name in line.fields)


def _names(lines: Iterable[LineChange], user) -> dict[type[Model], dict[int, str]]:
    """The names of what the reader sees, of persons for who may see them; a statement a register."""
    wanted: dict[type[Model], set[int]] = {}
    for line in lines:
        wanted.setdefault(_LISTED[line.model][0], set()).add(line.who)
    names: dict[type[Model], dict[int, str]] = {model: {} for model, _words, _name in _LISTED.values()}
    for model, _words, name in _LISTED.values():
        keys = wanted.pop(model, set())
        if keys and (model is not Member or may(user, Permission.VIEW_PERSONS)):
            rows = model._default_manager.visible_to(user).filter(pk__in=keys)  # type: ignore[attr-defined]
            names[model] = dict(rows.order_by().values_list("pk", name))
    return names

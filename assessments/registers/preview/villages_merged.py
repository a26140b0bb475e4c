"""What merging villages does, village by village, and in numbers of the unit on the same day."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.figures.judge import Aim, Standing
from assessments.figures.overview import milestones
from assessments.figures.words import fraction
from assessments.registers.forms.villages_merged import MergeVillages
from assessments.roster.village_days import VillageDay, of_unit, official_members
from orgs.models import Organization, Village
from orgs.rules import unit_of
from resolution03.lib.figures import number, percent, percentage

Days = Mapping[int, VillageDay]


@dataclass(frozen=True, slots=True)
class VillageRow:
    """A village, its cell, how many official members that has, its head; what becomes of it."""

    name: str
    cell: str
    members: str
    head: str
    becomes: str


@dataclass(frozen=True, slots=True)
class NumberRow:
    """A number of the unit before and after, and why; `standing` of what it is after."""

    words: str
    before: str
    after: str
    why: str = ""
    standing: Standing = Standing.NONE


@dataclass(frozen=True, slots=True)
class Merger:
    """The tables of a merger of villages on `day`."""

    day: date
    villages: tuple[VillageRow, ...]
    result: VillageRow
    numbers: tuple[NumberRow, ...]
    template: str = "assessments/registers/_villages_merged.html"

    @property
    def title(self) -> str:
        """`Merging Bình Đông, Bình Nam: Bình Minh (new)`."""
        names = ", ".join(row.name for row in self.villages)
        return _("Merging %(villages)s into %(into)s") % {"villages": names, "into": self.result.name}

    def told(self) -> Iterator[object]:
        yield from (self.day, *self.villages, self.result, *self.numbers)


def before(form: MergeVillages) -> Callable[[], Merger | None]:
    """Looks at the unit before the merger; the function that it gives, after it."""
    sources, into, on = (form.cleaned_data[name] for name in ("sources", "into", "on"))
    first = into or next(iter(sources), None)
    unit_id = unit_of(first.committee.path) if first else None
    if unit_id is None:
        return lambda: None
    unit = Organization.objects.get(pk=unit_id)
    was = of_unit(unit, on)
    merging = [was[one.pk] for one in [*sources, *([into] if into else [])] if one.pk in was]
    rows = _rows(merging, into, on)
    return lambda: _merger(was, of_unit(unit, on), rows, into, on)


def _rows(merging: list[VillageDay], into: Village | None, on: date) -> tuple[VillageRow, ...]:
    members = official_members([one.cell for one in merging], on)
    return tuple(_row(one, members, _("goes on") if one.village == into else _("merged")) for one in merging)


def _row(one: VillageDay, members: Mapping[int, int], becomes: str, name: str = "") -> VillageRow:
    return VillageRow(
        name=name or one.village.name,
        cell=one.cell.name if one.cell else _("no cell"),
        members=number(members.get(one.cell.pk, 0)) if one.cell else "–",
        head=head_words(one),
        becomes=becomes,
    )


def head_words(one: VillageDay) -> str:
    """Vacant, or whether the head is a member, and secretary of the cell; no name."""
    if one.head is None:
        return _("vacant")
    told = [_("party member") if one.is_member else _("not a party member")]
    return ", ".join(told + ([_("secretary of the cell")] if one.head.is_secretary else []))


def _merger(was: Days, now: Days, rows: tuple[VillageRow, ...], into: Village | None, on: date) -> Merger:
    made = next((one for pk, one in now.items() if (pk == into.pk if into else pk not in was)), None)
    if made is None:
        raise LookupError(into)
    words = _("founded %(day)s") % {"day": f"{on:%d/%m/%Y}"}
    name = "" if into else _("%(name)s (new)") % {"name": made.village.name}
    result = _row(made, official_members([made.cell], on), "" if into else words, name)
    return Merger(on, rows, result, tuple(_numbers(was, now, len(rows), on)))


def _numbers(was: Days, now: Days, merged: int, on: date) -> Iterator[NumberRow]:
    became = ngettext("%(n)s village becomes 1", "%(n)s villages become 1", merged) % {"n": number(merged)}
    yield NumberRow(_("Villages of the unit"), number(len(was)), number(len(now)), became)
    yield from _heads(_posts(was), _posts(now), on)
    cells = [len({one.cell.pk for one in days.values() if one.cell}) for days in (was, now)]
    yield NumberRow(_("Cells that cover villages"), number(cells[0]), number(cells[1]))
    blank = [sum(one.cell is None for one in days.values()) for days in (was, now)]
    why = _("a village that was merged is not blank again")
    yield NumberRow(_("Villages without a cell"), number(blank[0]), number(blank[1]), why)


def _posts(days: Days) -> tuple[int, int]:
    """Heads who are members, and heads in post."""
    return sum(one.is_member for one in days.values()), sum(one.head is not None for one in days.values())


def _heads(was: tuple[int, int], now: tuple[int, int], on: date) -> Iterator[NumberRow]:
    shares = " → ".join(percentage(percent(*posts)) for posts in (was, now))
    yield NumberRow(_("Village heads who are members"), fraction(*was), fraction(*now), shares)
    if (aim := _aim(on.year)) is None:
        return
    needed = [number(aim.needed(posts[1])) for posts in (was, now)]
    words = _("Needed for %(goal)s") % {"goal": aim.goal()}
    yield NumberRow(words, needed[0], needed[1], _why(aim, was, now), aim.standing(*now))


def _aim(year: int) -> Aim | None:
    """The milestone that is due next, or the last one after all are."""
    marks = milestones.targets()
    found = next((mark for mark in marks if (mark.due or 0) >= year), marks[-1] if marks else None)
    return Aim(found.comparison, found.value, year, found.due) if found else None


def _why(aim: Aim, was: tuple[int, int], now: tuple[int, int]) -> str:
    """How many are short, and that no admission changed it."""
    short = aim.short(*now)
    told = [_("%(n)s short") % {"n": number(short)}] if short else []
    if aim.met(*was) != aim.met(*now):
        told.append(_("by merging villages, not by any admission"))
    return "; ".join(told)

"""An issued report against today, by name: whose level or state is another one, who came, who went.

Both sides are read by `issued/standing.py`; nothing here counts or judges.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from accounts.permissions import Permission, may
from assessments.figures.figure import Figure
from assessments.figures.indicator import Indicator
from assessments.figures.indicators import INDICATORS
from assessments.figures.words import fraction
from assessments.reports.declared import Matter
from assessments.reports.issued import standing
from assessments.reports.issued.models import IssuedReport
from assessments.roster.keys import EXEMPT
from assessments.roster.models.lines import MemberLine, OrganizationLine
from assessments.roster.models.village_lines import HeadState, VillageLine
from members.models import Member
from orgs.models import Organization, Village
from resolution03.lib.figures import number, signed

ABSENT = None
"""On a side where the line does not stand in the list."""
ORGANIZATIONS, VILLAGES, MEMBERS = PARTS = ("organizations", "villages", "members")


@dataclass(frozen=True, slots=True)
class Moved:
    """Something of the list that is not as it was: its key, and what it was then and is now."""

    key: str | int
    then: Any
    now: Any

    @property
    def way(self) -> str:
        """`came`, `went`, or `changed`."""
        if self.then is ABSENT:
            return "came"
        return "went" if self.now is ABSENT else "changed"


def moved(then: Mapping, now: Mapping) -> list[Moved]:
    """What differs between two sides, by key; the order of the keys."""
    keys = sorted(then.keys() | now.keys())
    found = (Moved(key, then.get(key, ABSENT), now.get(key, ABSENT)) for key in keys)
    return [one for one in found if one.then != one.now]


class Since:
    """What changed since a report was issued, for a user who sees the report and what it speaks of."""

    def __init__(self, user, issued: IssuedReport, matter: Matter):
        self.user, self.issued, self.matter = user, issued, matter
        self.kept = issued.standing

    @property
    def knows_lines(self) -> bool:
        """Whether the report kept its lines; the earliest ones did not."""
        return ORGANIZATIONS in self.kept

    @property
    def knows_members(self) -> bool:
        return MEMBERS in self.kept

    def part(self, part: str) -> list[Moved]:
        """What moved of a part; nothing where it was not kept."""
        if part not in self.kept:
            return []
        if part == MEMBERS:
            return moved(standing.unpacked(self.kept[part]), standing.members(self.matter))
        read = standing.organizations if part == ORGANIZATIONS else standing.villages
        return moved(self.kept[part], read(self.matter))

    @property
    def names_members(self) -> bool:
        return may(self.user, Permission.VIEW_PERSONS)

    def units(self) -> Iterator[tuple[str, list["UnitChange"]]]:
        """Of the province's report: each unit in the Board's order with what changed in its figures, then
        the units that are no longer there."""
        kept = self.kept.get("units", {})
        for place in self.matter.places if kept else ():
            figures = ((one, self.matter.figure(one.code, place)) for one in INDICATORS.values())
            changes = [
                UnitChange(one, kept.get(place.code, {}).get(one.code, [None, None]), _now(figure))
                for one, figure in figures
            ]
            if found := [one for one in changes if one.is_changed]:
                yield place.name, found
        for code in kept.keys() - {place.code for place in self.matter.places}:
            yield code, []


@dataclass(frozen=True, slots=True)
class UnitChange:
    """A figure of a unit as issued and now: numerator and denominator."""

    indicator: Indicator
    then: list[int | None]
    now: list[int | None]

    @property
    def is_changed(self) -> bool:
        return self.then != self.now

    @property
    def told_then(self) -> str:
        return _side(self.then)

    @property
    def told_now(self) -> str:
        return _side(self.now)

    @property
    def told_count(self) -> str:
        then, now = self.then[0], self.now[0]
        return "" if then is None or now is None or then == now else signed(now - then)


def _side(side: list[int | None]) -> str:
    """`44/60`, a count alone, or `–`."""
    numerator, denominator = side
    if numerator is None or denominator is None:
        return number(numerator)
    return fraction(numerator, denominator).replace(" ", "")


def _now(figure: Figure) -> list[int | None]:
    return [figure.numerator, figure.denominator if figure.is_known else None]


@dataclass(frozen=True, slots=True)
class Named:
    """A row of the page: code, name and unit of the list today, else of the registers."""

    code: str
    name: str
    unit: str
    way: str
    then: str
    now: str
    page: tuple[str, int] | None = None


def named(since: Since, part: str, found: Iterable[Moved]) -> list[Named]:
    """The rows with their names, inside the user's scope; a few statements for any number. What the user
    no longer sees keeps its code; a member then has none."""
    rows = list(found)
    names = _NAMES[part](since, [one.key for one in rows])
    units = {place.id: place.name for place in since.matter.places}
    return [
        Named(code, name, units.get(unit, ""), one.way, told(part, one.then), told(part, one.now), page)
        for one in rows
        for code, name, unit, page in [names.get(one.key, (_code(part, one.key), "", None, None))]
    ]


def _code(part: str, key: str | int) -> str:
    return "" if part == MEMBERS else str(key)


def _of_organizations(since: Since, codes: list) -> dict:
    lines = OrganizationLine.objects.visible_to(since.user).under(since.matter.scope)
    found = lines.filter(year=since.matter.year, code__in=codes)
    rows = found.values_list("code", "name", "unit_id", "organization_id")
    names = {code: (code, name, unit, ("registers:organization", pk)) for code, name, unit, pk in rows}
    return names | _today(since, Organization, "registers:organization", set(codes) - names.keys())


def _of_villages(since: Since, codes: list) -> dict:
    lines = VillageLine.objects.visible_to(since.user).under(since.matter.scope)
    found = lines.filter(year=since.matter.year, code__in=codes)
    rows = found.values_list("code", "name", "unit_id", "village_id")
    names = {code: (code, name, unit, ("registers:village", pk)) for code, name, unit, pk in rows}
    return names | _today(since, Village, "registers:village", set(codes) - names.keys())


def _today(since: Since, model, page: str, codes: set) -> dict:
    """What the list no longer has, under its name of today."""
    if not codes:
        return {}
    rows = model.objects.visible_to(since.user).under(since.matter.scope).filter(code__in=codes)
    return {code: (code, name, None, (page, pk)) for code, name, pk in rows.values_list("code", "name", "pk")}


def _of_members(since: Since, keys: list) -> dict:
    lines = MemberLine.objects.visible_to(since.user).under(since.matter.scope)
    units = dict(lines.filter(year=since.matter.year, member__in=keys).values_list("member_id", "unit_id"))
    rows = Member.objects.visible_to(since.user).filter(pk__in=keys).values_list("pk", "code", "full_name")
    return {pk: (code, name, units.get(pk), ("registers:member", pk)) for pk, code, name in rows}


_NAMES = {ORGANIZATIONS: _of_organizations, VILLAGES: _of_villages, MEMBERS: _of_members}


def told(part: str, side: Any) -> str:
    """What a line is on one side, in words."""
    if side is ABSENT:
        return _("not in the list")
    if part == VILLAGES:
        return _village(*side)
    if side == EXEMPT:
        return _("exempt from party work and meetings")
    return side or _("not rated")


def _village(has_cell: bool, has_member: bool, head: str) -> str:
    cell = _("has a party organization") if has_cell else _("no party organization")
    member = _("has members") if has_member else _("no member")
    return "; ".join((cell, member, _("head: %(state)s") % {"state": HeadState(head).label}))

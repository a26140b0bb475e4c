"""Where a body comes from and where it went: who went into it, into what it went, of what it was a part.

Lineage is told with a body of the user's scope, also where it leads out of that: by name and code, without
an address and without a figure (INTERFACE, reading 10).
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property

from django.utils.translation import gettext as _

from orgs.histories import last_of
from orgs.models import Organization, Village
from resolution03.lib.phrases import Phrase


@dataclass(frozen=True, slots=True)
class Body:
    """An organization or a village; `gone_on`: the first day on which it is no longer there; `begun`, `last`:
    its first and last day, as precise as known. `url` is empty for what the user may not open."""

    pk: int
    code: str
    name: str
    url: str
    begun_on: date | None
    gone_on: date | None
    decision: str
    into: int | None
    part_of: int | None
    begun: str = ""
    last: str = ""

    @property
    def last_day(self) -> date | None:
        return self.gone_on and self.gone_on - timedelta(days=1)


@dataclass(frozen=True)
class Family:
    """All that hangs together with `shown`, by the keys of the bodies. `merged`, `received`: that it was made
    of so many, or took them over."""

    shown: Body
    bodies: Mapping[int, Body]
    merged: Phrase
    received: Phrase

    @cached_property
    def _sources(self) -> Mapping[int, list[Body]]:
        found: dict[int, list[Body]] = defaultdict(list)
        for body in self.bodies.values():
            if body.into:
                found[body.into].append(body)
        return found

    def sources(self, pk: int) -> list[Body]:
        """Who went into a body, by day and code."""
        return sorted(self._sources.get(pk, []), key=lambda one: (one.gone_on or date.max, one.code))

    @property
    def ancestors(self) -> list[Body]:
        """All who went into it, directly or by way of others, the nearest first."""
        found, near = [self.shown], [self.shown]
        while near:
            near = [one for body in near for one in self.sources(body.pk) if one not in found]
            found += near
        return found[1:]

    @property
    def heirs(self) -> list[Body]:
        """Into what it went, one after the other."""
        found = [self.shown]
        while (into := self.bodies.get(found[-1].into or 0)) and into not in found:
            found.append(into)
        return found[1:]

    @property
    def whole(self) -> Body | None:
        """Of what it was a part until it was founded."""
        return self.bodies.get(self.shown.part_of or 0)

    @property
    def parts(self) -> list[Body]:
        """What was split from it."""
        found = (body for body in self.bodies.values() if body.part_of == self.shown.pk)
        return sorted(found, key=lambda one: (one.begun_on or date.max, one.code))

    def __bool__(self) -> bool:
        return len(self.bodies) > 1

    @property
    def finding(self) -> str:
        """What the title says of it, behind the name; empty without a lineage."""
        if self.heirs:
            words = {"name": self.heirs[0].name, "day": in_words(self.shown.gone_on)}
            return _("went into %(name)s on %(day)s") % words
        if sources := self.sources(self.shown.pk):
            return self._came_of(sources)
        if self.whole:
            words = {"name": self.whole.name, "day": in_words(self.shown.begun_on)}
            return _("split from %(name)s on %(day)s") % words
        return ""

    def _came_of(self, sources: list[Body]) -> str:
        """Of whom it was made, or whom it took over as it stood."""
        days = [source.gone_on for source in sources]
        words = {"count": len(sources), "name": sources[0].name, "day": in_words(days[-1])}
        if len(sources) == 1:
            return _("took over %(name)s on %(day)s") % words
        if set(days) == {self.shown.begun_on}:
            return self.merged % words
        return self.received % words


def in_words(day: date | None) -> str:
    """Empty for none."""
    return f"{day:%d/%m/%Y}" if day else ""


def of_organization(shown: Organization, user) -> Family:
    """The same number of statements whatever hangs on it."""
    words = (
        _("merged of %(count)d organizations on %(day)s"),
        _("took over %(count)d organizations, the last on %(day)s"),
    )
    return _family(shown, Organization.objects, user, _organization, words)


def of_village(shown: Village, user) -> Family:
    """As `of_organization`."""
    words = (
        _("merged of %(count)d villages on %(day)s"),
        _("took over %(count)d villages, the last on %(day)s"),
    )
    return _family(shown, Village.objects, user, _village, words)


def _family(shown, things, user, told, words: tuple[str, str]) -> Family:
    kin = _kin(shown, things)
    found = {thing.pk: thing for thing in things.filter(pk__in=kin)} if kin else {}
    found[shown.pk] = shown
    seen = set(things.visible_to(user).filter(pk__in=kin).values_list("pk", flat=True)) if kin else set()
    bodies = {pk: told(thing, pk in seen or pk == shown.pk) for pk, thing in found.items()}
    apart = _told_apart(bodies)
    return Family(apart[shown.pk], apart, *words)


def _told_apart(bodies: Mapping[int, Body]) -> Mapping[int, Body]:
    """Who ended is the old one of two that bear the same name."""
    lasting = {body.name for body in bodies.values() if not body.gone_on}
    return {
        pk: replace(body, name=_("%(name)s (old)") % {"name": body.name})
        if body.gone_on and body.name in lasting
        else body
        for pk, body in bodies.items()
    }


def _kin(shown, things) -> set[int]:
    """The keys of all but itself. One statement."""
    rows = things.filter(merged_into__isnull=False) | things.filter(split_from=shown.pk)
    into: dict[int, int] = {}
    sources: dict[int, list[int]] = defaultdict(list)
    found = {shown.split_from_id} if shown.split_from_id else set()
    for pk, heir, whole in rows.order_by().values_list("pk", "merged_into", "split_from"):
        if heir:
            into[pk] = heir
            sources[heir].append(pk)
        if whole == shown.pk:
            found.add(pk)
    found |= _along(shown.pk, lambda pk: sources.get(pk, ()))
    found |= _along(shown.pk, lambda pk: [into[pk]] if pk in into else ())
    return found - {shown.pk}


def _along(start: int, following: Callable[[int], Iterable[int]]) -> set[int]:
    """All that is reached from one, itself included."""
    found: set[int] = set()
    near = {start}
    while near:
        found |= near
        near = {pk for one in near for pk in following(one)} - found
    return found


def _organization(one: Organization, is_seen: bool) -> Body:
    return Body(
        one.pk, one.code, one.name, one.get_absolute_url() if is_seen else "", one.established_on,
        one.dissolved_on, one.dissolution, one.merged_into_id, one.split_from_id, str(one.established or ""),
        str(last_of(one) or ""),
    )  # fmt: skip


def _village(one: Village, is_seen: bool) -> Body:
    return Body(
        one.pk, one.code, one.name, one.get_absolute_url() if is_seen else "", one.starts_on, one.gone_on,
        one.ending, one.merged_into_id, one.split_from_id, str(one.starts or ""), str(one.ends or ""),
    )  # fmt: skip

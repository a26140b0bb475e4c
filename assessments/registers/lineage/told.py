"""All that the page of an organization or of a village tells of its lineage."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.registers.lineage.drawing import Drawing
from assessments.registers.lineage.family import Body, Family, in_words, of_organization, of_village
from assessments.registers.lineage.kinds import Kind, kinds_of
from assessments.registers.lineage.received import Held, held, received
from assessments.registers.lineage.years import Ratings, Row, ratings_of
from orgs.models import Organization, Village


@dataclass(frozen=True)
class Told:
    """`held`: what passed from those who went into it, and what it held itself on its last day; of
    organizations that the user sees. `kinds`: of an organization."""

    family: Family
    kinds: list[Kind] = field(default_factory=list)
    held: Mapping[int, Held] = field(default_factory=dict)
    ratings: Ratings | None = None

    def __bool__(self) -> bool:
        return bool(self.family)

    @cached_property
    def svg(self) -> SafeString:
        stages = [(kind.since, kind.words) for kind in self.kinds]
        told = {pk: _in_short(one) for pk, one in self.held.items()}
        return mark_safe(Drawing(self.family, stages, told).svg)  # noqa: S308 (drawing escapes the words)

    @property
    def finding(self) -> str:
        """What the title says behind the name: the lineage, and since when it is of another kind."""
        changed = [_("%(kind)s since %(day)s") % _of(kind) for kind in self.kinds[-1:] if len(self.kinds) > 1]
        return ", ".join([one for one in (self.family.finding, *changed) if one])

    @property
    def rows(self) -> Iterator[tuple[str, Body, str]]:
        """The picture as a table: how a body belongs to it, the body, and by which decision."""
        family = self.family
        if family.whole:
            yield _("split from"), family.whole, ""
        direct = family.sources(family.shown.pk)
        for body in family.ancestors:
            heir = family.bodies[body.into or 0]
            how = _("went into it") if body in direct else _("went into %(name)s") % {"name": heir.name}
            yield how, body, body.decision
        for before, body in pairwise([family.shown, *family.heirs]):
            yield _("went on as"), body, before.decision
        for body in family.parts:
            yield _("split off"), body, ""

    @property
    def received(self) -> list[tuple[Body, Held | None, Row | None]]:
        """Who went into it, with what, and the years in which it was rated by itself."""
        rated = {row.body.pk: row for row in self.ratings.rows} if self.ratings else {}
        sources = self.family.sources(self.family.shown.pk)
        return [(body, self.held.get(body.pk), rated.get(body.pk)) for body in sources]

    @property
    def total(self) -> Held | None:
        """All that was received; None where the user does not see one of them."""
        found = [one for _body, one, _row in self.received]
        return sum((one for one in found if one), Held()) if all(found) else None

    @property
    def own(self) -> Held | None:
        """What it held on its own last day."""
        return self.held.get(self.family.shown.pk)

    @property
    def codes(self) -> list[Body]:
        """Whose codes lead to it."""
        return self.family.sources(self.family.shown.pk)


def _of(kind: Kind) -> dict[str, str]:
    return {"kind": kind.words, "day": in_words(kind.since)}


def _in_short(one: Held) -> str:
    children = ngettext("%(count)d organization", "%(count)d organizations", one.children)
    members = ngettext("%(count)d member", "%(count)d members", one.members)
    told = [children % {"count": one.children}] if one.children else []
    return " · ".join([*told, members % {"count": one.members}])


def organization(shown: Organization, user) -> Told:
    """In as many statements whatever hangs on it."""
    family, kinds = of_organization(shown, user), kinds_of(shown)
    if not family:
        return Told(family, kinds)
    found = dict(received([body for body in family.sources(shown.pk) if body.url], family.shown))
    if own := held(family.shown):
        found[shown.pk] = own
    return Told(family, kinds, found, ratings_of(family, kinds, user) if family.ancestors else None)


def village(shown: Village, user) -> Told:
    return Told(of_village(shown, user))

"""What stands in a body, and what of it stands there on days on which the body does not exist.

The one rule for acts, `doctor` and tests (INTERFACE, readings 1, 2 and 10). Its end is judged always; its
beginning only where something came to it on a day: a first stretch has no start, and who was there before
the body was founded was somewhere that nobody recorded (reading 5).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, Model, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.actors import Actor
from orgs.models import Coverage, Organization, Placement, Village
from resolution03.lib.errors import Refusal
from resolution03.lib.phrases import Phrase

NAMED = 5
"""How many things of a sort a refusal names; of the others it tells how many."""

End = tuple[str, str]
"""A field that holds an end, and the lookup by which it lies after a day that still counts: `gt` for a first
day no longer counted, `gte` for a last day."""


@dataclass(frozen=True, slots=True)
class Holding:
    """How things of one sort stand in bodies of one sort: a row of `model` says in which `body` the `thing`
    stands, while the row and the thing both last (`starts`, the row's own first, and `ends`). `counted`: how
    many, in words; `names`: what names a thing, from the row."""

    model: type[Model]
    thing: str
    body: str
    starts: tuple[str, ...]
    ends: tuple[End, ...]
    body_starts: str
    body_ends: End
    things: type[Model]
    names: tuple[str, str]
    counted: Callable[[int], str]
    alias: Callable[[QuerySet], QuerySet] = lambda rows: rows

    def rows(self, **only) -> QuerySet:
        """Rows by which a thing stands in a body on any day; `only` narrows them."""
        last = Q()
        for start in self.starts:
            for end, lookup in self.ends:
                known = Q(**{f"{start}__isnull": False, f"{end}__isnull": False})
                last &= ~known | Q(**{f"{end}__{lookup}": F(start)})
        rows = self.alias(self.model._default_manager.order_by("pk"))
        return rows.filter(last, **{f"{self.body}__isnull": False}, **only)

    def since(self, on: date, **only) -> QuerySet:
        """Rows by which things stand in a body on `on` or later."""
        lasting = Q()
        for end, lookup in self.ends:
            lasting &= Q(**{f"{end}__isnull": True}) | Q(**{f"{end}__{lookup}": on})
        return self.rows(**only).filter(lasting)

    def after_end(self, **only) -> QuerySet:
        """Rows by which things stand in bodies that ended before."""
        body_end, body_lookup = self.body_ends
        later = Q(**{f"{body_end}__isnull": False})
        for end, lookup in self.ends:
            beyond = lookup if body_lookup == "gt" else "gt"
            later &= Q(**{f"{end}__isnull": True}) | Q(**{f"{end}__{beyond}": F(body_end)})
        return self.rows(**only).filter(later)

    def before_beginning(self, **only) -> QuerySet:
        """Rows by which things came to bodies that began only later."""
        own, *others = self.starts
        earlier = Q(**{f"{own}__lt": F(self.body_starts)})
        for start in others:
            earlier &= Q(**{f"{start}__isnull": True}) | Q(**{f"{start}__lt": F(self.body_starts)})
        return self.rows(**only).filter(earlier)

    def already(self, on: date, **only) -> QuerySet:
        """Rows of things that are older than `on`, with no day on which they came to the body."""
        own, *others = self.starts
        older = Q(pk__in=[])
        for start in others:
            older |= Q(**{f"{start}__lt": on})
        return self.rows(**only).filter(older, **{f"{own}__isnull": True})

    def day(self, row, name: str) -> date | None:
        """The value of one of `starts` of a row: a field of its own, of its thing, or an alias."""
        of: Any = row
        for part in name.split("__"):
            of = getattr(of, part)
        return of

    def told(self, rows: QuerySet, by: Actor) -> str:
        """How many things the rows are about; those that the actor sees by code and name, NAMED at most."""
        count = rows.values(self.thing).distinct().order_by().count()
        things: Any = self.things._default_manager.order_by()
        seen = things.visible_to(by.user) if by.user else named(things)
        shown = rows.filter(**{f"{self.thing}__in": seen.values("pk")}).order_by(*self.names)
        words = (f"{code} {name}" for code, name in shown.values_list(*self.names).distinct()[:NAMED])
        return listed(self.counted(count), list(words), count)


def listed(counted: str, names: list[str], count: int) -> str:
    """`3 members (A1 …, A2 …, 1 more)`: a number in words, the first names, how many others."""
    shown = names[:NAMED]
    if shown and count > len(shown):
        shown.append(_("%(count)d more") % {"count": count - len(shown)})
    return f"{counted} ({', '.join(shown)})" if shown else counted


def named(things: QuerySet) -> QuerySet:
    """Who may be named by the command line: nobody where no names are stored."""
    return things.named() if hasattr(things, "named") else things


CHILDREN = Holding(
    Placement,
    "organization",
    "parent",
    starts=("starts_on", "organization__established_on"),
    ends=(("ends_on", "gt"), ("organization__dissolved_on", "gt")),
    body_starts="parent__established_on",
    body_ends=("parent__dissolved_on", "gt"),
    things=Organization,
    names=("organization__code", "organization__name"),
    counted=lambda count: (
        ngettext("%(count)d organization", "%(count)d organizations", count) % {"count": count}
    ),
)


def _villages(body: str) -> Holding:
    return Holding(
        Coverage,
        "village",
        body,
        starts=("starts_on", "village__starts_on"),
        ends=(("ends_on", "gt"), ("village__ends_on", "gte")),
        body_starts=f"{body}__established_on",
        body_ends=(f"{body}__dissolved_on", "gt"),
        things=Village,
        names=("village__code", "village__name"),
        counted=lambda count: ngettext("%(count)d village", "%(count)d villages", count) % {"count": count},
    )


VILLAGES, COVERED = _villages("committee"), _villages("cell")
HOLDINGS = (CHILDREN, VILLAGES, COVERED)


def require_nothing_since(
    held: Iterable[Holding],
    body: Model,
    on: date,
    *,
    by: Actor,
    field: str = "on",
    words: Phrase | None = None,
) -> None:
    """Refuse to end `body` on `on` while anything stands in it on that day or later; `words`: or what
    else becomes of it."""
    there = [(one, one.since(on, **{one.body: body})) for one in held]
    _refuse(there, words or STILL_THERE, on, body, by, field)


def require_ended(held: Iterable[Holding], body: Model, *, by: Actor, field: str) -> None:
    """Refuse that anything stands in `body` after that has ended."""
    _refuse([(one, one.after_end(**{one.body: body})) for one in held], STILL_THERE, None, body, by, field)


def require_begun(held: Iterable[Holding], body: Model, *, by: Actor, field: str) -> None:
    """Refuse that anything came to `body` on a day before that began."""
    early = [(one, one.before_beginning(**{one.body: body})) for one in held]
    _refuse(early, NOT_YET_THERE, None, body, by, field)


def require_bodies(held: Iterable[Holding], thing: Model, *, by: Actor, field: str = "", **bodies) -> None:
    """Refuse that `thing` stands in a body after that has ended, or came to it before it began; at `field`,
    else at the one named as the body. `bodies`: only in these, by the names of `Holding.body`."""
    for one in held:
        only = {one.thing: thing} | {name: body for name, body in bodies.items() if name == one.body}
        for rows, words in (
            (one.after_end(**only), STILL_THERE),
            (one.before_beginning(**only), NOT_YET_THERE),
        ):
            if row := rows.select_related(one.body).first():
                body = getattr(row, one.body)
                _refuse([(one, rows.filter(pk=row.pk))], words, None, body, by, field or one.body)


STILL_THERE = gettext_lazy(
    "%(name)s ends on %(day)s; then or later it would still hold: %(things)s. Move them first, or merge."
)
OTHER_FORM = gettext_lazy(
    "%(name)s has another form from %(day)s; then or later it would still hold: %(things)s. Move them first."
)
NOT_YET_THERE = gettext_lazy("%(name)s begins only on %(day)s; before that it would hold: %(things)s.")


def _refuse(groups, words: Phrase, day: date | None, body: Model, by: Actor, field: str) -> None:
    """Refuse with all that the groups hold, in one sentence; nothing where they hold nothing. The day is
    else the body's own end or beginning."""
    things = ", ".join([holding.told(rows, by) for holding, rows in groups if rows.exists()])
    if not things:
        return
    holding = groups[0][0]
    end = holding.body_starts if words is NOT_YET_THERE else holding.body_ends[0]
    day = day or getattr(body, end.rpartition("__")[2])
    raise Refusal(words % {"name": body, "day": f"{day:%d/%m/%Y}", "things": things}, field=field)

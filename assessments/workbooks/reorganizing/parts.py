"""What of a divided body goes elsewhere: its villages and members, each with where it goes."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import ngettext

from assessments.workbooks.reorganizing.lines import Line
from members.models import Member
from orgs.models import Organization, Village
from resolution03.lib.text import code as as_code


@dataclass(frozen=True)
class Part:
    """A village or a member of one of the places shown; `cell`, `committee`: the codes typed of where it
    goes, "" where it stays."""

    thing: Village | Member
    of: frozenset[int]
    cell: str = ""
    committee: str = ""

    @property
    def is_village(self) -> bool:
        return isinstance(self.thing, Village)

    @property
    def key(self) -> str:
        """Its part of the names of fields: `v12`, `m34`."""
        return f"{'v' if self.is_village else 'm'}{self.thing.pk}"

    @property
    def goes(self) -> bool:
        return bool(self.cell or self.committee)


def parts_of(user, places: Iterable[Organization], posted: Mapping[str, str]) -> list[Part]:
    """The villages of the places and of the cells among them, and the cells' members as far as the user may
    see persons."""
    keys = [place.pk for place in places]
    villages = Village.objects.visible_to(user).filter(ends_on=None).select_related("committee", "cell")
    members = Member.objects.visible_to(user).filter(left_on=None, cell__in=keys).select_related("cell")
    there = dict.fromkeys([*villages.filter(committee__in=keys), *villages.filter(cell__in=keys)])
    things: list[Village | Member] = [*there, *members.order_by("sort_key")]
    return [_typed(thing, posted) for thing in things]


def _typed(thing: Village | Member, posted: Mapping[str, str]) -> Part:
    of = {thing.cell_id} | ({thing.committee_id} if isinstance(thing, Village) else set())
    part = Part(thing, frozenset(pk for pk in of if pk))
    cell, committee = (as_code(posted.get(f"{name}-{part.key}", ""))[:60] for name in ("cell", "committee"))
    return Part(thing, part.of, cell, committee)


def unplaced(lines: Iterable[Line], parts: Iterable[Part]) -> Iterator[str]:
    """Of each body that is divided, that some of its parts go nowhere yet."""
    lines, parts = list(lines), list(parts)
    placed = {line.body.pk for line in lines if line.what}
    for line in (line for line in lines if line.what == "split"):
        children = line.body.children.filter(dissolved_on=None).exclude(pk__in=placed).count()
        left = [part for part in parts if line.body.pk in part.of and not part.goes]
        hidden = _hidden(line.body, parts)
        if count := children + len(left) + hidden:
            words = ngettext(
                "%(name)s is divided: %(count)s part goes nowhere yet; show what is under it.",
                "%(name)s is divided: %(count)s parts go nowhere yet; show what is under it.",
                count,
            )
            yield words % {"name": line.body, "count": count}


def _hidden(body: Organization, parts: Iterable[Part]) -> int:
    """How many villages and members of a body the page does not show."""
    shown = {part.key for part in parts}
    villages = (f"v{pk}" for pk in body.villages.filter(ends_on=None).values_list("pk", flat=True))
    members = (f"m{pk}" for pk in body.members.filter(left_on=None).values_list("pk", flat=True))
    return len({*villages, *members} - shown)

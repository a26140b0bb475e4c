"""What goes with each body of a plan, and what is left where nothing can stand any more."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from django.db.models import QuerySet

from members.standing import MEMBERS
from orgs.reorganizing.asked import Asked
from orgs.reorganizing.tree import Trees
from orgs.rules import may_have_children
from orgs.standing import CHILDREN, COVERED, VILLAGES, Holding


class Group(NamedTuple):
    """Bodies that end on one day by one decision, by their keys, each with the code of its heir."""

    on: date
    decision: str
    heirs: Mapping[int, str]


def passing(holding: Holding, trees: Trees) -> Iterator[tuple[Group, QuerySet]]:
    """What stands in the bodies that end and can stand in their heirs, group by group."""
    for group in _groups(trees, [row for row in trees.plan.ending.values() if takes(holding, row, trees)]):
        yield group, _rows(holding, group, trees)


def takes(holding: Holding, row: Asked, trees: Trees) -> bool:
    """Whether the heir of a body can hold what stands in it: only cells hold members and cover villages."""
    return holding not in (COVERED, MEMBERS) or trees.is_cell_after(row.new)


def left_behind(trees: Trees) -> Mapping[str, dict[str, int]]:
    """By the code of a cell that goes into what is none: how many members stay in it and how many villages
    lose it."""
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for holding, name in ((MEMBERS, "members"), (COVERED, "villages")):
        rows = [row for row in trees.plan.ending.values() if not takes(holding, row, trees)]
        for code, things in _held(holding, rows, trees).items():
            found[code][name] = len(things)
    return found


def held_by_old_form(code: str, on: date, trees: Trees) -> list[str]:
    """What of a body that becomes a cell, or is one no more, only its old form can hold on the day or later;
    in words, how many of each."""
    stored = trees.stored[code]
    if may_have_children(stored["form"]) == may_have_children(trees.form_after(code)):
        return []
    held = (CHILDREN, VILLAGES) if may_have_children(stored["form"]) else (COVERED, MEMBERS)
    found = [
        (one, one.since(on, **{one.body: stored["pk"]}).values(one.thing).distinct().count()) for one in held
    ]
    return [one.counted(count) for one, count in found if count]


class Counts(NamedTuple):
    """How much of what a body holds: children that are placed anew, members and villages of its own."""

    children: int
    members: int
    villages: int


def counts(trees: Trees) -> Mapping[str, Counts]:
    """By the code of each old body."""
    rows = list(trees.plan.of.values())
    ending = [row for row in rows if row.ends]
    children, members = _held(CHILDREN, ending, trees), _held(MEMBERS, rows, trees)
    villages = [_held(holding, rows, trees) for holding in (VILLAGES, COVERED)]
    return {
        row.old: Counts(
            len(children.get(row.old, ())),
            len(members.get(row.old, ())),
            len(set().union(*(found.get(row.old, ()) for found in villages))),
        )
        for row in rows
    }


def _held(holding: Holding, rows: Iterable[Asked], trees: Trees) -> Mapping[str, set[int]]:
    """The things that stand in the old bodies on their days or later, by the code of the body."""
    found: dict[str, set[int]] = defaultdict(set)
    for group in _groups(trees, rows):
        codes = {trees.stored[code]["pk"]: code for code in _codes(group, trees)}
        held = _rows(holding, group, trees).order_by()
        for body, thing in held.values_list(f"{holding.body}_id", f"{holding.thing}_id"):
            found[codes[body]].add(thing)
    return found


def _codes(group: Group, trees: Trees) -> Iterator[str]:
    return (code for code, row in trees.plan.of.items() if trees.stored[code]["pk"] in group.heirs)


def _rows(holding: Holding, group: Group, trees: Trees) -> QuerySet:
    rows = holding.since(group.on, **{f"{holding.body}__in": list(group.heirs)})
    if holding is not CHILDREN:
        return rows
    return rows.exclude(organization__in=[trees.stored[code]["pk"] for code in trees.plan.of])


def _groups(trees: Trees, rows: Iterable[Asked]) -> Iterator[Group]:
    found: dict[tuple[date, str], dict[int, str]] = defaultdict(dict)
    for row in rows:
        found[row.on, row.decision][trees.stored[row.old]["pk"]] = row.new
    for (on, decision), heirs in sorted(found.items()):
        yield Group(on, decision, heirs)

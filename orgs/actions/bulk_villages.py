"""Many villages at once, as a load stores them."""

from collections.abc import Collection, Mapping

from django.db.models import Max

from accounts.actors import Actor
from orgs.actions.bulk import Tree
from orgs.actions.bulk_trail import BulkChange, record
from orgs.models import Coverage, Village
from orgs.versions import writing
from resolution03.lib import bulk

VILLAGE_FIELDS = (
    "name",
    "kind",
    "starts_on",
    "starts_precision",
    "ends_on",
    "ends_precision",
    "ending_decision",
)


@writing()
def save_villages(*, by: Actor, changes: Collection[BulkChange], tree: Tree) -> dict[str, int]:
    """Enter and correct villages, their committees and cells; returns all keys by code.

    A village whose committee is not there is left out.
    """
    changes = [c for c in changes if c.stored or c.values.get("committee") in tree.pks]
    new = [change for change in changes if change.stored is None]
    old = [change for change in changes if change.stored is not None]
    position = Village.objects.aggregate(last=Max("position"))["last"] or 0
    bulk.insert([_village(change, tree, position + i) for i, change in enumerate(new, start=1)])
    pks = dict(Village.objects.order_by().values_list("code", "pk"))
    bulk.insert([_coverage(change, tree, village_id=pks[change.code]) for change in new])
    _lead_on(new, pks)
    _rewrite_villages(old, tree, pks)
    _cover(old, tree)
    record(
        Village,
        changes,
        by=by,
        action="village.load",
        pk_of=lambda change: pks[change.code],
        unit_of=lambda change: tree.unit_id(change.merged["committee"]),
        references={"committee": tree.pks, "cell": tree.pks, "merged_into": pks},
    )
    return pks


def _village(change: BulkChange, tree: Tree, position: int) -> Village:
    values = {name: change.values[name] for name in VILLAGE_FIELDS if name in change.values}
    made = Village(code=change.code, position=position, **_holders(change, tree), **values)
    made.refresh_keys()
    return made


def _holders(change: BulkChange, tree: Tree) -> dict[str, int | None]:
    values = change.merged
    return {
        "committee_id": tree.pks[values["committee"]],
        "cell_id": tree.pk(values.get("cell")),
    }


def _lead_on(changes: list[BulkChange], pks: Mapping[str, int]) -> None:
    """Name what new ones went into, which may be as new."""
    into = [(pks[c.code], pks[c.values["merged_into"]]) for c in changes if c.values.get("merged_into")]
    bulk.update(Village, ["merged_into"], into)


def _rewrite_villages(changes: list[BulkChange], tree: Tree, pks: Mapping[str, int]) -> None:
    rows = []
    for change in changes:
        values = change.merged
        found = Village(code=change.code, name=values["name"])
        found.refresh_keys()
        rows.append(
            (
                values["pk"],
                *(values[name] for name in VILLAGE_FIELDS),
                pks.get(values["merged_into"]),
                *_holders(change, tree).values(),
                found.search_key,
            )
        )
    bulk.update(Village, (*VILLAGE_FIELDS, "merged_into", "committee", "cell", "search_key"), rows)
    redecided = [change.known["pk"] for change in changes if "ending_decision" in change.values]
    bulk.update(Village, ["ending_decided_on"], [(pk, None) for pk in redecided])


def _coverage(change: BulkChange, tree: Tree, **stretch) -> Coverage:
    return Coverage(decision=change.values.get("decision", ""), **stretch, **_holders(change, tree))


def _cover(changes: list[BulkChange], tree: Tree) -> None:
    """Move from a day on, or correct the latest coverage from its own start; a decision of another number
    has another date, which no sheet tells."""
    moved, corrected = [], []
    for change in changes:
        is_held = {"committee", "cell"} & change.values.keys()
        if change.on and is_held and change.on != change.known["covered_from"]:
            moved.append(change)
        elif is_held or "decision" in change.values:
            corrected.append(change)
    rows = [
        (change.known["coverage"], *_holders(change, tree).values(), change.merged["decision"])
        for change in corrected
    ]
    bulk.update(Coverage, ("committee", "cell", "decision"), rows)
    redecided = [change.known["coverage"] for change in corrected if "decision" in change.values]
    bulk.update(Coverage, ["decided_on"], [(pk, None) for pk in redecided])
    bulk.update(Coverage, ["ends_on"], [(change.known["coverage"], change.on) for change in moved])
    bulk.insert(
        [_coverage(change, tree, village_id=change.known["pk"], starts_on=change.on) for change in moved]
    )

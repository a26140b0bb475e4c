"""Many members and terms of village heads written at once, as workbooks do it.

The caller has judged the changes by `members.rules`; the audit trail gets a row for each object.
"""

from collections.abc import Collection, Mapping
from dataclasses import replace

from accounts.actors import Actor
from members.models import FormerExemption, Member, Membership, PastStay, VillageHead
from members.rules import is_return
from orgs.actions import former
from orgs.actions.bulk import Tree
from orgs.actions.bulk_trail import BulkChange, record
from orgs.versions import writing
from resolution03.lib import bulk

MEMBER_FIELDS = (
    "full_name",
    "born_on",
    "born_precision",
    "sex",
    "admitted_on",
    "admitted_precision",
    "admitted_outside",
    "arrived_on",
    "arrived_precision",
    "official_on",
    "official_precision",
    "is_exempt",
    "left_on",
    "left_precision",
    "leaving_reason",
)
LEAVING = ("leaving_decision", "leaving_decided_on")
STAY = ("arrived_on", "arrived_precision", "left_on", "left_precision", "leaving_reason", *LEAVING)
"""What a member tells of the latest stay, and a past stay of an earlier one."""
WRITTEN = (*MEMBER_FIELDS, "cell", "search_key", "sort_key")
DEFAULTS = {name: bulk.column(Member, name).get_default() for name in MEMBER_FIELDS}
HEAD_FIELDS = (
    "full_name",
    "is_member",
    "is_secretary",
    "starts_precision",
    "ends_on",
    "ends_precision",
)


@writing()
def save_members(*, by: Actor, changes: Collection[BulkChange], tree: Tree) -> dict[str, int]:
    """Enter, correct and transfer members; returns all keys by code.

    A member whose cell is not there is left out.
    """
    changes = [_from_return(c) for c in changes if c.merged.get("cell") in tree.pks]
    new = [change for change in changes if change.stored is None]
    old = [change for change in changes if change.stored is not None]
    keys = Member()
    bulk.upsert(Member, ("code", *WRITTEN), ((c.code, *_row(c, tree, keys)) for c in new))
    pks = dict(Member.objects.order_by().values_list("code", "pk"))
    bulk.upsert(
        Membership,
        ("member", "cell"),
        ((pks[change.code], tree.pks[change.values["cell"]]) for change in new),
    )
    _keep_stays([change for change in old if _is_return(change)])
    _rewrite(old, tree)
    _exempt([change for change in old if change.on and "is_exempt" in change.values])
    _transfer([change for change in old if "cell" in change.values], tree)
    record(
        Member,
        changes,
        by=by,
        action="member.load",
        pk_of=lambda change: pks[change.code],
        unit_of=lambda change: tree.unit_id(change.merged["cell"]),
        references={"cell": tree.pks},
    )
    return pks


def _row(change: BulkChange, tree: Tree, keys: Member) -> tuple:
    """The values of `WRITTEN` for one member; what nobody gave has the model's default.

    `keys` is one member lent to all rows to make its search and sort keys on.
    """
    values = DEFAULTS | change.merged
    keys.code, keys.full_name = change.code, values["full_name"]
    keys.refresh_keys()
    return (
        *(values[name] for name in MEMBER_FIELDS),
        tree.pks[values["cell"]],
        keys.search_key,
        keys.sort_key,
    )


def _rewrite(changes: list[BulkChange], tree: Tree) -> None:
    keys = Member()
    bulk.update(Member, WRITTEN, ((c.known["pk"], *_row(c, tree, keys)) for c in changes))
    here = (c for c in changes if "left_on" in c.values and c.values["left_on"] is None)
    bulk.update(Member, LEAVING, [(c.known["pk"], "", None) for c in here])


def _is_return(change: BulkChange) -> bool:
    return change.stored is not None and is_return(change.stored, change.values)


def _from_return(change: BulkChange) -> BulkChange:
    """What a return brings holds from its day on, unless its row names another."""
    if change.on or not _is_return(change):
        return change
    return replace(change, on=change.values["arrived_on"])


def _keep_stays(changes: list[BulkChange]) -> None:
    """The stay that ended, of who comes back."""
    rows = ((c.known["pk"], *(c.known[name] for name in STAY)) for c in changes)
    bulk.upsert(PastStay, ("member", *STAY), rows)


def _exempt(changes: list[BulkChange]) -> None:
    former.begin_many(
        FormerExemption,
        "member",
        (
            former.Begun(
                change.known["pk"],
                change.known["former_exemptions"],
                change.known["is_exempt"],
                change.values["is_exempt"],
                change.on,
            )
            for change in changes
            if change.on
        ),
    )


def _transfer(changes: list[BulkChange], tree: Tree) -> None:
    """Move from a day on, or correct the latest membership from its own start."""
    moved = [c for c in changes if c.on and c.on != c.known["joined_cell"]]
    corrected = [c for c in changes if not c.on or c.on == c.known["joined_cell"]]
    bulk.update(
        Membership,
        ["cell"],
        [(change.known["membership"], tree.pks[change.values["cell"]]) for change in corrected],
    )
    bulk.update(Membership, ["ends_on"], [(c.known["membership"], c.on) for c in moved])
    bulk.insert(
        [
            Membership(
                member_id=change.known["pk"],
                cell_id=tree.pks[change.values["cell"]],
                starts_on=change.on,
            )
            for change in moved
        ]
    )


@writing()
def save_heads(
    *,
    by: Actor,
    changes: Collection[BulkChange],
    villages: Mapping[str, int],
    members: Mapping[str, int],
    units: Mapping[str, int | None],
) -> None:
    """Enter and correct terms; `values` name village and member by code, `units` the unit of each
    village. A term whose village or member is not there is left out."""
    changes = [change for change in changes if _is_whole(change, villages, members)]
    new = [change for change in changes if change.stored is None]
    old = [change for change in changes if change.stored is not None]
    old.sort(key=lambda change: change.merged["ends_on"] is None)
    fields = (*HEAD_FIELDS, "member", "search_key")
    bulk.update(VillageHead, fields, [_head_row(change, villages, members) for change in old])
    bulk.insert([_head(change, villages, members) for change in new])
    _record(changes, villages, members, units, by=by)


def _is_whole(change: BulkChange, villages: Mapping, members: Mapping) -> bool:
    member = change.merged.get("member")
    return change.code in villages and (member is None or member in members)


def _head(change: BulkChange, villages: Mapping, members: Mapping) -> VillageHead:
    values = change.merged
    made = VillageHead(
        village_id=villages[change.code],
        member_id=members.get(values.get("member")),
        starts_on=values["starts_on"],
        **{name: values[name] for name in HEAD_FIELDS if name in values},
    )
    made.refresh_keys()
    return made


def _head_row(change: BulkChange, villages: Mapping, members: Mapping) -> tuple:
    made = _head(change, villages, members)
    values = (getattr(made, name) for name in HEAD_FIELDS)
    return change.known["pk"], *values, made.member_id, made.search_key


def _record(changes, villages, members, units, *, by: Actor) -> None:
    """A term is known by its village and first day; the trail names the village."""
    rows = VillageHead.objects.order_by().values_list("village_id", "starts_on", "pk")
    pks = {(village, day): pk for village, day, pk in rows}
    record(
        VillageHead,
        changes,
        by=by,
        action="head.load",
        pk_of=lambda change: pks[villages[change.code], change.merged["starts_on"]],
        unit_of=lambda change: units.get(change.code),
        references={"member": members},
    )

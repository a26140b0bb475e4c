"""How a plan is carried out in the registers; the caller has judged it (`orgs.reorganizing.judging`)."""

from accounts.actors import Actor
from members import carried
from members.standing import MEMBERS
from orgs.actions import passing
from orgs.actions.accounts import follow_heirs
from orgs.actions.bulk import refresh_places, save_organizations
from orgs.actions.placing import lock_tree
from orgs.models import Organization
from orgs.reorganizing import changes
from orgs.reorganizing.tree import Trees
from orgs.standing import CHILDREN, COVERED, VILLAGES
from orgs.versions import writing

HANDED = (
    (CHILDREN, "organization.move"),
    (VILLAGES, "village.cover"),
    (COVERED, "village.cover"),
    (MEMBERS, "member.transfer"),
)
"""What passes to the heirs, and as what the trail tells it."""


@writing()
def reorganize(*, by: Actor, trees: Trees) -> dict[str, int]:
    """Carry a plan out, all of it; what of each body could not pass stays in it (`carried.left_behind`).
    Gives by the code of each old body how many accounts went along."""
    lock_tree()
    save_organizations(by=by, changes=changes.founded_and_changed(trees))
    keys = dict(Organization.objects.order_by().values_list("code", "pk"))
    passed = [
        (holding, action, group, _pass(holding, group, rows, trees, keys))
        for holding, action in HANDED
        for group, rows in carried.passing(holding, trees)
    ]
    save_organizations(by=by, changes=changes.ended(trees))
    refresh_places()
    for holding, action, group, found in passed:
        passing.record(holding, found, by=by, action=action, reason=group.decision)
    return follow_heirs(by=by, heirs={row.old: row.new for row in trees.plan.ending.values()})


def _pass(holding, group: carried.Group, rows, trees: Trees, keys: dict[str, int]) -> list[passing.Passed]:
    heirs = {source: keys[code] for source, code in group.heirs.items()}
    also = _own_levels(trees, keys) if holding is CHILDREN else lambda thing, heir: {}
    return passing.pass_many(holding, rows, heirs, on=group.on, decision=group.decision, also=also)


def _own_levels(trees: Trees, keys: dict[str, int]):
    """What comes under the province keeps its kind; elsewhere the level follows."""
    codes = {pk: code for code, pk in keys.items()}
    return lambda thing, heir: {"own_level": trees.own_level_after(codes[thing])}

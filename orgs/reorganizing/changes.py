"""What a plan writes into the organizations themselves, as the bulk actions take it."""

from collections.abc import Iterator

from orgs.actions.bulk_trail import BulkChange
from orgs.reorganizing.asked import Asked
from orgs.reorganizing.tree import Trees
from resolution03.lib.dates import Precision
from resolution03.lib.text import is_in_capitals_alone

DAY = Precision.DAY.value


def founded_and_changed(trees: Trees) -> list[BulkChange]:
    """The new bodies, and the standing ones that become something else on their day."""
    found = [_founded(said, trees) for code, said in trees.plan.described.items() if code not in trees.stored]
    changed = (_changed(said, trees) for code, said in trees.plan.described.items() if code in trees.stored)
    return [*found, *(change for change in changed if change)]


def ended(trees: Trees) -> list[BulkChange]:
    """The bodies that end, each into the one that takes over what it held."""
    return [
        BulkChange(
            row.old,
            {
                "dissolved_on": row.on,
                "dissolved_precision": DAY,
                "dissolution_decision": row.decision,
                "merged_into": row.new,
            },
            trees.stored[row.old],
        )
        for row in trees.plan.ending.values()
    ]


def _founded(said: Asked, trees: Trees) -> BulkChange:
    types = (trees.stored[row.old]["type_label"] for row in trees.plan.about[said.new])
    values = {
        "name": said.name,
        "form": said.form,
        "parent": said.parent,
        "level": trees.own_level_after(said.new),
        "type_label": next(types),
        "established_on": said.on,
        "established_precision": DAY,
        "decision": said.decision,
    }
    return BulkChange(said.new, values)


def _changed(said: Asked, trees: Trees) -> BulkChange | None:
    stored = trees.stored[said.new]
    values = dict(differing(said, trees))
    if not values:
        return None
    if {"parent", "level"} & values.keys():
        values["decision"] = said.decision
    if "form" in values:
        values["form_decision"] = said.decision
    return BulkChange(said.new, values, {**stored, "decision": said.decision}, said.on)


def differing(said: Asked, trees: Trees) -> Iterator[tuple[str, str]]:
    """What a standing body becomes that it was not, by attribute; its level is the own one."""
    stored = trees.stored[said.new]
    for name in ("name", "form", "parent"):
        value = getattr(said, name)
        if value and value != stored[name] and not is_in_capitals_alone(value, stored[name]):
            yield name, value
    own = trees.own_level_after(said.new)
    places = said.parent and said.parent != stored["parent"]
    if own != stored["level"] and (places or said.level):
        yield "level", own

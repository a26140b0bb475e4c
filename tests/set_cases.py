"""Sets of targets and quotas of units as the trail has them."""

from accounts.actors import Actor
from assessments.review.rulebook import set_actions, target_actions
from assessments.rules.models.target_sets import TargetSet
from assessments.rules.models.targets import Target

__all__ = ["TargetSet", "enter_sets"]


def enter_sets(unit, *, by: Actor) -> None:
    """A set, a quota of `unit` given and changed, all of it taken away."""
    row = TargetSet(code="DH", name="Đại hội", issuer="Đại hội")
    set_actions.save_set(row, by=by)
    assigned = Target(set=row, indicator="village_heads_members", comparison=">=", scope="quota")
    target_actions.save_target(assigned, by=by)
    for value in (40, 45):
        set_actions.save_quotas(assigned, {unit.pk: value}, by=by)
    set_actions.remove_set(row, by=by)

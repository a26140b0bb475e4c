"""What a row of members says of stays: a return, or what is on file of an earlier one (reading 8)."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from members import rules
from members.models import PastStay
from resolution03.lib.dates import Precision

LEFT = {"left_on": None, "left_precision": Precision.DAY.value, "leaving_reason": ""}
"""What is stored of who is there."""


class Past(NamedTuple):
    """A stay that is over, as it is stored."""

    arrived_on: date | None
    left_on: date
    leaving_reason: str


def past_stays() -> Mapping[int, list[Past]]:
    """The stays before the latest one by the key of the member, the earliest first; one query."""
    found: dict[int, list[Past]] = defaultdict(list)
    rows = PastStay.objects.order_by("left_on").values_list("member_id", *Past._fields)
    for member, *stay in rows:
        found[member].append(Past(*stay))
    return found


def asked_of_stays(stored: Mapping, asked: Mapping) -> dict:
    """What a row asks for, but for what it repeats of an earlier stay; of a return the leaving with it.

    A return is an arrival after the stored leaving; that leaving may stand in the row too.
    """
    asked = _without_past(stored, asked)
    if not rules.comes_back(asked.get("arrived_on"), stored["left_on"]):
        return asked
    is_new = asked.get("left_on") not in (None, stored["left_on"])
    return asked if is_new else asked | LEFT


def is_return(stored: Mapping, changes: Mapping) -> bool:
    """Whether the changes of a row are a return."""
    return rules.is_return(stored, {name: after for name, (_before, after) in changes.items()})


def _without_past(stored: Mapping, asked: Mapping) -> dict:
    """A row written before the return, or with it, tells an earlier stay again."""
    left, arrived = asked.get("left_on"), asked.get("arrived_on")
    for stay in stored["past_stays"]:
        is_leaving = left == stay.left_on and arrived in (None, stay.arrived_on, stored["arrived_on"])
        is_arrival = "left_on" not in asked and arrived is not None and arrived == stay.arrived_on
        if is_leaving or is_arrival:
            names = {"arrived_on", "arrived_precision"} if arrived == stay.arrived_on else set()
            names |= LEFT.keys() if is_leaving else set()
            return {name: value for name, value in asked.items() if name not in names}
    return dict(asked)

"""The one door through which pages change a register.

Actions of `orgs` and `members` know no years (imports go down the stair only), yet every open
year follows the registers (DESIGN, idea 1). So a page never calls such an action itself: it hands
it to `change`, which runs it and brings the open years after it, in one transaction. A test
(tests/assessments/registers/test_registers.py) refuses a page that goes another way. Workbooks write in
bulk and call `follow_registers` once for the whole load.
"""

from collections.abc import Callable
from typing import TypeVar

from accounts.actors import Actor
from assessments.figures import foreseen
from assessments.roster.changes import RosterChange
from assessments.roster.following import follow
from assessments.rules.holding import writing_years
from orgs.touched import touching

Result = TypeVar("Result")


def change(action: Callable[..., Result], *, by: Actor, **values) -> Result:
    """Run one action on a register, then let the open years follow; both or neither."""
    return carry_out(action, by=by, **values)[0]


def foresee(action: Callable[..., Result], *, by: Actor, **values) -> foreseen.Foreseen[Result]:
    """What `change` would do; nothing is stored."""
    return foreseen.foresee(lambda: carry_out(action, by=by, **values))


@writing_years()
def carry_out(action: Callable[..., Result], *, by: Actor, **values) -> tuple[Result, RosterChange]:
    """As `change`, with what became of the lines of open years."""
    with touching() as touched:
        result = action(by=by, **values)
    return result, follow(touched, by=by)

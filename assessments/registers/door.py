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
from assessments.roster.following import follow
from assessments.rules.holding import writing_years
from orgs.touched import touching

Result = TypeVar("Result")


@writing_years()
def change(action: Callable[..., Result], *, by: Actor, **values) -> Result:
    """Run one action on a register, then let the open years follow; both or neither."""
    with touching() as touched:
        result = action(by=by, **values)
    follow(touched, by=by)
    return result

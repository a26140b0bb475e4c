"""The one door through which pages change a register.

Actions of `orgs` and `members` know no years (imports go down the stair only), yet every open
year follows the registers (DESIGN, idea 1). So a page never calls such an action itself: it hands
it to `change`, which runs it, brings the open years after it and keeps what was written, in one
transaction. A test (tests/assessments/registers/test_registers.py) refuses a page that goes another way.
Workbooks write in bulk and call `follow_registers` once for the whole load.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Generic, TypeVar
from uuid import UUID, uuid4

from django.db.models import Model

from accounts.actors import Actor
from assessments.figures import foreseen
from assessments.figures.foreseen import Foreseen
from assessments.registers.undoing import done_actions
from assessments.registers.undoing.keeping import keep_touched
from assessments.registers.undoing.registers import BY_ACTS
from assessments.roster.changes import RosterChange
from assessments.roster.following import follow
from assessments.rules.holding import writing_years
from orgs.touched import Touched, touching

Result = TypeVar("Result", bound=Model)


@dataclass(frozen=True, slots=True)
class Doing:
    """Which act it is (`acts.act.Act.told`), on which record; None: on the one that it makes."""

    told: str
    on: Model | None


@dataclass(frozen=True, slots=True)
class Outcome(Generic[Result]):
    """What an act made of its record, and the rows that it wrote, under which batch of the trail."""

    record: Result
    touched: Touched
    batch: UUID


def change(action: Callable[..., Result], *, by: Actor, doing: Doing | None = None, **values) -> Result:
    """Run one action on a register, then let the open years follow; both or neither. As an act it is
    kept, so that it can be taken back."""
    return _carry_out(action, by=by, doing=doing, **values)[0].record


def change_if(
    stands: Callable[[Foreseen[Outcome[Result]]], bool],
    action: Callable[..., Result],
    *,
    by: Actor,
    doing: Doing,
    **values,
) -> Foreseen[Outcome[Result]]:
    """As `change`, if what is seen of it `stands`; else nothing is stored."""
    return foreseen.foresee(lambda: _carry_out(action, by=by, doing=doing, **values), stands)


@writing_years()
def _carry_out(
    action: Callable[..., Result], *, by: Actor, doing: Doing | None, **values
) -> tuple[Outcome[Result], RosterChange]:
    batch = by.once or uuid4()
    if doing:
        done_actions.require_new(batch)
    by = replace(by, once=batch)
    with touching() as touched:
        result = action(by=by, **values)
    followed = follow(touched, by=by)
    if doing and keep_touched(touched, batch=batch, tables=BY_ACTS):
        done_actions.keep(doing.told, doing.on or result, batch=batch, by=by)
    return Outcome(result, touched, batch), followed

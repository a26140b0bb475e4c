"""The one door through which the Board changes a rule: what it will do is seen first, and it is kept, so that
it can be taken back (ADR 29)."""

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID, uuid4

from django.db.models import Model

from accounts.actors import Actor
from assessments.figures import foreseen
from assessments.figures.foreseen import Foreseen
from assessments.registers.undoing import done_actions
from assessments.registers.undoing.keeping import keeping_all
from assessments.registers.undoing.models import BatchRows
from assessments.review.rulebook.tables import TABLES
from assessments.roster.changes import RosterChange
from assessments.rules.holding import writing_years

Action = Callable[[Actor], RosterChange | None]
"""Changes a rule; gives what became of the lines of open years, where they follow."""


def change_if(
    stands: Callable[[Foreseen[UUID]], bool], action: Action, *, by: Actor, told: str, on: Callable[[], Model]
) -> None:
    """Carry the action out, if what is seen of it `stands`; else nothing is stored. `told`: which act it is;
    `on`: the rule, once it is there."""
    foreseen.foresee(lambda: _carry_out(action, by=by, told=told, on=on), stands)


@writing_years()
def _carry_out(action: Action, *, by: Actor, told: str, on: Callable[[], Model]) -> tuple[UUID, RosterChange]:
    batch = by.once or uuid4()
    done_actions.require_new(batch)
    with keeping_all(TABLES, batch=batch):
        followed = action(replace(by, once=batch))
    if BatchRows.objects.filter(batch=batch).exists():
        done_actions.keep(told, on(), batch=batch, by=by)
    return batch, followed or RosterChange()

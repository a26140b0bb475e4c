"""B17: a correction of a register, beside bringing the whole roster after the registers.

Every call is carried out and rolled back, so that the next one finds the same.
"""

from collections.abc import Callable
from datetime import date
from functools import partial

from django.db import transaction

from accounts.actors import Actor
from accounts.models import Role, User
from assessments.registers.door import Doing, carry_out, change_if
from assessments.registers.preview.asking import Asking
from assessments.roster.following import follow_registers
from assessments.rules.holding import writing_years
from assessments.rules.models.years import RatingYear, YearState
from benchmarks.measure import in_turn, statements, table
from members.actions import cells, heads, members
from members.models import Member, VillageHead
from orgs.actions import villages
from orgs.models import Form, Organization, Village
from resolution03.lib.dates import PartialDate

BOARD = Actor(name="đo")
BUDGET = "Budget: 100 ms and statements that no province makes more; a commune merged in a second."


def corrections(runs: int) -> str:
    """One row of each register corrected, and a commune merged."""
    sides = {name: partial(_undone, act) for name, act in _acts().items()}
    sides["everything read anew"] = partial(_undone, partial(follow_registers, by=BOARD))
    counted = ", ".join(f"{name}: {statements(call)} statements" for name, call in sides.items())
    years = RatingYear.objects.filter(state=YearState.OPEN).count()
    told = f"{years} years open, {Member.objects.count()} members; {counted}."
    measured = in_turn(sides, runs)
    return table("B17 a register corrected", measured, to=measured[0].name, lines=(told, BUDGET))


def previews(runs: int) -> str:
    """What the page of an act shows before it is done, as the Board reads it."""
    by = Actor.of(User.objects.filter(role=Role.BOARD).earliest("pk"))
    sides = {name: partial(_shown, act, by) for name, act in _acts().items()}
    counted = ", ".join(f"{name}: {statements(call)} statements" for name, call in sides.items())
    measured = in_turn(sides, runs)
    return table("B17 an act foreseen", measured, to=measured[0].name, lines=(counted, BUDGET))


def _shown(act: partial, by: Actor) -> None:
    values = {name: value for name, value in act.keywords.items() if name != "by"}
    asking = Asking(by, confirmed="", doubts=(), effects=(), at_once=False)
    change_if(asking, *act.args, by=by, doing=Doing("organization.correct", None), **values)


@writing_years()
def _undone(act: Callable[[], object]) -> None:
    act()
    transaction.set_rollback(True)


def _acts() -> dict[str, Callable[[], object]]:
    member = Member.objects.filter(left_on=None).order_by("pk")[1000]
    communes = Organization.objects.filter(parent__parent__parent=None, parent__parent__isnull=False)
    commune = communes.filter(form=Form.COMMITTEE).order_by("pk")[5]
    other = commune.parent.children.filter(form=Form.COMMITTEE).exclude(pk=commune.pk).order_by("pk")[3]
    village, head = Village.objects.order_by("pk")[10], VillageHead.objects.filter(ends_on=None)[10]
    cell = commune.children.filter(form=Form.CELL).order_by("pk")[0]
    return {
        "a member": _act(members.correct, member=member, official_on=PartialDate(date(2026, 1, 5))),
        "a cell": _act(cells.correct, organization=cell, name="Chi bộ đo"),
        "a commune's committee": _act(cells.correct, organization=commune, name="Đảng bộ xã đo"),
        "a village": _act(villages.correct, village=village, name="Thôn đo"),
        "a head": _act(heads.correct, head=head, is_secretary=not head.is_secretary),
        "a commune merged": _act(
            cells.merge, source=other, target=commune, on=date(2025, 7, 1), decision="đo"
        ),
    }


def _act(action: Callable, **values) -> Callable[[], object]:
    return partial(carry_out, action, by=BOARD, **values)

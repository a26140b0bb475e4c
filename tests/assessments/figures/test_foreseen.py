"""What an act will do is found without doing it."""

from datetime import date

import pytest

from assessments.registers import door
from assessments.registers.door import Doing
from assessments.rules.models.years import RatingYear
from members.actions import cells, members
from members.models import Member, Membership
from orgs.models import AuditEntry
from orgs.versions import data_version
from resolution03.lib.errors import Refusal
from tests.assessments.random_acts import two_open_years

pytestmark = pytest.mark.django_db


def foreseen_of(act, by, **asked):
    """What a page looks at before the act is confirmed."""
    return door.change_if(lambda _foreseen: False, act, by=by, doing=Doing(act.__name__, None), **asked)


def test_a_leaving_is_foreseen_as_it_then_happens(world, actor):
    two_open_years(world, actor)
    asked = {"member": world.alpha.members[0], "on": date(2018, 3, 1), "leaving_reason": "withdrew"}
    before = data_version(), AuditEntry.objects.count(), Member.objects.get(pk=asked["member"].pk).left_on
    foreseen = foreseen_of(members.leave, by=actor, **asked)
    now = data_version(), AuditEntry.objects.count(), Member.objects.get(pk=asked["member"].pk).left_on
    assert now == before
    done = door.change_if(
        lambda _foreseen: True, members.leave, by=actor, doing=Doing("leave", asked["member"]), **asked
    )
    assert foreseen.change.lines == done.change.lines
    assert foreseen.units == {world.alpha.unit.pk}
    assert [year.pk for year in foreseen.years] == [2017, 2018]
    assert [one.words for one in foreseen.figures(2017)] == []


def test_figures_before_and_after_are_those_of_the_year_and_of_the_unit(world, actor):
    two_open_years(world, actor)
    source, target = world.beta.cells
    foreseen = foreseen_of(cells.merge, by=actor, source=source, target=target, on=date(2018, 3, 1))
    (change,) = [
        one
        for one in foreseen.figures(2018, world.beta.unit.pk)
        if one.after.indicator.code == "affiliated_strong"
    ]
    assert (change.before.roster, change.after.roster) == (2, 1)
    assert RatingYear.objects.get(pk=2018).is_open


def test_what_is_refused_is_refused_when_it_is_foreseen(world, actor):
    two_open_years(world, actor)
    with pytest.raises(Refusal):
        foreseen_of(
            members.leave, by=actor, member=world.alpha.members[0], on=date(1999, 1, 1), leaving_reason="died"
        )
    assert Membership.objects.count() == 6

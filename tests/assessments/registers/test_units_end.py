"""A unit that ends in an open year: what it has begun goes on in its successor's name, or is refused."""

from datetime import date

import pytest
from django.urls import reverse

from accounts.actors import Actor
from accounts.models import Role
from assessments.registers import door, units
from assessments.review.years.actions import open_year
from assessments.roster.models.lines import MemberLine, OrganizationLine
from assessments.roster.models.list_changes import ListChange
from assessments.rules.models.years import Submission
from members.actions import members
from orgs.models import AuditEntry, Posting
from resolution03.lib.dates import PartialDate
from resolution03.lib.errors import Refusal
from tests import factories
from tests.assessments.registers.undoing.doing import Doer
from tests.assessments.registers.undoing.test_acts_undone import differing, state

DAY = date(2018, 7, 1)


@pytest.fixture
def merge(world, actor):
    open_year(2018, by=actor)

    def act(on=DAY):
        return door.change(
            units.merge, by=actor, source=world.alpha.unit, target=world.beta.unit, on=on, decision="9-QĐ"
        )

    return act


def put(unit, state) -> None:
    known = {"submitted_at": "2019-01-05T00:00:00Z"} if state in ("submitted", "accepted") else {}
    Submission.objects.filter(year=2018, unit=unit).update(state=state, **known)


@pytest.mark.parametrize(
    ("source", "target", "state"),
    [
        ("accepted", "in_progress", "in_progress"),
        ("in_progress", "accepted", "in_progress"),
        ("submitted", "accepted", "submitted"),
        ("returned", "submitted", "returned"),
        ("accepted", "accepted", "accepted"),
        ("submitted", "not_begun", "not_begun"),
        ("not_begun", "accepted", "accepted"),
    ],
)
def test_the_successor_is_as_far_as_the_less_advanced(world, merge, source, target, state):
    put(world.alpha.unit, source)
    put(world.beta.unit, target)
    MemberLine.objects.filter(unit=world.alpha.unit).update(accepted=True)
    officer = factories.user(Role.OFFICER, world.alpha.unit)
    merge()
    rows = Submission.objects.filter(year=2018, code__in=["A", "B"])
    assert list(rows.values_list("code", "state")) == [("B", state)]
    assert MemberLine.objects.filter(unit=world.beta.unit, accepted=True).count() == 3
    assert not OrganizationLine.objects.filter(unit=world.alpha.unit).exists()
    assert Posting.objects.get(user=officer).organization == world.beta.unit
    assert AuditEntry.objects.filter(action="submission.join").exists() == (source != "not_begun")


def test_a_year_in_whose_roster_it_still_stands_stays_its_own(world, merge):
    put(world.alpha.unit, "submitted")
    merge(on=date(2019, 1, 1))
    rows = Submission.objects.filter(year=2018, code__in=["A", "B"])
    assert list(rows.values_list("code", "state")) == [("A", "submitted"), ("B", "not_begun")]


def test_a_begun_year_is_not_left_to_nobody(world, actor, merge):
    put(world.units[0], "in_progress")
    with pytest.raises(Refusal) as caught:
        door.change(units.dissolve, by=actor, organization=world.units[0], on=DAY)
    assert caught.value.field == "on" and "2018" in str(caught.value)
    with pytest.raises(Refusal) as caught:
        door.change(units.merge, by=actor, source=world.units[0], target=world.province, on=DAY)
    assert caught.value.field == "target"
    with pytest.raises(Refusal) as caught:
        door.change(units.correct, by=actor, organization=world.units[0], dissolved_on=PartialDate(DAY))
    assert caught.value.field == "dissolved_on"
    door.change(units.correct, by=actor, organization=world.units[0], name="Đảng bộ đúng tên")
    door.change(units.dissolve, by=actor, organization=world.units[1], on=DAY)


@pytest.mark.parametrize(("source", "target"), [("accepted", "in_progress"), ("submitted", "accepted")])
def test_a_unit_that_was_merged_stands_again_with_its_year_and_accounts(world, actor, source, target):
    """What waits of its lists waits in the successor's, and in its own again; what dropped out with its
    rating makes no year of the one that ended."""
    open_year(2018, by=actor)
    put(world.alpha.unit, source)
    put(world.beta.unit, target)
    officer = factories.user(Role.OFFICER, world.alpha.unit)
    by, one, two = Actor.of(officer), *world.alpha.members[:2]
    MemberLine.objects.filter(member=two).update(reason="đi học")
    door.change(members.exempt, by=by, member=one, is_exempt=True, on=date(2018, 6, 1))
    door.change(members.leave, by=by, member=two, on=date(2018, 6, 1), leaving_reason="withdrew")
    new = {"code": "A9", "full_name": "Y Sau", "admitted_on": PartialDate(date(2018, 6, 1))}
    door.change(members.enrol, by=by, cell=world.alpha.cells[0], **new)
    assert MemberLine.objects.get(member=two).dropped
    held = ("submission", "listed", "who", "state", "before", "after")
    stood = stands(held)
    do = Doer(world, actor)
    values = {"source": world.alpha.unit, "target": world.beta.unit, "on": DAY}
    done = do.act("organization.merge", world.alpha.unit, units.merge, **values)
    assert differing(stood, stands(held))
    assert not Submission.objects.filter(unit=world.alpha.unit).exists()
    waits = ListChange.objects.filter(state="waiting", submission__unit=world.beta.unit)
    assert source == "accepted" or waits.count() == ListChange.objects.filter(state="waiting").count() == 3
    do.undo(done)
    assert differing(stood, stands(held)) == {}


def stands(held) -> dict:
    waits = ListChange.objects.filter(state="waiting").order_by("submission", "who").values_list(*held)
    return state() | {"waits": [repr(row) for row in waits]}


def test_a_page_names_what_stands_in_the_way_at_its_field(world, client_as):
    """Nothing is stored, nothing typed is lost; an officer sees names of the own unit."""
    officer = client_as(Role.OFFICER, world.alpha.unit)
    cell = world.alpha.cells[0]
    factories.member(cell, code="A9", full_name="Y Sau", admitted_on=date(2018, 9, 1))
    typed = {"on": "01/07/2018", "decision": "7-QĐ", "decided_on": "25/06/2018"}
    answer = officer.post(reverse("registers:organization_dissolve", args=[cell.pk]), typed)
    (said,) = answer.context["form"].errors["on"]
    assert "01/07/2018" in said and "A9 Y Sau" in said and "Thôn Alpha" in said
    content = answer.content.decode()
    assert "A9 Y Sau" in content and 'value="7-QĐ"' in content and 'value="25/06/2018"' in content
    assert not AuditEntry.objects.exists()

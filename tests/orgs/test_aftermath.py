"""What became of an organization that ended."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from orgs.actions import reorganize
from orgs.aftermath import aftermath, has_ended
from orgs.models import Organization
from tests import factories

DAY = date(2019, 7, 1)


def merged(actor, source, target, on=DAY):
    return reorganize.merge(by=actor, source=source, target=target, on=on, decision="12-QĐ/TU")


@pytest.mark.parametrize(("days", "ended"), [(-1, True), (0, True), (1, False)])
def test_the_first_day_no_longer_counted_is_the_first_day_of_the_end(days, ended):
    day = timezone.localdate() + timedelta(days=days)
    assert has_ended(Organization(dissolved_on=day)) is ended


def test_who_never_ended_and_who_stands_nowhere_has_not_ended():
    assert not has_ended(Organization()) and not has_ended(None)


def test_what_went_whole_into_another_is_told_in_one_step(world, actor):
    gone = merged(actor, world.alpha.commune, world.beta.commune)
    found = aftermath(gone)
    assert found.steps == (gone,) and found.body.dissolution == "12-QĐ/TU"
    assert found.successor == world.beta.commune
    assert found.parts == ()
    assert found.board == world.province


def test_the_way_is_followed_to_what_stands(world, actor):
    gone = merged(actor, world.units[0], world.units[1])
    next_gone = merged(actor, world.units[1], world.units[2], date(2021, 1, 1))
    found = aftermath(gone)
    assert found.steps == (gone, next_gone)
    assert found.successor == world.units[2]


def test_a_loop_is_walked_once(world):
    first, second = world.units[:2]
    for one, into in ((first, second), (second, first)):
        Organization.objects.filter(pk=one.pk).update(dissolved_on=DAY, merged_into=into)
    first.refresh_from_db()
    assert aftermath(first).steps == (first, second)
    assert aftermath(first).successor is None


def dispersed(world, actor, more=0):
    """A unit of which the parts went into two units, and one into nothing."""
    unit, gone = world.units[0], world.units[1:3]
    parts = [factories.organization(unit) for _ in range(4 + more)]
    for part in parts[1 : 3 + more]:
        reorganize.move(by=actor, organization=part, parent=gone[0], on=DAY)
    merged(actor, parts[0], parts[1])
    reorganize.move(by=actor, organization=parts[-1], parent=gone[1], on=date(2018, 1, 1))
    reorganize.move(by=actor, organization=factories.organization(unit), parent=gone[1], on=DAY)
    reorganize.dissolve(by=actor, organization=factories.organization(unit), on=DAY)
    return reorganize.dissolve(by=actor, organization=unit, on=DAY, decision="9-QĐ/TU")


def test_where_the_parts_stand_is_told_by_units(world, actor):
    """One that left before the end is none of them; of one that was merged its successor counts."""
    found = aftermath(dispersed(world, actor))
    told = [(part.unit and part.unit.code, part.count) for part in found.parts]
    assert told == [("U2", 3), ("U3", 1), (None, 1)]
    assert found.successor is None


def test_more_parts_take_no_more_statements(world, actor):
    few = dispersed(world, actor)
    with CaptureQueriesContext(connection) as asked:
        aftermath(few)
    world.units = world.units[3:]
    many = dispersed(world, actor, more=5)
    with CaptureQueriesContext(connection) as again:
        aftermath(many)
    assert len(again) == len(asked)

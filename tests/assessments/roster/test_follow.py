"""The roster follows a change: as everything read anew would have it, and at a price of its own."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assessments.registers.door import change
from assessments.roster import following
from members.actions import cells, members
from tests import factories, short
from tests.assessments import random_acts
from tests.assessments.random_acts import RandomActs, two_open_years
from tests.assessments.years import is_what_everything_says

pytestmark = pytest.mark.django_db


def randomly(examples: int):
    """Few examples are the same in each run, in the short one fewer still; many are new ones each time."""
    return settings(
        max_examples=short.examples(examples, most=short.OF_A_PROVINCE) if examples < 100 else examples,
        derandomize=examples < 100,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture],
        database=None,
    )


def acts_are_followed(world, actor, seed) -> None:
    with random_acts.example():
        two_open_years(world, actor)
        acts = RandomActs(seed, actor)
        for _act in range(12):
            if acts.do():
                is_what_everything_says(actor)


@randomly(4)
@given(seed=st.integers(0, 10**9))
def test_after_any_acts_the_roster_is_what_a_full_reading_gives(world, actor, seed):
    acts_are_followed(world, actor, seed)


@pytest.mark.long
@randomly(300)
@given(seed=st.integers(0, 10**9))
def test_after_many_acts_too(world, actor, seed):
    acts_are_followed(world, actor, seed)


def test_a_unit_that_loses_something_by_a_correction_stays_a_unit(world, actor):
    two_open_years(world, actor)
    change(cells.correct, by=actor, organization=world.alpha.commune, parent=world.units[0])
    change(cells.correct, by=actor, organization=world.alpha.commune, parent=world.beta.unit)
    is_what_everything_says(actor)


def statements(act) -> int:
    with CaptureQueriesContext(connection) as caught:
        act()
    return len(caught)


def test_a_correction_costs_the_same_whatever_the_size_of_the_province(world, actor):
    two_open_years(world, actor)
    first, second = world.alpha.members[:2]

    def correct(member, day):
        return statements(lambda: change(members.correct, by=actor, member=member, admitted_on=day))

    small = correct(first, date(2009, 5, 1))
    for unit in world.units:
        commune = factories.organization(unit)
        for _ in range(3):
            found = factories.cell(commune)
            factories.village(commune, found)
            for _ in range(5):
                factories.member(found)
    following.follow_registers(by=actor)
    assert correct(second, date(2009, 5, 2)) == small


def test_a_merged_cell_costs_the_same_whatever_the_size_of_the_province(world, actor):
    two_open_years(world, actor)

    def merge(source, target):
        return statements(
            lambda: change(cells.merge, by=actor, source=source, target=target, on=date(2018, 7, 1))
        )

    again = [factories.cell(world.beta.commune) for _ in range(2)]
    following.follow_registers(by=actor)
    small = merge(*again)
    again = [factories.cell(world.beta.commune) for _ in range(2)]
    for unit in world.units:
        for _ in range(3):
            factories.member(factories.cell(factories.organization(unit)))
    following.follow_registers(by=actor)
    assert merge(*again) == small


def test_nothing_written_nothing_read(world, actor):
    two_open_years(world, actor)
    member = world.alpha.members[0]
    nothing = statements(lambda: change(members.correct, by=actor, member=member, full_name=member.full_name))
    assert nothing < 15

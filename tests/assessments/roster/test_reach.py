"""Whose lines may be others, told of each table by itself."""

import pytest

from assessments.roster.reach import MOST, Reach, reach_of
from orgs.touched import Touched, image
from tests import factories

pytestmark = pytest.mark.django_db


def reach(*rows) -> Reach:
    touched = Touched()
    for row in rows:
        touched.note(row, image(row))
    return reach_of(touched)


def test_a_former_name_bears_on_the_line_of_its_organization(world):
    commune = world.alpha.commune
    former = commune.former_names.create(name="Xã cũ", until="2018-05-01")
    assert set(reach(former).organizations) == {commune.pk}


def test_a_placement_bears_on_all_that_stood_below_on_any_day(world):
    cell, elsewhere = world.alpha.cells[0], world.beta.commune
    cell.placements.update(ends_on="2018-05-01")
    cell.placements.create(parent=elsewhere, starts_on="2018-05-01")
    found = reach(world.alpha.unit.placements.get())
    assert set(found.organizations) == {
        pk for pk in (world.alpha.unit.pk, world.alpha.commune.pk, *(one.pk for one in world.alpha.cells))
    }
    assert set(found.members) == {one.pk for one in world.alpha.members}
    assert set(found.villages) == {world.alpha.village.pk}


def test_a_member_bears_on_the_villages_of_the_cell_and_on_the_village_he_heads(world):
    factories.head(factories.village(world.beta.commune), member=world.alpha.members[0])
    found = reach(world.alpha.members[0])
    assert set(reach(world.alpha.members[0].memberships.get()).members) == {world.alpha.members[0].pk}
    headed = world.alpha.members[0].headships.get().village_id
    assert set(found.members) == {world.alpha.members[0].pk}
    assert set(found.villages) == {world.alpha.village.pk, headed}


def test_a_membership_bears_on_the_villages_of_both_cells(world):
    stay = world.alpha.members[0].memberships.get()
    before = image(stay)
    stay.cell = world.beta.cells[0]
    stay.save()
    touched = Touched()
    touched.note(stay, before)
    assert set(reach_of(touched).villages) == {world.alpha.village.pk, world.beta.village.pk}


def test_a_village_bears_on_those_that_share_its_cell(world):
    shared = factories.village(world.alpha.commune, world.alpha.cells[0])
    elsewhere = factories.village(world.beta.commune)
    assert set(reach(elsewhere.coverages.get()).villages) == {elsewhere.pk}
    for row in (world.alpha.village, world.alpha.village.coverages.get(), world.alpha.cells[0]):
        assert set(reach(row).villages) == {world.alpha.village.pk, shared.pk}
    assert set(reach(world.alpha.head).villages) == {world.alpha.village.pk}


def test_what_reaches_too_far_says_so():
    assert not Reach(organizations=range(MOST)).is_far
    assert Reach(organizations=range(MOST), members=(1,)).is_far

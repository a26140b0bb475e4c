"""Who stands in a year's roster, and where (INTERFACE, "Readings")."""

from datetime import date

import pytest

from assessments.roster.following import follow_registers
from assessments.roster.models.lines import MemberLine, OrganizationLine
from assessments.roster.models.movements import Movement
from assessments.roster.models.village_lines import VillageLine
from members.models import Member
from orgs.models import FormerName, Organization
from tests import factories
from tests.assessments.years import line_of, opened, rate

pytestmark = pytest.mark.django_db


def members_listed(year):
    return set(MemberLine.objects.filter(year=year).values_list("member__code", flat=True))


def test_kind_follows_from_the_parent(world, actor):
    section = factories.organization(world.alpha.commune, form="section")
    deep = factories.cell(section)
    year = opened(2018, actor)
    kinds = {line.organization_id: line.kind for line in OrganizationLine.objects.all()}
    assert kinds[world.alpha.commune.pk] == "grassroots"
    assert kinds[world.alpha.cells[0].pk] == kinds[section.pk] == kinds[deep.pk] == "affiliated"
    assert world.alpha.unit.pk not in kinds
    assert line_of(year, deep).grassroots == world.alpha.commune


@pytest.mark.parametrize(
    ("established", "dissolved", "listed"),
    [
        (date(2018, 12, 31), None, True),
        (date(2019, 1, 1), None, False),
        (None, date(2018, 12, 31), False),
        (None, date(2019, 1, 1), True),
    ],
)
def test_dissolution_is_the_first_day_no_longer_counted(world, actor, established, dissolved, listed):
    cell = factories.cell(world.alpha.commune, established_on=established, dissolved_on=dissolved)
    opened(2018, actor)
    assert OrganizationLine.objects.filter(organization=cell).exists() is listed


@pytest.mark.parametrize(
    ("values", "listed"),
    [
        ({"admitted_on": date(2018, 12, 31)}, True),
        ({"admitted_on": date(2019, 1, 1)}, False),
        ({"admitted_on": date(2010, 1, 1), "arrived_on": date(2019, 1, 1)}, False),
        ({"admitted_on": date(2010, 1, 1), "left_on": date(2018, 12, 31)}, False),
        ({"admitted_on": date(2010, 1, 1), "left_on": date(2019, 1, 1)}, True),
        ({"admitted_on": date(2010, 1, 1), "is_exempt": True}, True),
    ],
)
def test_members_present_on_the_last_day_are_listed(world, actor, values, listed):
    found = factories.member(world.alpha.cells[1], code="X", **values)
    year = opened(2018, actor)
    assert (found.code in members_listed(year)) is listed


def test_a_member_is_listed_in_a_cell_founded_later(world, actor):
    young = factories.cell(world.alpha.commune, established_on=date(2020, 1, 1))
    member = factories.member(young)
    assert line_of(opened(2018, actor), member).unit == world.alpha.unit


def test_the_cell_of_the_day_counts_not_todays(world, actor):
    member = world.alpha.members[0]
    member.memberships.update(ends_on=date(2019, 3, 1))
    member.memberships.create(cell=world.beta.cells[0], starts_on=date(2019, 3, 1))
    Member.objects.filter(pk=member.pk).update(cell=world.beta.cells[0])
    assert line_of(opened(2018, actor), member).unit == world.alpha.unit
    assert line_of(opened(2019, actor), member).unit == world.beta.unit


def test_the_name_of_the_day_is_kept(world, actor):
    FormerName.objects.create(organization=world.alpha.commune, name="Đảng bộ xã cũ", until=date(2019, 6, 1))
    assert line_of(opened(2018, actor), world.alpha.commune).name == "Đảng bộ xã cũ"
    assert line_of(opened(2019, actor), world.alpha.commune).name == "Đảng bộ xã Alpha"


def test_an_open_year_follows_and_a_rated_line_is_kept_apart(world, actor):
    year = opened(2018, actor)
    rated, plain = world.alpha.cells
    rate(year, rated, "HTTNV")
    Organization.objects.filter(pk__in=[rated.pk, plain.pk]).update(dissolved_on=date(2018, 6, 1))
    follow_registers(by=actor)
    assert line_of(year, rated).dropped
    assert not OrganizationLine.objects.filter(organization=plain).exists()
    Organization.objects.filter(pk=rated.pk).update(dissolved_on=None)
    follow_registers(by=actor)
    back = line_of(year, rated)
    assert not back.dropped and back.decided.code == "HTTNV"


def village_line(village):
    return VillageLine.objects.get(village=village)


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "listed"),
    [
        (date(2018, 12, 31), None, True),
        (date(2019, 1, 1), None, False),
        (None, date(2018, 12, 31), True),
        (None, date(2018, 12, 30), False),
    ],
)
def test_the_last_day_of_a_village_counts(world, actor, starts_on, ends_on, listed):
    village = factories.village(world.alpha.commune, starts_on=starts_on, ends_on=ends_on)
    opened(2018, actor)
    assert VillageLine.objects.filter(village=village).exists() is listed


def test_blank_and_blank_again(world, actor):
    gone = factories.cell(world.alpha.commune, dissolved_on=date(2018, 7, 1))
    factories.member(gone, left_on=date(2018, 7, 1))
    again = factories.village(world.alpha.commune, gone)
    never = factories.village(world.alpha.commune)
    empty = factories.village(world.alpha.commune, world.alpha.cells[1])
    opened(2018, actor)
    assert (village_line(again).cell, village_line(again).had_cell) == (None, True)
    assert village_line(again).had_member and not village_line(again).has_member
    assert not village_line(never).had_cell
    assert village_line(empty).cell and not village_line(empty).has_member
    assert not village_line(empty).had_member


def test_a_shared_cell_serves_each_of_its_villages(world, actor):
    second = factories.village(world.alpha.commune, world.alpha.cells[0])
    opened(2018, actor)
    for village in (world.alpha.village, second):
        line = village_line(village)
        assert line.cell == world.alpha.cells[0] and line.cell_is_shared and line.has_member


def head_state(village, actor):
    opened(2018, actor)
    return village_line(village).head_state


def test_a_head_with_a_code_is_a_member_by_the_members_own_dates(world, actor):
    left = factories.member(world.alpha.cells[0], left_on=date(2018, 12, 31))
    village = factories.village(world.alpha.commune)
    factories.head(village, member=left, is_member=True)
    assert head_state(village, actor) == "not_member"


def test_a_head_without_a_code_is_what_the_x_says(world, actor):
    village = factories.village(world.alpha.commune)
    factories.head(village, is_member=True)
    assert head_state(village, actor) == "member"


def test_a_vacant_post_is_neither(world, actor):
    village = factories.village(world.alpha.commune)
    factories.head(village, ends_on=date(2018, 12, 30))
    assert head_state(village, actor) == "vacant"


def test_a_successor_on_the_same_day_replaces_the_head(world, actor):
    village = factories.village(world.alpha.commune)
    factories.head(village, ends_on=date(2018, 12, 31), full_name="A Trước")
    factories.head(village, starts_on=date(2018, 12, 31), is_member=True, full_name="Y Sau")
    assert head_state(village, actor) == "member"
    assert village_line(village).head.full_name == "Y Sau"


def test_admissions_of_the_term_count_those_who_left_later(world, actor):
    cell = world.alpha.cells[0]
    factories.member(cell, code="in", admitted_on=date(2015, 10, 1), left_on=date(2017, 1, 1))
    factories.member(cell, code="out", admitted_on=date(2016, 1, 1), admitted_outside=True)
    factories.member(cell, code="early", admitted_on=date(2015, 9, 30))
    factories.member(cell, code="late", admitted_on=date(2019, 1, 1))
    opened(2018, actor)
    admitted = Movement.objects.filter(year=2018)
    assert [row.member.code for row in admitted.in_state("term")] == ["in"]
    assert [row.member.code for row in admitted.in_state("term_outside")] == ["out"]

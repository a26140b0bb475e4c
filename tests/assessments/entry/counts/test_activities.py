from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assessments.roster.counts.given import Given, YearCounts
from assessments.roster.following import follow_registers
from assessments.roster.models.counts import ActivityCount
from assessments.rules.counts_of_year import counts_of, live_counts
from assessments.rules.models.counts import Activity
from assessments.rules.models.years import RatingYear
from assessments.rules.reference import ACTIVITIES
from orgs.models import Form
from tests import factories
from tests.assessments.year import opened

FIRST = {code for code, *_rest in ACTIVITIES}
CODE, WOMEN = "thematic_meetings", "admitted_women"


def totals(year, scope):
    return YearCounts.under(year, scope).totals


@pytest.fixture
def year(world):
    opened(world)
    return RatingYear.objects.get(pk=2018)


def give(year, organization, count, code=CODE):
    unit = organization.unit_id
    ActivityCount.objects.create(
        year=year,
        organization=organization,
        grassroots=organization,
        unit_id=unit,
        count=count,
        activity=Activity.objects.get(code=code),
    )


def test_after_migrate_the_forms_and_part_two_have_their_counts(db):
    found = counts_of(RatingYear(pk=2018))
    assert [activity.code for activity in found if activity.form == "05"] == [
        "admitted_women",
        "admitted_ethnic",
        "admitted_youth_union",
    ]
    assert [activity.code for activity in found if activity.form == "04"] == ["cells_with_committee"]
    first = [activity for activity in found if activity.code in FIRST]
    assert len(first) == 10 and all(one.document.startswith("NQ 03-NQ/TU, mục ") for one in first)


def test_an_activity_counts_in_its_years_only(db):
    Activity.objects.filter(code=CODE).update(first_year=2019, last_year=2020)
    held = {n: CODE in [one.code for one in found] for n, found in live_counts(range(2018, 2022)).items()}
    assert held == {2018: False, 2019: True, 2020: True, 2021: False}


def test_what_nobody_gave_is_blank(year, world):
    assert totals(year, world.province)[CODE] == Given(None, 0, 2)


def test_zero_is_given_and_blank_is_not(year, world):
    give(year, world.alpha.commune, 0)
    assert totals(year, world.province)[CODE] == Given(0, 1, 2, 0, 2)
    assert totals(year, world.alpha.unit)[CODE] == Given(0, 1, 1, 0, 2)
    assert totals(year, world.beta.unit)[CODE] == Given(None, 0, 1)


def test_sums_are_of_what_was_given(year, world):
    give(year, world.alpha.commune, 5)
    give(year, world.beta.commune, 7)
    assert totals(year, world.province)[CODE] == Given(12, 2, 2, 12, 4)
    by_unit = YearCounts.under(year, world.province).by_unit
    assert {unit: sums[CODE].count for unit, sums in by_unit.items()} == {
        world.alpha.unit.pk: 5,
        world.beta.unit.pk: 7,
    }


def test_a_clerks_scope_is_the_own_organization(year, world):
    give(year, world.alpha.commune, 5)
    assert totals(year, world.alpha.commune)[CODE] == Given(5, 1, 1, 5, 2)


def test_women_are_counted_where_members_are_listed(year, world, actor):
    factories.member(world.alpha.cells[0], admitted_on=date(2018, 3, 1), sex="f")
    factories.member(world.alpha.cells[1], admitted_on=date(2018, 3, 1), sex="m")
    follow_registers(by=actor)
    give(year, world.alpha.commune, 9, WOMEN)
    known = YearCounts.under(year, world.alpha.unit).known()[world.alpha.commune.pk]
    assert (known.sizes["cells"], known.sizes["admitted"], known.registers[WOMEN]) == (2, 2, 1)
    assert totals(year, world.alpha.unit)[WOMEN] == Given(1, 1, 1, 1, 2)


def test_women_are_given_where_members_are_not_listed(year, world, actor):
    empty = factories.organization(world.alpha.unit, Form.CELL, code="A.C1")
    follow_registers(by=actor)
    give(year, empty, 3, WOMEN)
    known = YearCounts.under(year, world.alpha.unit).known()[empty.pk]
    assert known.sizes["cells"] == 1 and "admitted" not in known.sizes and WOMEN not in known.registers
    assert totals(year, world.alpha.unit)[WOMEN] == Given(3, 2, 2, 0, 0)


def test_without_names_everything_is_what_was_given(year, world, settings):
    settings.STORE_NAMES = False
    assert totals(year, world.alpha.unit)[WOMEN] == Given(None, 0, 1)


def test_a_count_follows_its_organization_and_drops_out_with_it(year, world, actor):
    give(year, world.alpha.commune, 5)
    world.alpha.commune.dissolved_on = date(2018, 6, 1)
    world.alpha.commune.save()
    follow_registers(by=actor)
    assert totals(year, world.province)[CODE] == Given(None, 0, 1)


def test_statements_do_not_grow_with_organizations(year, world, actor):
    counts = []
    for _turn in range(2):
        with CaptureQueriesContext(connection) as few:
            totals(year, world.province)
        counts.append(len(few))
        for _number in range(5):
            give(year, factories.organization(world.alpha.unit), 1)
        follow_registers(by=actor)
    assert counts[0] == counts[1]

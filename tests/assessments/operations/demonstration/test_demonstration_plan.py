"""The invented province before it is written: pure functions of a seed."""

from collections import Counter
from datetime import date
from random import Random

import pytest

from assessments.operations.demonstration import (
    changes,
    heads,
    joined,
    people,
    population,
    province,
    villages,
)
from assessments.operations.demonstration.gazetteer import (
    UNITS,
    communes,
    communes_of,
    neighbors,
    new_communes,
)
from assessments.operations.demonstration.world import plan as world_of
from resolution03.lib.dates import year_end

SCALE = 0.05


@pytest.fixture(scope="module")
def world():
    return plan(seed=3)


def plan(seed, scale=SCALE):
    chance = Random(seed)
    tree = province.plan(chance, scale)
    places = villages.plan(tree, chance, scale)
    changes.apply(tree, chance, scale)
    fellows = population.plan(tree, places, chance, scale)
    return tree, places, fellows, heads.plan(tree, places, fellows, chance)


def test_the_gazetteer_holds_the_real_communes():
    assert Counter(commune.kind for commune in communes()) == {"xã": 85, "phường": 10, "thị trấn": 7}
    assert sum(len(communes_of(unit)) for unit in UNITS) == 102
    assert len(UNITS) == 14


def test_of_102_communes_40_were_made_and_the_larger_province_has_96():
    old = [number for new in new_communes() for number in new.old]
    assert sorted(old) == sorted(commune.number for commune in communes())
    assert (len(new_communes()), len(neighbors())) == (40, 56)
    assert len({one.code for one in (*new_communes(), *neighbors())}) == 96
    assert sum(len(new.old) == 1 for new in new_communes()) == 4


def test_a_commune_of_july_2025_names_its_party_organization():
    [kon_tum] = [new for new in new_communes() if "23281" in new.old]
    assert kon_tum.body == "Đảng bộ phường Kon Tum"
    assert neighbors()[-1].body == "Đảng bộ đặc khu Lý Sơn"


def test_who_joins_comes_on_one_day_and_was_admitted_before():
    """All of them are new to the province: nobody counts as admitted in it."""
    invented = world_of(3, SCALE)
    before = len(invented.fellows), set(invented.province.bodies)
    joined.add(invented, Random(3), SCALE)
    fellows = invented.fellows[before[0] :]
    bodies = [invented.province.bodies[code] for code in set(invented.province.bodies) - before[1]]
    assert {body.founded.day for body in bodies} == {joined.SINCE}
    assert all(joined.is_joined(body.code) for body in bodies)
    assert not any(joined.is_joined(code) for code in before[1])
    assert {fellow.arrived_on for fellow in fellows} == {joined.SINCE}
    assert all(one.admitted_outside and one.admitted.day < joined.SINCE for one in fellows)
    assert all(one.official_on and one.official_on < joined.SINCE for one in fellows)
    assert len({fellow.code for fellow in invented.fellows}) == len(invented.fellows)


def test_planned_numbers_of_grassroots_organizations_add_up():
    committees = 102 + sum(unit.committees for unit in UNITS)
    assert (committees, sum(unit.cells for unit in UNITS)) == (205, 455)


@pytest.mark.parametrize("group", [None, *people.PEOPLES])
def test_names_are_a_pure_function_of_the_seed(group):
    first = [people.person(Random(5), group) for _ in range(3)]
    assert first == [people.person(Random(5), group) for _ in range(3)]
    assert len(first[0].name.split()) >= 2


def test_highland_women_bear_y_and_men_a():
    chance = Random(2)
    crowd = [people.person(chance, "Xơ Đăng") for _ in range(50)]
    assert {(one.name[0], one.sex) for one in crowd} == {("Y", "f"), ("A", "m")}


def test_the_same_seed_gives_the_same_province(world):
    tree, places, fellows, terms = plan(seed=3)
    assert tree.bodies == world[0].bodies
    assert places.by_code == world[1].by_code
    assert fellows == world[2]
    assert [term.name for term in terms] == [term.name for term in world[3]]


def test_another_seed_gives_other_people(world):
    assert [one.name for one in plan(seed=4)[2]] != [one.name for one in world[2]]


def test_members_are_in_cells_that_exist(world):
    tree, _, fellows, _ = world
    for year in range(2015, 2026):
        day = year_end(year)
        for fellow in filter(lambda one: one.exists_on(day), fellows):
            cell = tree.bodies[fellow.cell_on(day)]
            assert cell.form == "cell"
            assert cell.founded is None or cell.founded.day <= day
            assert cell.dissolved_on is None or cell.dissolved_on > day


def test_stays_follow_each_other(world):
    for fellow in world[2]:
        days = [stay.on for stay in fellow.stays[1:]]
        assert days == sorted(set(days))
        assert fellow.stays[0].on is None
        assert not days or fellow.left_on is None or days[-1] < fellow.left_on


def test_one_head_a_village_at_a_time(world):
    for before, after in zip(world[3], world[3][1:], strict=False):
        if before.village == after.village:
            assert before.starts_on <= before.ends_on < after.starts_on


def test_heads_are_members_more_often_over_the_years(world):
    shares = []
    for year in (2016, 2020, 2025):
        day = year_end(year)
        terms = [
            term
            for term in world[3]
            if term.starts_on <= day and (term.ends_on is None or term.ends_on >= day)
        ]
        shares.append(sum(term.is_member_on(day) for term in terms) / len(terms))
    assert shares[0] < 0.6 < shares[1] < 0.72 < shares[2] < 0.9


def test_villages_merge_in_2019(world):
    everything = world[1].by_code.values()
    before, after = (sum(one.exists_on(date(2019, month, 1)) for one in everything) for month in (6, 8))
    assert before > after


def test_a_village_is_blank_again_at_the_end(world):
    blank = [one for one in world[1].by_code.values() if one.cell_on(date(2025, 12, 31)) is None]
    assert len(blank) == 1
    assert blank[0].cell_on(date(2024, 1, 1)) is not None

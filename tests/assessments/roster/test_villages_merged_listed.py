"""What went into another village is never blank again by its end, nor is a new one that began without a cell
(INTERFACE, reading 10): counted here village by village."""

from datetime import date, timedelta

import pytest

from assessments.registers.door import change
from assessments.roster.models.village_lines import VillageLine
from members.actions import cells, villages
from orgs.actions import villages as alone
from orgs.models import Village
from tests import factories
from tests.assessments.years import opened

YEAR_END = date(2018, 12, 31)
NEXT_YEAR = YEAR_END + timedelta(days=1)
NEW = {"code": "T.A.9", "name": "Thôn Nhập"}


@pytest.fixture
def two(world) -> list[Village]:
    """With a cell each, in which there are members."""
    factories.member(world.alpha.cells[1])
    return [world.alpha.village, factories.village(world.alpha.commune, world.alpha.cells[1], code="T.A.2")]


@pytest.fixture
def year(two, actor):
    return opened(2018, actor)


def listed(year) -> dict[str, tuple]:
    rows = VillageLine.objects.filter(year=year, code__startswith="T.A")
    return {row.code: (row.cell_id, row.had_cell, row.has_member, row.had_member) for row in rows}


def blank_again(year) -> set[str]:
    rows = VillageLine.objects.filter(year=year)
    found = rows.in_state("blank_again_cell") | rows.in_state("blank_again_member")
    return set(found.values_list("code", flat=True))


def without_cell(year) -> set[str]:
    return set(VillageLine.objects.filter(year=year).in_state("without_cell").values_list("code", flat=True))


def test_the_old_ones_are_listed_no_more_and_the_new_one_has_no_history(two, year, actor, world):
    change(villages.merge, by=actor, sources=two, on=date(2018, 7, 1), village=NEW)
    assert listed(year) == {"T.A.9": (None, False, False, False)}
    assert (without_cell(year), blank_again(year)) == ({"T.A.9"}, set())


def test_a_new_one_that_loses_a_cell_of_its_own_is_blank_again(two, year, actor, world):
    made = change(
        villages.merge, by=actor, sources=two, on=date(2018, 7, 1), village=NEW, cell=world.alpha.cells[0]
    )
    assert listed(year) == {"T.A.9": (world.alpha.cells[0].pk, True, True, True)}
    change(alone.cover, by=actor, village=made, committee=made.committee, cell=None, on=date(2018, 10, 1))
    assert blank_again(year) == {"T.A.9"}


def test_a_standing_one_keeps_its_history(two, year, actor):
    kept, other = two
    change(alone.cover, by=actor, village=kept, committee=kept.committee, cell=None, on=date(2018, 3, 1))
    change(villages.merge, by=actor, sources=[other], into=kept, on=date(2018, 7, 1))
    assert listed(year) == {"T.A.1": (None, True, False, True)} and blank_again(year) == {"T.A.1"}


@pytest.mark.parametrize("joins_cells", [False, True])
def test_on_its_last_day_it_is_not_blank_again(two, year, actor, world, joins_cells):
    """The cells are gone on the last day of the year, on which the villages still count."""
    cell = factories.cell(world.alpha.commune)
    for old in world.alpha.cells:
        change(cells.merge, by=actor, source=old, target=cell, on=YEAR_END)
    for village in two:
        change(alone.cover, by=actor, village=village, committee=village.committee, cell=None, on=YEAR_END)
    assert blank_again(year) == {"T.A.1", "T.A.2"} == without_cell(year)
    change(
        villages.merge, by=actor, sources=two, on=NEXT_YEAR, village=NEW, cell=cell, joins_cells=joins_cells
    )
    assert (blank_again(year), without_cell(year)) == (set(), {"T.A.1", "T.A.2"})


def test_an_end_that_is_no_merger_is_judged_as_before(two, year, actor):
    kept, other = two
    change(alone.cover, by=actor, village=other, committee=other.committee, cell=None, on=YEAR_END)
    change(villages.end, by=actor, village=other, on=YEAR_END)
    assert blank_again(year) == {"T.A.2"}


def test_one_that_goes_on_for_a_day_is_judged_that_day(two, year, actor):
    kept, other = two
    change(alone.cover, by=actor, village=other, committee=other.committee, cell=None, on=YEAR_END)
    change(villages.merge, by=actor, sources=[other], into=kept, on=NEXT_YEAR + timedelta(days=1))
    assert blank_again(year) == {"T.A.2"}


def test_a_part_that_is_split_off_has_no_history(two, year, actor):
    change(villages.split, by=actor, village=two[0], on=date(2018, 7, 1), **NEW)
    assert listed(year)["T.A.9"] == (None, False, False, False) and blank_again(year) == set()

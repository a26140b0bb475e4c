"""Any plan over any tree: what stands then is whole, and taken back every row and figure is as it was."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.actors import Actor
from assessments.workbooks.batches.actions import store
from assessments.workbooks.loading.files import Source
from assessments.workbooks.loading.run import Options
from assessments.workbooks.models import Upload
from assessments.workbooks.undoing.actions import undo
from members.standing import OF_ORGANIZATIONS
from orgs.models import Organization
from tests.assessments.random_acts import RandomActs, example, two_open_years
from tests.assessments.registers.undoing.test_acts_undone import differing, state
from tests.assessments.roster.test_follow import is_what_everything_says, randomly
from tests.assessments.workbooks.reorganizing.plans import (
    CELL,
    COMMITTEE,
    GRASSROOTS,
    UNIT,
    plan,
    row,
)
from tests.workbooks import book

BY = Actor("thử nghiệm")
DAYS = ("1/7/2016", "1/7/2017", "1/3/2018", "1/1/2019")


class RandomPlan:
    """Some bodies, each with something that becomes of it; half of such plans are good ones."""

    def __init__(self, random: Random):
        self.random = random
        self.all = list(Organization.objects.select_related("parent"))
        self.root = next(one for one in self.all if one.parent is None)
        self.on = random.choice(DAYS)

    def rows(self) -> list[list]:
        below = [one for one in self.all if one.parent]
        chosen = self.random.sample(below, min(len(below), self.random.randint(1, 4)))
        return [self.row(one) for one in chosen]

    def row(self, one: Organization) -> list:
        make = self.random.choice([self.merged, self.new, self.moved, self.renamed, self.ended, self.of_kind])
        return make(one)

    def merged(self, one):
        return row(
            one.code,
            self.random.choice([other for other in self.all if other.form == one.form]).code,
            on=self.on,
        )

    def new(self, one):
        level = self.random.choice([UNIT, GRASSROOTS])
        place = self.random.choice([one.parent, self.root])
        form = CELL if one.is_cell else COMMITTEE
        return row(
            one.code,
            "MOI",
            "Tổ chức mới",
            place.code,
            level if place == self.root else None,
            form,
            on=self.on,
        )

    def moved(self, one):
        place = self.random.choice([other for other in self.all if not other.is_cell])
        level = UNIT if place == self.root else None
        return row(one.code, one.code, None, place.code, level, on=self.on)

    def renamed(self, one):
        return row(one.code, one.code, f"{one.name} mới", on=self.on)

    def ended(self, one):
        return row(one.code, one.parent.code, on=self.on)

    def of_kind(self, one):
        return row(one.code, one.code, None, None, self.random.choice([UNIT, GRASSROOTS]), on=self.on)


def nothing_stands_in_what_ended() -> None:
    for holding in OF_ORGANIZATIONS:
        assert not holding.after_end().exists(), holding


def carried_out_and_taken_back(world, seed, folder) -> bool:
    with example():
        random = Random(seed)  # noqa: S311
        two_open_years(world, BY)
        acts = RandomActs(seed, BY)
        for _act in range(4):
            acts.do()
        stood = state()
        path = book(folder / f"{seed}.xlsx", plan(*RandomPlan(random).rows()))
        done = store(by=BY, sources=[Source(path, path.name)], options=Options())
        if not done.applied:
            assert differing(stood, state()) == {}
            return False
        is_what_everything_says(BY)
        nothing_stands_in_what_ended()
        assert undo(by=BY, uploads=[Upload.objects.get(pk=done.number)])
        is_what_everything_says(BY)
        assert differing(stood, state()) == {}
        return True


@pytest.mark.django_db
@randomly(4)
@given(seed=st.integers(0, 10**9))
def test_any_plan(world, tmp_path_factory, seed):
    carried_out_and_taken_back(world, seed, tmp_path_factory.getbasetemp())


@pytest.mark.django_db
@pytest.mark.long
def test_many_plans_and_enough_of_them_good(world, tmp_path):
    good = sum(carried_out_and_taken_back(world, seed, tmp_path) for seed in range(60))
    assert good > 15

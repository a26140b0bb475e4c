"""Any acts at all: what is shown before equals what then happens; taken back, everything is as it was; what
something rests on stays, and what rests on it is named."""

from uuid import uuid4

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from accounts.actors import Actor
from accounts.models import Role
from assessments.registers import door
from assessments.registers.door import Doing
from assessments.registers.preview.asking import Asking
from assessments.registers.undoing.actions import HasDependents
from assessments.registers.undoing.done_actions import undo
from assessments.registers.undoing.models import ActDone
from assessments.registers.undoing.registers import BY_ACTS
from orgs.models import Organization
from resolution03.lib.errors import Refusal
from tests import factories
from tests.assessments import random_acts
from tests.assessments.random_acts import ACTS, RandomActs, two_open_years
from tests.assessments.registers.undoing.test_acts_undone import differing, state
from tests.assessments.roster.test_follow import is_what_everything_says, randomly

pytestmark = pytest.mark.django_db


class Acts(RandomActs):
    """Each as a page does it: shown, then confirmed and kept."""

    def __init__(self, seed: int, user):
        super().__init__(seed, Actor.of(user))

    def act(self) -> tuple:
        """What was foreseen, what happened, and what was kept of it; none of these where it was refused."""
        make = self.random.choice(ACTS)
        try:
            action, values = make(self)
            shown, foreseen = self.ask(action, values, "")
            confirmed, happened = self.ask(action, values, shown.preview.key)
        except (Refusal, IndexError):
            return None, None, None
        assert confirmed.stands, (action, confirmed.preview, shown.preview)
        kept = ActDone.objects.filter(batch=confirmed.batch).first()
        return foreseen, happened, kept

    def ask(self, action, values: dict, key: str):
        by = Actor(self.actor.name, self.actor.user, uuid4())
        asking = Asking(by, confirmed=key, doubts=(), effects=(), at_once=False)
        found = door.change_if(
            asking, action, by=by, doing=Doing("organization.correct", self.root), **values
        )
        asking.batch = by.once
        return asking, found

    @property
    def root(self) -> Organization:
        return Organization.objects.get(parent=None)

    def undo(self, done: ActDone) -> bool:
        return undo(done, by=self.actor, told="organization.undo", tables=BY_ACTS)


def seen(foreseen) -> tuple:
    """Lines and figures, in whole numbers; keys of what is new differ where sequences do not go back."""
    lines = sorted((line.model.__name__, line.year, repr(line.states)) for line in foreseen.change.lines)
    numbers = [
        (one.words.name, one.shown, year.pk, unit)
        for year in foreseen.years
        for unit in [None, *sorted(foreseen.units)]
        for one in foreseen.figures(year.pk, unit)
    ]
    return (lines if connection.vendor == "sqlite" else len(lines)), str(numbers)


def foreseen_and_taken_back(world, seed) -> None:
    with random_acts.example():
        user = factories.user(Role.BOARD, world.province)
        two_open_years(world, Actor.of(user))
        acts = Acts(seed, user)
        for _act in range(8):
            stood = state()
            foreseen, happened, kept = acts.act()
            if happened is None:
                assert differing(stood, state()) == {}
                continue
            assert seen(foreseen) == seen(happened)
            if kept and acts.random.random() < 0.6:
                acts.undo(kept)
                assert differing(stood, state()) == {}
                is_what_everything_says(acts.actor)


def rested_on_or_not(world, seed) -> None:
    with random_acts.example():
        user = factories.user(Role.BOARD, world.province)
        two_open_years(world, Actor.of(user))
        acts = Acts(seed, user)
        stood, done = state(), []
        for _act in range(6):
            done += [one for one in acts.act()[2:] if one]
        for first in list(done[:-1]):
            reached = state()
            try:
                acts.undo(first)
            except HasDependents as refused:
                assert len(refused.reasons) > 1 and differing(reached, state()) == {}
            else:
                done.remove(first)
                is_what_everything_says(acts.actor)
        for last in reversed(done):
            acts.undo(last)
        assert differing(stood, state()) == {}


@randomly(3)
@given(seed=st.integers(0, 10**9))
def test_what_is_shown_happens_and_is_taken_back(world, seed):
    foreseen_and_taken_back(world, seed)


@randomly(3)
@given(seed=st.integers(0, 10**9))
def test_what_something_rests_on_is_taken_back_after_it(world, seed):
    rested_on_or_not(world, seed)


@pytest.mark.long
@randomly(200)
@given(seed=st.integers(0, 10**9))
def test_many_acts_too(world, seed):
    foreseen_and_taken_back(world, seed)
    rested_on_or_not(world, seed)

"""After any acts of officers and the Board: what lists went through is kept once, answered or waiting; and
the figures without what waits are those that were accepted."""

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from accounts.actors import Actor
from assessments.figures.changes import changed, figure_changes
from assessments.figures.kept import boards_with
from assessments.review.submitting.change_actions import confirm_changes
from assessments.roster.list_deltas import taken_away
from assessments.roster.models.list_changes import ListChange
from assessments.rules.models.years import RatingYear, Submission
from resolution03.lib.errors import Refusal
from tests import factories, list_changes_kept
from tests.assessments import random_acts
from tests.assessments.random_acts import YEARS, RandomActs, two_open_years
from tests.assessments.roster.test_follow import randomly

pytestmark = pytest.mark.django_db


def everything_accepted(world, actor) -> tuple[Actor, Actor]:
    two_open_years(world, actor)
    now = timezone.now()
    Submission.objects.update(state="accepted", since=now, submitted_at=now)
    roles = (("officer", world.alpha.unit), ("board", world.province))
    officer, board = (Actor.of(factories.user(role, place)) for role, place in roles)
    return officer, board


def lists_are_kept(world, actor, seed: int) -> None:
    with random_acts.example():
        officer, board = everything_accepted(world, actor)
        before = {year: list_changes_kept.standing(year) for year in YEARS}
        acts = RandomActs(seed, officer)
        for _act in range(10):
            acts.actor = acts.random.choice((officer, officer, board))
            acts.do()
            _confirm_some(acts, board)
        assert list_changes_kept.faults() == []
        for year in YEARS:
            assert list_changes_kept.lost(year, before[year]) == []


def _confirm_some(acts: RandomActs, board: Actor) -> None:
    waiting = list(ListChange.objects.waiting().order_by("pk"))
    if not waiting or acts.random.random() < 0.7:
        return
    one = acts.random.choice(waiting)
    try:
        confirm_changes(by=board, submission=one.submission, chosen=[row.pk for row in waiting[::2]])
    except Refusal:
        confirm_changes(by=board, submission=one.submission, seen=one.pk)


def figures_before_are_the_accepted_ones(world, actor, seed: int) -> None:
    with random_acts.example():
        officer, _board = everything_accepted(world, actor)
        year = RatingYear.objects.get(pk=2018)
        accepted = boards_with(year, {})[0]
        acts = RandomActs(seed, officer)
        for _act in range(6):
            acts.do()
        for submission in Submission.objects.filter(year=year):
            waiting = list(submission.list_changes.waiting())
            without = boards_with(year, taken_away(year, waiting))[1]
            found = changed(figure_changes(accepted, without, 2018, submission.unit_id))
            assert not found, (submission.code, [(one.before, one.after) for one in found])


@randomly(3)
@given(seed=st.integers(0, 10**9))
def test_after_any_acts_nothing_is_lost_doubled_or_unseen(world, actor, seed):
    lists_are_kept(world, actor, seed)


@randomly(3)
@given(seed=st.integers(0, 10**9))
def test_without_what_waits_the_figures_are_those_that_were_accepted(world, actor, seed):
    figures_before_are_the_accepted_ones(world, actor, seed)


@pytest.mark.long
@randomly(200)
@given(seed=st.integers(0, 10**9))
def test_after_many_acts_too(world, actor, seed):
    lists_are_kept(world, actor, seed)
    figures_before_are_the_accepted_ones(world, actor, seed)

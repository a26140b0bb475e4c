"""After any sequence of acts with any days, nothing stands in a body on a day on which it does not exist."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from members.standing import HOLDINGS
from resolution03.lib.errors import Refusal
from tests import factories
from tests.assessments import random_acts
from tests.assessments.random_acts import RandomActs
from tests.assessments.roster.test_follow import randomly

ACTS_EACH = 40


def outside() -> list[str]:
    return [
        f"{one.model.__name__} {row.pk} in {getattr(row, one.body)}"
        for one in HOLDINGS
        for rows in (one.after_end(), one.before_beginning())
        for row in rows.select_related(one.body)
    ]


@pytest.fixture
def crowded(world):
    """Bodies and villages with days of their own, some of them over."""
    for number, alpha in enumerate((world.alpha, world.beta)):
        cell = factories.cell(alpha.commune, established_on=date(2017, 5, 1))
        factories.member(cell, admitted_on=date(2017, 8, 1 + number))
        factories.village(alpha.commune, cell, starts_on=date(2017, 6, 1))
        gone = factories.cell(alpha.commune, dissolved_on=date(2018, 3, 1))
        factories.member(gone, left_on=date(2018, 2, 1))
    return world


def nothing_is_left_outside(actor, seed) -> None:
    acts, done = RandomActs(seed, actor), []
    with random_acts.example():
        for _number in range(ACTS_EACH):
            try:
                action, values = acts.random.choice(random_acts.ACTS)(acts)
                action(by=actor, **values)
            except (Refusal, IndexError):
                continue
            done.append((action.__name__, values))
            assert not outside(), done
    assert len(done) > 3, "nearly everything was refused"


@randomly(4)
@given(seed=st.integers(0, 10**9))
def test_no_sequence_of_acts_leaves_anything_outside(crowded, actor, seed):
    nothing_is_left_outside(actor, seed)


@pytest.mark.long
@randomly(200)
@given(seed=st.integers(0, 10**9))
def test_no_long_search_finds_one_either(crowded, actor, seed):
    nothing_is_left_outside(actor, seed)

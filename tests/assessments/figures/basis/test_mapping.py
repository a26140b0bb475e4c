"""Where the bodies of an old list stand today: wholly in one unit, in parts, or nowhere."""

from datetime import date
from random import Random

import pytest

from assessments.figures.basis.mapping import OldList, Today, whole
from assessments.roster.bodies import Life

DAY, LATER, EARLIER = date(2018, 12, 31), date(2019, 7, 1), date(2018, 12, 31)
PROVINCE, D, E, C, K, PART = 1, 2, 3, 4, 5, 6


def life(place, *, into=None, ended=False, parts=()) -> Life:
    return Life(place, None, ended or into is not None, into, list(parts))


def listed(parents: dict, **lives: Life) -> OldList:
    names = {"province": PROVINCE, "d": D, "e": E, "c": C, "k": K, "part": PART}
    bodies = {PROVINCE: life(None)} | {names[name]: one for name, one in lives.items()}
    return OldList(DAY, parents, Today(bodies))


TREE = {D: PROVINCE, C: D, K: C}


def test_what_stands_where_it_stood_is_whole_there():
    old = listed(TREE, d=life(D), c=life(D), k=life(D))
    assert [whole(old.places(body)) for body in (D, C, K)] == [D, D, D]


def test_what_moved_is_whole_in_its_new_unit_and_the_old_unit_is_not():
    old = listed(TREE, d=life(D), e=life(E), c=life(E), k=life(E))
    assert (whole(old.places(C)), whole(old.places(K)), whole(old.places(D))) == (E, E, None)
    assert old.places(D) == {D, E}


def test_merged_ones_are_followed_over_several_ends_and_never_in_a_ring():
    old = listed(TREE, d=life(D, into=E), e=life(E), c=life(D, into=K), k=life(D, into=PART), part=life(E))
    assert [whole(old.places(body)) for body in (D, C, K)] == [E, E, E]
    ring = listed(TREE, d=life(D, into=E), e=life(E, into=D))
    assert whole(ring.places(D)) is None and ring.places(D) == frozenset()


def test_what_ended_into_nothing_counts_where_the_one_above_went_or_nowhere():
    within = listed(TREE, d=life(D), e=life(E), c=life(E), k=life(E, ended=True))
    assert whole(within.places(K)) == E and whole(within.places(C)) == E
    lost = listed(TREE, d=life(D, ended=True), c=life(D, ended=True), k=life(D, ended=True))
    assert [whole(lost.places(body)) for body in (D, C, K)] == [None] * 3
    into_the_province = listed(TREE, d=life(D, into=PROVINCE), c=life(D, ended=True), k=life(D, ended=True))
    assert into_the_province.places(C) == frozenset()


def test_a_commune_that_became_a_unit():
    old = listed(TREE, d=life(D, into=PROVINCE), c=life(C), k=life(C))
    assert [whole(old.places(body)) for body in (C, K)] == [C, C]


@pytest.mark.parametrize(("first", "places"), [(LATER, {D, E}), (EARLIER, {D}), (None, {D})])
def test_of_what_a_part_was_split_off_later_it_is_not_whole(first, places):
    old = listed(TREE, d=life(D), e=life(E), c=life(D, parts=[(PART, first)]), k=life(D), part=life(E))
    assert old.places(C) == places and whole(old.places(K)) == D


def test_a_part_within_the_same_unit_leaves_it_whole_there():
    old = listed(TREE, d=life(D), c=life(D, parts=[(PART, LATER)]), k=life(D), part=life(D))
    assert whole(old.places(C)) == D


def test_what_stands_under_an_ended_unit_is_followed_with_it():
    """Left behind: the commune ended with its unit, its cell was placed nowhere."""
    old = listed(TREE, d=life(D, into=E), e=life(E), c=life(D), k=life(D))
    assert [whole(old.places(body)) for body in (C, K)] == [E, E]


def test_what_is_not_known_to_the_registers_counts_nowhere():
    assert listed({}, d=life(D)).places(99) == frozenset()


def test_random_lists_against_a_count_by_hand():
    """Trees of three levels, merged, moved and split at random: the places of a body are those of every leaf
    and body below, each followed by itself."""
    random = Random(14)
    for _ in range(300):
        units, mids, leaves = range(2, 6), range(6, 14), range(14, 40)
        parents = {unit: PROVINCE for unit in units}
        parents |= {mid: random.choice(units) for mid in mids}
        parents |= {leaf: random.choice(mids) for leaf in leaves}
        standing = random.sample(units, 2)
        lives = {PROVINCE: life(None)}
        lives |= {unit: life(unit) if unit in standing else life(unit, ended=True) for unit in units}
        for body in (*mids, *leaves):
            into = random.choice([*mids, *leaves])
            ends = random.random()
            lives[body] = life(
                random.choice(standing),
                into=into if ends < 0.2 and into > body else None,
                ended=0.2 <= ends < 0.3,
            )
        old = OldList(DAY, parents, Today(lives))

        def alone(body, parents=parents, lives=lives, standing=standing):
            if body not in parents:
                return None
            now = body
            while lives[now].has_ended and lives[now].into:
                now = lives[now].into
            own = lives[now].place
            return own if not lives[now].has_ended and own in standing else alone(parents[body])

        for body in parents:
            below = [one for one in parents if body in _chain(one, parents)]
            wanted = {alone(one) for one in below} - {None}
            assert old.places(body) == wanted, body


def _chain(body, parents) -> list[int]:
    found = []
    while body in parents:
        found.append(body)
        body = parents[body]
    return found
